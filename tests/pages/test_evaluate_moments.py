"""Evaluate at the moments of a run: real files, no workers."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from drawing_by_hand import ONE, Canvas
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest
from test_evaluate_page import (
    DIGITS,
    PAGE,
    VISITOR,
    add_run,
    answers,
    box,
    cards,
    cell_images,
    components,
    look,
    marked,
    open_by_number,
    words,
)

from nnlab import settings
from nnlab.datasets import load_splits
from nnlab.runs.files import RunFiles
from nnlab.runs.moments import Moment, Moments, evenly
from nnlab.runs.records import Point
from nnlab.runs.run import RunNotFound
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.runs.timeline import Timeline
from nnlab.ui.draw.sheet import DIGIT_PAPER
from nnlab.work.engine import Engine
from nnlab.work.short_tasks import WorkersNotReady
from nnlab.work.through_time import ThroughTime

OpenPage = Callable[..., AppTest]
PER_EPOCH = 10
# Of 360 test images every third is answered while it trains.
CHOSEN = evenly(120, 360)
RNG = np.random.default_rng(0)


def early(y: NDArray[np.int64], wrong: int) -> NDArray[np.float16]:
    """Answers to the chosen images, the first `wrong` of them taken for the next class."""
    said = y[CHOSEN].copy()
    said[:wrong] = (said[:wrong] + 1) % 10
    probabilities = np.full((len(said), 10), 0.03, np.float16)
    probabilities[np.arange(len(said)), said] = 0.73
    return probabilities


def network(first: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    """Weights of the default layers: Dense after Flatten, Dropout's seed, the output."""
    units = first.shape[1]
    return {
        "model.0": first,
        "model.1": np.zeros(units, np.float32),
        "model.2": np.zeros(2, np.uint32),
        "model.3": np.zeros((units, 10), np.float32),
        "model.4": np.zeros(10, np.float32),
    }


def add_moment(
    run_id: str, step: int, y: NDArray[np.int64], wrong: int, weights: bool = True
) -> None:
    kernel = RNG.normal(size=(64, 128)).astype(np.float32) * step
    Moments(run_id).write(
        Moment(
            step=step,
            epoch=step / PER_EPOCH,
            probabilities=early(y, wrong),
            indices=CHOSEN.astype(np.int32),
            y_true=y[CHOSEN].astype(np.int16),
            layers=(),
            weights=network(kernel) if weights else None,
        )
    )


def add_recorded(y: NDArray[np.int64], state: RunState = RunState.FINISHED) -> str:
    """A run with moments at the start, in the first epoch and after it; perfect in the end."""
    run_id = add_run(DIGITS, answers(y, {}), state)
    store = RunStore(settings.database_url())
    store.set(run_id, step=20, steps_per_epoch=PER_EPOCH, epoch=2)
    store.add_points(run_id, [Point(s, s / PER_EPOCH, 2 / s, 0.5, 100.0) for s in (5, 10, 20)])
    for step, wrong in ((0, 90), (5, 40), (10, 10), (20, 3)):
        add_moment(run_id, step, y, wrong)
    kept = RunFiles(run_id)
    kept.write_final(network(np.ones((64, 128), np.float32)), answers(y, {}), {})
    return run_id


def add_training(y: NDArray[np.int64], state: RunState = RunState.RUNNING) -> str:
    """A run that has not ended, with two moments."""
    store = RunStore(settings.database_url())
    run_id = store.create(DIGITS, VISITOR, "test")
    store.move(run_id, RunState.RUNNING)
    if state != RunState.RUNNING:
        store.move(run_id, state)
    store.set(run_id, step=7, steps_per_epoch=PER_EPOCH)
    add_moment(run_id, 0, y, 90)
    add_moment(run_id, 5, y, 40)
    return run_id


@pytest.fixture
def labels() -> NDArray[np.int64]:
    return load_splits(DIGITS.dataset).y_test


@pytest.fixture
def run_id(idle_engine: None, labels: NDArray[np.int64]) -> str:
    return add_recorded(labels)


@pytest.fixture
def at(open_page: OpenPage, run_id: str) -> AppTest:
    return open_page(PAGE, VISITOR)


