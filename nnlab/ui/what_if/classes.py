"""Classes that the output layer cannot answer any more."""

import streamlit as st

from nnlab.analysis.surgery import Surgery
from nnlab.ui.tied import tied
from nnlab.ui.what_if.difference import difference, headline
from nnlab.ui.what_if.look import Look
from nnlab.ui.what_if.subject import UNTOUCHED, Subject
from nnlab.ui.what_if.work import Work
from nnlab.work.what_if import Question

# Classes that are named as where the images go.
NAMED = 4


def classes_panel(subject: Subject, look: Look) -> Work | None:
    """Which classes are silent, and where their images go."""
    st.caption(
        "All weights and the bias of a class in the output layer become 0, so its logit is 0 for"
        " every image: which class does the network take its images for instead?"
    )
    names = subject.class_names
    st.pills(
        "Silent classes",
        range(len(names)),
        selection_mode="multi",
        default=look.silenced,
        format_func=lambda number: names[number],
        **tied(look, "silenced", look.key("silenced")),
    )
    silenced = tuple(sorted(look.silenced))
    now = subject.ask(Question(surgery=Surgery(silenced=silenced)))
    which = ", ".join(names[number] for number in silenced) or "nothing"
    headline(subject, now, "classes", f"Silent: {which}")
    if silenced:
        for number in silenced:
            st.markdown(_where_they_go(subject, number, silenced))
    else:
        st.markdown("Choose a class above.")
    difference(subject, now, "classes")
    return None


def _where_they_go(subject: Subject, number: int, silenced: tuple[int, ...]) -> str:
    """Where the images of one silent class go, most first, and whether it is still answered."""
    names = subject.class_names
    now = subject.counts(subject.ask(Question(surgery=Surgery(silenced=silenced))))
    before = subject.counts(subject.ask(UNTOUCHED))
    row = now[number]
    order = [int(label) for label in row.argsort(kind="stable")[::-1] if row[label]]
    parts = [f"{names[label]} ({_images(int(row[label]))})" for label in order[:NAMED]]
    rest = sum(int(row[label]) for label in order[NAMED:])
    if rest:
        parts.append(f"others ({_images(rest)})")
    still = int(now[:, number].sum())
    return (
        f"**{names[number]}**: {before[number, number]:,} of {_images(int(row.sum()))} were"
        f" recognised. Now they are taken for {', '.join(parts) or 'nothing'}. In all, the"
        f" network still answers {names[number]} for {_images(still)}: there all other logits are"
        " below 0."
    )


def _images(number: int) -> str:
    return "1 image" if number == 1 else f"{number:,} images"
