"""All lessons as cards, with what is done."""

import streamlit as st

from nnlab.curriculum import LESSONS, Lesson
from nnlab.ui.learn.address import PAGE, address
from nnlab.ui.learn.links import number_of
from nnlab.ui.learn.progress import Progress

CARDS_PER_ROW = 3
_MARKS = {
    None: ":gray[:material/radio_button_unchecked: not tried yet]",
    True: ":green[:material/check_circle: predicted right]",
    False: ":orange[:material/change_circle: predicted otherwise]",
}
# A long title takes a second line; Streamlit would cut it. And it takes each of them for the page
# that one is on, which is marked in a menu, not on a card.
_STYLE = """
<style>
  [class*="st-key-card-"] [data-testid="stPageLink"] * {
    white-space: normal; overflow: visible; line-height: 1.35;
  }
  [class*="st-key-card-"] [data-testid="stPageLink-NavLink"] {background: none; padding-left: 0;}
  [class*="st-key-card-"] [data-testid="stPageLink-NavLink"]:hover {text-decoration: underline;}
</style>
"""


def overview(progress: Progress) -> None:
    """The cards in order, and how many are done."""
    done, total = len(progress.predicted), len(LESSONS)
    st.progress(done / total, text=f"{done} of {total} lessons done")
    st.html(_STYLE)
    lessons = list(LESSONS.values())
    for start in range(0, total, CARDS_PER_ROW):
        row = lessons[start : start + CARDS_PER_ROW]
        for column, lesson in zip(st.columns(CARDS_PER_ROW), row, strict=False):
            with column:
                _card(lesson, progress.right(lesson.name))


def _card(lesson: Lesson, right: bool | None) -> None:
    with st.container(border=True, key=f"card-{lesson.name}", height="stretch", gap="xsmall"):
        title = f"**{number_of(lesson)}. {lesson.title}**"
        st.page_link(PAGE, label=title, query_params=address(lesson.name))
        st.markdown(lesson.summary)
        st.caption(_MARKS[right])
