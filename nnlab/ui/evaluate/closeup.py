"""One test image in a dialog: its probabilities now and over time, and what its pixels said."""

from collections.abc import Callable
from html import escape

import streamlit as st

from nnlab.figures.evaluation import bar_colour, probability_bars
from nnlab.figures.images import data_uri
from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.timeline import Timeline
from nnlab.ui.evaluate.answers import Answers
from nnlab.ui.evaluate.behind import Behind
from nnlab.ui.evaluate.closer import Closer
from nnlab.ui.evaluate.images import Images
from nnlab.ui.evaluate.look import Look
from nnlab.ui.evaluate.moments import when
from nnlab.ui.evaluate.over_time import over_time
from nnlab.ui.evaluate.pixels import pixels
from nnlab.ui.evaluate.resembling import resembling
from nnlab.ui.live_chart import live_chart
from nnlab.ui.picture import picture

ANSWER, OVER_TIME, PIXELS, RESEMBLING = "Answer", "Over time", "Its pixels", "Similar images"
WIDTH = 860  # pixels
_IMAGE = (
    '<img src="{uri}" alt="{alt}" style="display:block;width:100%;max-width:260px;'
    'image-rendering:pixelated;border-radius:4px">'
    '<p style="margin:12px 0 0;font-size:1.25rem;font-weight:700;color:{colour}">{verdict}</p>'
    '<p style="margin:4px 0 0">true: <b>{true}</b></p>'
)


def open_image(look: Look, answers: Answers, images: Images, behind: Behind | None = None) -> None:
    """Show the image that was just asked for, if one was.

    Args:
        look: says which, by its number.
        answers, images: of all test images.
        behind: the run, for a closer look; without it the dialog has the probabilities alone.
    """
    index, look.opened = look.opened, None
    if index is not None:
        shown = Closer.of(index, answers, images, behind)
        st.dialog(f"Test image {shown.number:,}", width=WIDTH)(_body)(shown)


def _body(shown: Closer) -> None:
    """Tabs, of which the open one alone is drawn; whether one may look is asked at each drawing."""
    if shown.behind is None:
        _answer(shown)
        return
    try:
        views = _views(shown, shown.behind)
    except RunNotFound as error:
        st.error(str(error), icon=":material/search_off:")
        return
    tabs = st.tabs(list(views), key=shown.key("tabs"), on_change="rerun")
    for tab, draw in zip(tabs, views.values(), strict=True):
        if tab.open:
            with tab:
                draw()


def _views(shown: Closer, behind: Behind) -> dict[str, Callable[[], None]]:
    """What this visitor may see; workers are asked for the run's owner alone.

    Raises:
        RunNotFound: the run may not be looked at (any more).
    """
    run, owner = behind.permitted(), behind.owner
    views = {ANSWER: lambda: _answer_then(shown, run), OVER_TIME: lambda: over_time(shown, run)}
    if owner is not None:
        views[PIXELS] = lambda: pixels(shown, run, owner)
        views[RESEMBLING] = lambda: resembling(shown, run, owner)
    return views


def _answer_then(shown: Closer, run: Run) -> None:
    """The answer, and when it was given, unless that is the end."""
    step = shown.behind.step if shown.behind else None
    place = Timeline(run).at(step)
    if step is not None and place is not None:
        st.caption(f"What the network answers {when(place)}.")
    _answer(shown)


def _answer(shown: Closer) -> None:
    answer, true, names = shown.answer, shown.true, shown.class_names
    left, right = st.columns([2, 3], gap="medium")
    with left:
        picture(_image(shown), "closeup-image")
    with right:
        figure = probability_bars(shown.probabilities, names, answer, true)
        shares = zip(names, shown.probabilities, strict=True)
        alt = ", ".join(f"{name} {share:.1%}" for name, share in shares)
        live_chart(figure, "closeup-bars", f"Probability of each class: {alt}")


def _image(shown: Closer) -> str:
    answer, true, names = shown.answer, shown.true, shown.class_names
    sign, verdict = ("✓", "right") if answer == true else ("✗", "wrong")
    return _IMAGE.format(
        uri=data_uri(shown.image),
        alt=escape(f"test image {shown.number}, {names[true]}"),
        colour=bar_colour(answer, answer, true),
        verdict=f"{sign} {escape(names[answer])}: {verdict}",
        true=escape(names[true]),
    )