def travel(at: AppTest, run_id: str, step: int | None) -> None:
    """What a movement of the slider does."""
    at.session_state["nnlab_moments"] = {run_id: step}
    at.run()
    assert not at.exception


def slider(at: AppTest) -> dict[str, Any]:
    return components(at, "nnlab_sliders")[0]


def charts(at: AppTest) -> dict[str, dict[str, Any]]:
    """The figures on the page by their titles."""
    shown = components(at, "nnlab_live_chart")
    return {data["figure"]["layout"]["title"]["text"]: data["figure"] for data in shown}


def metrics(at: AppTest) -> list[str]:
    return [metric.value for metric in at.metric]


# --- the slider moves everything --------------------------------------------------------------


def test_the_page_opens_at_the_end_with_the_runs_own_figures(at: AppTest):
    assert slider(at)["sliders"][0]["words"] == [
        "start", "1/2 of epoch 1", "after epoch 1", "the end",
    ]  # fmt: skip
    assert slider(at)["values"] == {"moment": 3}
    assert metrics(at)[:3] == ["98.76 %", "0.2500", "0"]
    assert "of 360 test images, evenly chosen" not in words(at)


@pytest.mark.parametrize(("step", "wrong"), [(0, 90), (5, 40), (10, 10)])
def test_headline_and_matrix_are_those_of_the_moment(
    at: AppTest,
    run_id: str,
    labels: NDArray[np.int64],
    step: int,
    wrong: int,
):
    travel(at, run_id, step)
    of_true = early(labels, wrong)[np.arange(120), labels[CHOSEN]].astype(float)
    loss = -np.log(of_true).mean()
    assert metrics(at)[:3] == [f"{100 * (120 - wrong) / 120:.2f} %", f"{loss:.4f}", str(wrong)]
    assert at.metric[2].label == "Errors in 120"
    assert "Figures of 120 of 360 test images" in words(at)
    (matrix,) = components(at, "nnlab_matrix")
    assert sum(int(matrix["texts"][n][n] or 0) for n in range(10)) == 120 - wrong


def test_images_keep_their_numbers_in_the_test_set(
    at: AppTest,
    run_id: str,
    labels: NDArray[np.int64],
):
    travel(at, run_id, 5)
    assert cards(at) == CHOSEN[:15].tolist()
    first = int(labels[0])
    look(at).cells.choose(first, (first + 1) % 10)
    at.run()
    taken = [n for n in CHOSEN[:40] if labels[n] == first]
    assert sorted(cell_images(at)) == taken[:12]


def test_an_image_opens_with_its_answer_at_the_moment(
    at: AppTest,
    run_id: str,
    labels: NDArray[np.int64],
):
    travel(at, run_id, 5)
    number = int(CHOSEN[2])
    open_by_number(at, number)
    bars = components(at, "nnlab_live_chart")[-1]["figure"]["data"][0]
    assert bars["x"][(labels[number] + 1) % 10] == pytest.approx(0.73, abs=1e-3)


def test_an_image_that_was_not_answered_then_says_so(at: AppTest, run_id: str):
    travel(at, run_id, 5)
    open_by_number(at, 1)
    assert "not among the 120" in at.toast[0].value
    assert "test image 1," not in json.dumps(components(at, "nnlab_picture"))
    travel(at, run_id, None)
    open_by_number(at, 1)
    assert "test image 1," in json.dumps(components(at, "nnlab_picture"))


def test_the_class_table_is_that_of_the_moment(at: AppTest, run_id: str):
    def images() -> int:
        table = next(
            data["markup"]
            for data in components(at, "nnlab_picture")
            if "nnlab-classes" in data["markup"]
        )
        return sum(map(int, re.findall(r"text-align:right\">(\d+)</td>", table)))

    travel(at, run_id, 0)
    assert images() == 120
    travel(at, run_id, None)
    assert images() == 360


def test_the_curves_have_a_mark_at_the_moment(at: AppTest, run_id: str):
    travel(at, run_id, 5)
    line, dot = charts(at)["Loss"]["layout"]["shapes"]
    assert line["x0"] == 0.5
    assert dot["yanchor"] == pytest.approx(0.4)
    travel(at, run_id, None)
    assert charts(at)["Loss"]["layout"]["shapes"][0]["x0"] == 2.0


