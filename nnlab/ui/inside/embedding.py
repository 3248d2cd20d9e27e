"""Test images as the last hidden layer sees them: points in a plane that follow the training."""

import logging
from dataclasses import dataclass

import numpy as np
import streamlit as st

from nnlab.architecture import layer_title
from nnlab.datasets import DatasetError, info_of
from nnlab.figures.embedding import embedding_figure
from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.timeline import Place
from nnlab.ui.columns import folding_columns
from nnlab.ui.evaluate.behind import Behind
from nnlab.ui.evaluate.look import Look
from nnlab.ui.inside.embedded import Embedded, class_figures, embedded, open_point, picture_words
from nnlab.ui.inside.pictures import Known, known_of, shown_by_tsne
from nnlab.ui.inside.questions import Asked
from nnlab.ui.inside.tsne import tsne_points
from nnlab.ui.live_chart import live_chart
from nnlab.ui.state import State
from nnlab.ui.tied import tied
from nnlab.ui.time_bar import snapshot_at
from nnlab.ui.watching import look_again_every

logger = logging.getLogger(__name__)

PCA, TSNE = METHODS = ("PCA", "t-SNE")
LOOK_EVERY_SECONDS, HARDLY_EVER_SECONDS = 0.5, 86_400.0
_KEY = "nnlab_embedding"
_ROOM = 1.04  # between the outermost point and the edge


@dataclass
class _View:
    """How a visitor looks at one run.

    Attributes:
        look: which image is to be opened.
        method: PCA or t-SNE.
        mark_wrong: whether wrong answers have a ring.
        timed: whether the panel looks again by itself.
    """

    look: Look
    method: str = PCA
    mark_wrong: bool = False
    timed: bool = False


def embedding_whole(state: State, run: Run, place: Place) -> None:
    """A scatter chart of test images by what reaches the output layer at a moment.

    A worker computes all moments when a run is looked at for the first time. To be called as
    `embedding`, which is a fragment: it looks again by itself while a worker is at it.

    Args:
        state: the visitor's.
        run: whose network; it may still train.
        place: the moment.
    """
    view = _view(run)
    st.markdown(_intro(run))
    _choices(run, view)
    found = _known(run, place, state)
    waiting = False
    if found is not None:
        known, asked = found
        waiting = _picture(state, run, place, view, known, asked) or asked is not None
    _look_again(view, waiting)


# The same, redrawn without the rest of the page.
embedding = st.fragment(embedding_whole)


def _known(run: Run, place: Place, state: State) -> tuple[Known, Asked | None] | None:
    """As `known_of`; None, and words on the page, where nobody can tell."""
    try:
        return known_of(run, place, state.owner)
    except (RunNotFound, DatasetError) as error:
        st.warning(f"The images cannot be placed. {error}", icon=":material/hide_image:")
    except Exception as error:  # whatever befell a worker, the page stays
        logger.exception("the images of run %s could not be placed", run.id)
        st.error(
            f"The workers could not place the images ({type(error).__name__}). Move the slider to"
            " ask again.",
            icon=":material/error:",
        )
    return None


def _look_again(view: _View, waiting: bool) -> None:
    """Set the timer of this fragment, or put it to rest."""
    if waiting or view.timed:
        look_again_every(LOOK_EVERY_SECONDS if waiting else HARDLY_EVER_SECONDS)
    view.timed = waiting


def _intro(run: Run) -> str:
    layers = run.experiment.layers
    what = f"what **{layer_title(layers[-1])}** gives out" if layers else "its pixels"
    return (
        f"Each point is a test image, placed by {what}: all that the output layer gets to see of"
        " it. Images that are alike to the network lie near each other. Click one to open it."
    )


def _choices(run: Run, view: _View) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Method", METHODS, default=view.method, required=True,
            help="PCA: the plane in which the images differ most. t-SNE: near images stay near, "
            "but sizes of groups and distances between them mean little.",
            **tied(view, "method", f"inside-method-{run.id}"),
        )  # fmt: skip
        st.toggle(
            "Mark wrong answers",
            value=view.mark_wrong,
            **tied(view, "mark_wrong", f"inside-wrong-{run.id}"),
        )


def _picture(
    state: State, run: Run, place: Place, view: _View, known: Known, asked: Asked | None
) -> bool:
    """The chart and what is said of it; returns whether a worker computes its t-SNE."""
    step = place.moment
    if step not in known.planes:
        st.info(_under_way(known, asked), icon=":material/hourglass_top:")
        return False
    if step not in known.pictures:
        st.info(_why_none(known, place), icon=":material/hide_image:")
        return False
    points, busy = None, False
    if view.method == TSNE:
        points, busy = tsne_points(run, place, known, state.owner)
    _chart(run, place, view, known, points, state.owner)
    return busy


def _under_way(known: Known, asked: Asked | None) -> str:
    if known.trouble is not None:
        return f"{known.trouble} The picture comes as soon as they answer."
    seconds = f": {asked.seconds:.0f} s so far" if asked else ""
    return f"A worker places {len(known.indices):,} test images at all moments{seconds}."


def _why_none(known: Known, place: Place) -> str:
    if known.planes[place.moment] is None:
        return (
            "The weights of this moment were not kept, since this network is large. At the end of"
            " the run the images can be placed."
        )
    return (
        "At this moment the last hidden layer gives the same numbers to all images, or numbers"
        " that are not finite: there is nothing to draw."
    )


def _chart(
    run: Run, place: Place, view: _View, known: Known, tsne: np.ndarray | None, owner: str
) -> None:
    """With `tsne` these points, else those of PCA."""
    names = info_of(run.experiment.dataset).classes
    shown = _embedded(run, place, known, tsne)
    reach = known.reach if tsne is None else float(np.abs(tsne).max())
    title = f"{PCA if tsne is None else TSNE} of {len(shown.labels):,} test images, {place.label}"
    figure = embedding_figure(
        shown.points, shown.labels, shown.answers, shown.indices, names, title,
        _ROOM * reach, view.mark_wrong,
    )  # fmt: skip
    words = picture_words(shown, known.planes[place.moment] if tsne is None else None)

    def pick(index: int) -> None:
        view.look.opened = int(index)

    left, right = folding_columns([3, 2], "inside-embedding-columns")
    with left:
        live_chart(figure, "inside-embedding", f"{title}. {words}", pick, taller_than_wide=90)
    with right:
        st.markdown(words)
        class_figures(shown, names)
    assert known.labels is not None
    behind = Behind.own(run, owner, place.moment)
    open_point(view.look, run, shown, len(known.labels), names, behind)


def _embedded(run: Run, place: Place, known: Known, tsne: np.ndarray | None) -> Embedded:
    snapshot = snapshot_at(run, place)
    if tsne is None:
        return embedded(known.pictures[place.moment], known.indices, snapshot)
    return embedded(tsne, known.indices[shown_by_tsne(known)], snapshot)


def _view(run: Run) -> _View:
    return st.session_state.setdefault(_KEY, {}).setdefault(run.id, _View(Look(run.id)))
