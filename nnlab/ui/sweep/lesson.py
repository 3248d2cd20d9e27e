"""Course C's exercises: the reported effects beside those of this sweep."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from nnlab.runs.states import RunState
from nnlab.sweep.effects import Effect, Measured, effects
from nnlab.ui.wording import percent
from nnlab.work.sweep_trials import TrialNow

_FIGURES = {"accuracy": "training accuracy", "test_accuracy": "test accuracy"}
_NOTE = (
    "A trial is one run, and another seed gives another figure. Ours is compared with the mean "
    "over the seeds of the unchanged network; “yes” says that our change is larger than what "
    "another seed alone would do in 19 of 20 cases (95 % prediction interval). The course reports "
    "single runs, so its smaller effects may be chance as well. Its figures are those of Keras’s "
    "default Adam, which trains here. The test images are watched after each epoch, as the course "
    "does; to choose a network, validation images of its own are needed."
)


def effects_table(now: Sequence[TrialNow]) -> None:
    """The table, which fills while trials end."""
    st.subheader("The course's exercises: reported and ours", anchor=False)
    found = effects([measured for each in now if (measured := _measured(each))])
    st.dataframe([_row(effect) for effect in found], hide_index=True, height="content")
    noise = {effect.metric: effect.noise for effect in found if effect.noise is not None}
    if noise:
        told = " and ".join(
            f"{100 * share:.2f} points in {_FIGURES[metric]}" for metric, share in noise.items()
        )
        st.markdown(f"The unchanged network varies between seeds by {told} (standard deviation).")
    st.caption(_NOTE)


def _measured(each: TrialNow) -> Measured | None:
    run = each.run
    if run is None or run.state != RunState.FINISHED or run.test_accuracy is None:
        return None
    if not each.epochs:
        return None
    return Measured(each.kept.chosen, each.epochs[-1].accuracy, run.test_accuracy)


def _row(effect: Effect) -> dict[str, Any]:
    before, after = effect.ours or (None, None)
    beyond = effect.beyond_chance
    ours = "–" if before is None else f"{percent(before, 2)} → {percent(after, 2)}"
    return {
        "Change": effect.title,
        "Accuracy": _FIGURES[effect.metric].split()[0],
        "Reported effect": _points(effect.published_change),
        "Our effect": "–" if effect.change is None else _points(effect.change),
        "Beyond chance?": "–" if beyond is None else "yes" if beyond else "no",
        "Reported": f"{percent(effect.published[0], 2)} → {percent(effect.published[1], 2)}",
        "Ours": ours,
    }


def _points(change: float) -> str:
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{abs(100 * change):.2f} points"
