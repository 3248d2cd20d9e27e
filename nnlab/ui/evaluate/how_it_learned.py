"""The learning curves with the moment that is looked at; live while the run trains."""

import streamlit as st

from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.timeline import Place, Timeline
from nnlab.ui.call import call_back
from nnlab.ui.rarely_open import rarely_open
from nnlab.ui.resources import engine
from nnlab.ui.train.curves import draw_curves, epoch_table, history_of
from nnlab.ui.watching import begin_pace, keep_pace
from nnlab.ui.wording import STATE_COLOURS, STATE_ICONS, epoch_text

_PACE = "evaluate"


def how_it_learned(run: Run, place: Place, part: str) -> None:
    """Both curves. While the run trains they redraw themselves, and only themselves.

    Args:
        run: whose.
        place: the moment to mark.
        part: key of the fragment around them, drawn anew when another moment has been recorded.
    """
    every = begin_pace(_PACE) if run.active else None
    # A key of its own for each case: the browser keeps the timer of a fragment it knows.
    draw = st.fragment(_draw, run_every=every, key=f"evaluate-curves-{run.active}")
    draw(run, place, len(Timeline(run).places), part)


def _draw(before: Run, place: Place, shown: int, part: str) -> None:
    run = before if before.complete else _now(before.id)
    if run is None or run.active != before.active:
        st.rerun()  # the page around it, and the timer, learn that it began or ended
    st.header("How it learned", anchor=False)
    if not run.complete:
        _standing(run)
    history = history_of(run)
    draw_curves(run, history, keep_pace(_PACE) if run.active else None, place.epoch)
    if not run.active and history.epochs:
        with rarely_open("The same figures as a table", "evaluate-epochs") as opened:
            if opened:
                epoch_table(history)
    if run.active:
        places = len(Timeline(run).places)
        call_back(places, shown, "evaluate-newer", lambda: st.rerun(part))


def _standing(run: Run) -> None:
    """How far the run is, as it has not ended."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(str(run.state), icon=STATE_ICONS[run.state], color=STATE_COLOURS[run.state])  # type: ignore[arg-type]
        st.progress(run.progress, text=f"Epoch {epoch_text(run)}")


def not_recorded_yet(run: Run) -> None:
    """Words for a run of which nothing is recorded so far; looks again by itself."""
    st.info(
        "Of this run nothing is recorded yet. Its figures come by themselves as soon as it trains.",
        icon=":material/hourglass_top:",
    )
    every = begin_pace(_PACE) if run.active else None
    st.fragment(_look_again, run_every=every, key=f"evaluate-waits-{run.active}")(run.id)


def _look_again(run_id: str) -> None:
    run = _now(run_id)
    if run is None or not run.active or Timeline(run).places:
        st.rerun()
    keep_pace(_PACE)


def _now(run_id: str) -> Run | None:
    try:
        return engine().run(run_id)
    except RunNotFound:
        return None