def test_the_weights_are_those_of_the_moment_on_one_scale(at: AppTest, run_id: str):
    def sheet() -> str:
        shown = [data["markup"] for data in components(at, "nnlab_picture")]
        return next(markup for markup in shown if "nnlab-weights" in markup)

    end = sheet()
    assert end.count("<img") == 24
    travel(at, run_id, 5)
    assert sheet() != end
    travel(at, run_id, 0)
    assert "weights from 0.00 to 0.00" in sheet().replace("-0.00", "0.00")


def test_the_choice_holds_when_the_run_is_looked_at_again(
    at: AppTest,
    run_id: str,
    labels: NDArray[np.int64],
):
    travel(at, run_id, 5)
    at.run()
    assert slider(at)["values"] == {"moment": 1}


# --- a cell over time -------------------------------------------------------------------------


def cell_chart(at: AppTest) -> dict[str, Any]:
    return next(figure for title, figure in charts(at).items() if "This cell over time" in title)


def test_a_chosen_cell_is_shown_over_time(
    at: AppTest,
    run_id: str,
    labels: NDArray[np.int64],
):
    true = int(labels[0])
    look(at).cells.choose(true, (true + 1) % 10)
    travel(at, run_id, 5)
    of_class = labels[CHOSEN] == true
    shares = [np.sum(of_class[:wrong]) / np.sum(of_class) for wrong in (90, 40, 10)]
    assert cell_chart(at)["data"][0]["y"] == pytest.approx([*shares, 0.0], rel=1e-3)
    assert cell_chart(at)["layout"]["shapes"][0]["x0"] == 1
    assert marked(at) == [[true, (true + 1) % 10]]


def test_without_one_cell_there_is_no_such_chart(at: AppTest):
    assert not any("over time" in title for title in charts(at))
    box(at, "cells", "true").set_value(4).run()
    assert not any("over time" in title for title in charts(at))


# --- a run that trains ------------------------------------------------------------------------


def test_a_run_that_trains_opens_at_its_newest_moment(
    open_page: OpenPage,
    labels: NDArray[np.int64],
):
    run_id = add_training(labels)
    at = open_page(PAGE, VISITOR)
    assert slider(at)["values"] == {"moment": 1}
    assert metrics(at)[2] == "40"
    assert any("running" in badge.value for badge in at.markdown)
    assert not any("Share this run" in box.label for box in at.expander)

    add_moment(run_id, 7, labels, 25)
    at.run()
    assert slider(at)["values"] == {"moment": 2}
    assert metrics(at)[2] == "25"


def test_a_moment_that_was_chosen_stays_while_others_come(
    open_page: OpenPage,
    labels: NDArray[np.int64],
):
    run_id = add_training(labels)
    at = open_page(PAGE, VISITOR)
    travel(at, run_id, 0)
    add_moment(run_id, 7, labels, 25)
    at.run()
    assert metrics(at)[2] == "90"


def test_the_browser_asks_for_the_page_when_a_moment_has_come(
    open_page: OpenPage,
    labels: NDArray[np.int64],
):
    add_training(labels)
    call = components(open_page(PAGE, VISITOR), "nnlab_call")[0]
    assert call["number"] == call["quiet"] == 2


@pytest.mark.parametrize("state", [RunState.PAUSED, RunState.INTERRUPTED, RunState.DIVERGED])
def test_a_run_that_was_left_or_diverged_shows_what_was_recorded(
    open_page: OpenPage,
    labels: NDArray[np.int64],
    state: RunState,
):
    add_training(labels, state)
    at = open_page(PAGE, VISITOR)
    assert metrics(at)[2] == "40"
    assert not components(at, "nnlab_call")


def test_a_run_that_has_not_begun_says_what_comes(open_page: OpenPage):
    RunStore(settings.database_url()).create(DIGITS, VISITOR, "test")
    at = open_page(PAGE, VISITOR)
    assert "nothing is recorded yet" in at.info[0].value
    assert not at.metric


# --- a run of before ---------------------------------------------------------------------------


