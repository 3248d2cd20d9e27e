"""The same drawing before two to four networks, side by side."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.datasets import info_of, title_of
from nnlab.drawing import prepare
from nnlab.figures.answers import NetworkAnswer, answers_side_by_side
from nnlab.runs.run import Run, RunNotFound
from nnlab.ui.draw.network import usable_runs
from nnlab.ui.draw.reading import Reading
from nnlab.ui.draw.settings import MOST_COMPARED, draw_settings, keep_settings
from nnlab.ui.draw.sheet import pixels
from nnlab.ui.draw.verdict import verdict
from nnlab.ui.picture import picture
from nnlab.ui.resources import engine
from nnlab.ui.run_choice import distinct_labels
from nnlab.ui.state import State
from nnlab.ui.wording import percent
from nnlab.work.short_tasks import WorkersNotReady

_CHOICE = "draw-compared"


def compare(state: State, run: Run, reading: Reading) -> None:
    """Which networks, and what each of them reads."""
    runs = {usable.id: usable for usable in usable_runs(state)}
    if len(runs) < 2:
        st.info(
            "So far there is one network. Train another on **Train**, with other layers or "
            "other images, and both read the same drawing here.",
            icon=":material/compare:",
        )
        return
    chosen = _choice(state, run, runs)
    if reading.image is None:
        st.caption("Draw something: each of these networks answers after each stroke.")
    elif chosen:
        _answers(state, [runs[run_id] for run_id in chosen], reading.image)


def _choice(state: State, run: Run, runs: dict[str, Run]) -> list[str]:
    settings = draw_settings(state)
    labels = distinct_labels(runs)

    def choose() -> None:
        settings.compared = st.session_state[_CHOICE]
        keep_settings(state)

    wanted = settings.compared if settings.compared is not None else _usual(run, runs)
    return st.multiselect(
        "Networks that read the drawing",
        list(runs),
        default=[run_id for run_id in wanted if run_id in runs],
        format_func=labels.__getitem__,
        max_selections=MOST_COMPARED,
        key=_CHOICE,
        on_change=choose,
        placeholder="Choose two to four",
    )


def _usual(run: Run, runs: dict[str, Run]) -> list[str]:
    """The network that reads, and the newest other one of the same classes."""
    classes = info_of(run.experiment.dataset).classes
    others = (
        other.id
        for other in runs.values()
        if other.id != run.id and info_of(other.experiment.dataset).classes == classes
    )
    return [run.id, *list(others)[:1]]


def _answers(state: State, runs: Sequence[Run], image: bytes) -> None:
    rgba = pixels(image)
    seen = {run.id: prepare(rgba, _side(run)) for run in runs}
    asked = {run_id: prepared[np.newaxis] for run_id, prepared in seen.items()}
    try:
        answers = engine().predict_each(asked, state.owner)
    except (WorkersNotReady, RunNotFound) as error:
        st.caption(f":material/hourglass_top: {error}")
        return
    unsure_below = draw_settings(state).unsure_below
    cards = [_card(run, answers[run.id][0], seen[run.id], unsure_below) for run in runs]
    if len(cards) > 1:
        st.markdown(_agreement(cards))
    picture(answers_side_by_side(cards), "draw-answers")


def _side(run: Run) -> int:
    return info_of(run.experiment.dataset).input_shape[0]


def _card(
    run: Run,
    probabilities: NDArray[np.float32],
    seen: NDArray[np.float32],
    unsure_below: float,
) -> NetworkAnswer:
    classes = info_of(run.experiment.dataset).classes
    title = title_of(run.experiment.dataset.name)
    said = verdict(probabilities, classes, unsure_below)
    return NetworkAnswer(
        name=run.experiment.name,
        detail=f"{title} · test accuracy {percent(run.test_accuracy)}",
        label=said.label,
        sure=f"{said.sure}, which is not sure enough" if said.tone == "unsure" else said.sure,
        probabilities=probabilities,
        classes=classes,
        seen=seen,
    )


def _agreement(cards: Sequence[NetworkAnswer]) -> str:
    """Who reads what, in one sentence."""
    count = Counter(card.label for card in cards)
    if len(count) == 1:
        all_of_them = "Both" if len(cards) == 2 else f"All {len(cards)}"
        return f"{all_of_them} networks read **{cards[0].label}**."
    readings = ", ".join(f"**{label}** ({times})" for label, times in count.most_common())
    return f"The networks do not agree: {readings}."
