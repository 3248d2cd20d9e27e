"""t-SNE of one moment, computed when it is asked for."""

import logging

import streamlit as st

from nnlab.analysis.embedding import Floats
from nnlab.datasets import DatasetError
from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.timeline import Place
from nnlab.ui.inside.pictures import Known, ask_tsne, forget_tsne, shown_by_tsne, tsne_at
from nnlab.ui.once import once
from nnlab.work.short_tasks import WorkersNotReady

logger = logging.getLogger(__name__)

# Of one core, for `TSNE_POINTS` images.
SECONDS = 2


def tsne_points(run: Run, place: Place, known: Known, owner: str) -> tuple[Floats | None, bool]:
    """Its points, None where there are none yet; and whether a worker is at it.

    Args:
        run: whose network.
        place: the moment, of which a PCA picture is known.
        known: the PCA pictures.
        owner: who asks.
    """
    asked, count = tsne_at(run, place), len(shown_by_tsne(known))
    if asked is None:
        _offer(run, place, known, owner)
        return None, False
    if not asked.future.done():
        st.info(
            f"A worker computes t-SNE of {count:,} images: {asked.seconds:.0f} s so far, about"
            f" {SECONDS} s where it has nothing else to do. Until then you see PCA.",
            icon=":material/hourglass_top:",
        )
        return None, True
    try:
        return asked.future.result(), False
    except Exception as error:  # whatever befell a worker, the page stays
        forget_tsne(run, place)
        st.warning(f"There is no t-SNE: {_why(error)}", icon=":material/error:")
        _offer(run, place, known, owner)
        return None, False


def _why(error: Exception) -> str:
    if isinstance(error, WorkersNotReady | RunNotFound | DatasetError):
        return str(error)
    logger.error("t-SNE failed", exc_info=error)
    return f"the workers could not compute it ({type(error).__name__})."


def _offer(run: Run, place: Place, known: Known, owner: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Compute t-SNE of this moment",
            key=f"inside-tsne-{run.id}-{place.step}-{place.end}",
            icon=":material/scatter_plot:",
            on_click=once(ask_tsne),
            args=(run, place, known, owner),
        )
        st.caption(f"Takes a worker about {SECONDS} s. Until then you see PCA.")