def test_a_run_without_moments_can_be_trained_again(
    open_page: OpenPage,
    labels: NDArray[np.int64],
):
    old = add_run(DIGITS, answers(labels, {}))
    at = open_page(PAGE, VISITOR)
    assert "only its end can be seen" in words(at)
    assert not any("moment" in data["values"] for data in components(at, "nnlab_sliders"))
    at.button(key="evaluate-train-again").click().run()
    assert not at.exception
    store = RunStore(settings.database_url())
    (again,) = [run for run in store.runs_of(VISITOR) if run.id != old]
    assert again.experiment == DIGITS
    assert "nothing is recorded yet" in at.info[0].value


# --- the last drawing --------------------------------------------------------------------------


class ThroughTimeWorkers:
    """Stands for the workers: notes what it is asked; surer of a seven at each moment."""

    def __init__(self) -> None:
        self.asked: list[NDArray[np.float32]] = []
        self.error: Exception | None = None

    def __call__(self, run_id: str, images: NDArray[np.float32], owner: str) -> ThroughTime:
        assert owner == VISITOR
        self.asked.append(images)
        if self.error:
            raise self.error
        places = Timeline(RunStore(settings.database_url()).get(run_id)).places
        probabilities = np.full((len(places), 1, 10), 0.02, np.float32)
        probabilities[:, 0, 7] = np.linspace(0.1, 0.82, len(places))
        probabilities[:, 0, 1] = np.linspace(0.74, 0.02, len(places))
        return ThroughTime(places, probabilities)


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> ThroughTimeWorkers:
    found = ThroughTimeWorkers()
    monkeypatch.setattr(Engine, "through_time", lambda _, *asked: found(*asked))
    return found


@pytest.fixture
def drawn(idle_engine: None) -> None:
    """A drawing as the Draw page keeps it."""
    from nnlab.ui.draw.sheet import Sheet
    from nnlab.ui.resources import engine

    paper = Canvas()
    paper.draw(ONE)
    sheet = Sheet()
    sheet.strokes, sheet.image = paper.strokes, paper._pixels()
    engine().drafts.put(VISITOR, DIGIT_PAPER.name, sheet.to_json())


def card(at: AppTest) -> str:
    return components(at, "nnlab_picture")[-1]["markup"]


def test_one_question_serves_all_positions_of_the_slider(
    drawn: None, workers: ThroughTimeWorkers, open_page: OpenPage, run_id: str
):
    at = open_page(PAGE, VISITOR)
    assert "Read at: the end" in card(at)
    assert "82.0%" in card(at)
    for step, first in ((0, "74.0%"), (5, "50.0%")):
        travel(at, run_id, step)
        assert first in card(at)
    assert len(workers.asked) == 1
    assert workers.asked[0].shape == (1, 8, 8)
    lines = charts(at)["What it was read as"]["data"]
    assert {line["name"] for line in lines} == {"7", "1"}


def test_without_a_drawing_the_page_leads_to_draw(at: AppTest):
    assert any(link.proto.label == "To the Draw page" for link in at.main.get("page_link"))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (WorkersNotReady("The workers are still warming up."), "still warming up"),
        (RunNotFound("x"), "no weights were recorded"),
        (RuntimeError("boom"), "could not answer (RuntimeError)"),
    ],
)
def test_without_an_answer_the_page_says_why(
    drawn: None,
    workers: ThroughTimeWorkers,
    open_page: OpenPage,
    run_id: str,
    error: Exception,
    told: str,
):
    workers.error = error
    at = open_page(PAGE, VISITOR)
    assert not at.exception
    assert told in words(at)
    assert metrics(at)[2] == "0"


# --- what can be in the way --------------------------------------------------------------------


def test_moments_without_weights(open_page: OpenPage, labels: NDArray[np.int64]):
    run_id = add_training(labels)
    add_moment(run_id, 7, labels, 20, weights=False)
    at = open_page(PAGE, VISITOR)
    assert metrics(at)[2] == "20"
    assert "not recorded at this moment" in words(at).replace("\n", " ")


def test_answers_that_are_not_numbers(open_page: OpenPage, labels: NDArray[np.int64]):
    run_id = add_training(labels)
    kept = Moments(run_id).read(5)
    broken = replace(kept, step=7, probabilities=np.full((120, 10), np.nan, np.float16))
    Moments(run_id).write(broken)
    at = open_page(PAGE, VISITOR)
    assert metrics(at)[1] == "not a number"
    assert not at.exception
