"""The What if page with workers that answer at once: real runs and files, no TensorFlow."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from page_elements import components
from streamlit.proto.Metric_pb2 import Metric
from streamlit.testing.v1 import AppTest

from nnlab import settings
from nnlab.analysis.surgery import Surgery
from nnlab.datasets import load_splits
from nnlab.experiment import Dataset, Dense, Dropout, Experiment, Flatten, with_settings
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.moments import Moment, Moments
from nnlab.runs.run import RunNotFound
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.ui.resources import engine
from nnlab.ui.what_if import subject as subjects
from nnlab.ui.what_if import work
from nnlab.work.cluster import ClusterStatus
from nnlab.work.engine import Engine
from nnlab.work.what_if import Question, Said

PAGE = "pages/10_What_if.py"
VISITOR = "0" * 32
UNITS = 12
DIGITS = Experiment(
    name="Small",
    dataset=Dataset(name="digits"),
    layers=(Flatten(), Dense(units=UNITS), Dropout(rate=0.3)),
)
STEPS = 100  # of the whole training

OpenPage = Callable[..., AppTest]


class Workers:
    """Right answers, but for the first images of the set: the more is changed, the more wrong."""

    def __init__(self) -> None:
        self.y = load_splits(DIGITS.dataset).y_test
        self.asked: list[Question] = []
        self.steps: set[int | None] = set()
        self.runs: set[str] = set()
        self.error: Exception | None = None

    def what_if(
        self, run_id: str, question: Question, count: int, owner: str, step: int | None = None
    ) -> Said:
        assert owner == VISITOR
        if self.error is not None:
            raise self.error
        self.asked.append(question)
        self.steps.add(step)
        self.runs.add(run_id)
        said = self.y[np.arange(count) * len(self.y) // count].astype(np.int16)
        wrong = self.wrong(question)
        said[:wrong] = (said[:wrong] + 1) % 10
        for silent in question.surgery.silenced:
            said[said == silent] = (silent + 5) % 10
        return Said(said, np.full(count, 0.75, np.float32))

    @staticmethod
    def wrong(question: Question) -> int:
        surgery = question.surgery
        rates = sum(rate for _, rate in surgery.dropout)
        wrong = 2 + 5 * len(surgery.off) + round(100 * rates) + surgery.draw
        return wrong + (round(question.change.strength) if question.change else 0)


@pytest.fixture
def workers(idle_engine: None, monkeypatch: pytest.MonkeyPatch) -> Workers:
    workers = Workers()
    monkeypatch.setattr(Engine, "what_if", lambda _, *asked: workers.what_if(*asked))
    monkeypatch.setattr(
        Engine, "unit_norms", lambda *_: {1: np.arange(UNITS, 0, -1).astype(np.float32)}
    )
    engine()._status = ClusterStatus("ready", 1)
    return workers


def add_run(experiment: Experiment = DIGITS, moments: bool = False) -> str:
    store = RunStore(settings.database_url())
    run_id = store.create(experiment, VISITOR, "test")
    store.move(run_id, RunState.RUNNING, steps_per_epoch=STEPS)
    store.move(run_id, RunState.FINISHED, epoch=1, step=STEPS, test_loss=0.25, test_accuracy=0.9876)
    y = load_splits(DIGITS.dataset).y_test
    RunFiles(run_id).write_final({}, Result(np.eye(10, dtype=np.float32)[y], y), {})
    if moments:
        nothing = np.zeros((0, 10), np.float16), np.zeros(0, np.int32), np.zeros(0, np.int16)
        for step, weights in ((0, {"model.0": np.zeros(1, np.float32)}), (50, None)):
            Moments(run_id).write(Moment(step, step / STEPS, *nothing, (), weights))
    return run_id


@pytest.fixture
def at(open_page: OpenPage, workers: Workers) -> AppTest:
    add_run()
    return again(open_page(PAGE, VISITOR))


def again(at: AppTest) -> AppTest:
    """What the timer does: it draws what has become known meanwhile."""
    at.run()
    assert not at.exception, at.exception
    return at


def open_tab(at: AppTest, name: str) -> AppTest:
    at.session_state["what-if-questions"] = name
    return again(again(at))


def look(at: AppTest) -> Any:
    (only,) = at.session_state["nnlab_what_if_look"].values()
    return only


def curve(at: AppTest, name: str) -> dict[str, Any]:
    figure = components(at, "nnlab_live_chart")[0]["figure"]
    lines = (trace for trace in figure["data"] if trace["mode"] == "lines+markers")
    return next(trace for trace in lines if trace["name"] == name)


def confusion(at: AppTest) -> list[list[str]]:
    (matrix,) = components(at, "nnlab_matrix")
    texts: list[list[str]] = matrix["texts"]
    return texts


def changed_figures() -> None:
    import streamlit as st

    from nnlab.ui.what_if.difference import figure

    for change in (0.0, -0.0004, 0.0123, -0.2):
        figure(st.container(), "Changed", "97.7 %", change=change)


def test_a_change_of_nothing_has_no_arrow_and_no_sign():
    at = AppTest.from_function(changed_figures).run()
    assert not at.exception
    assert [metric.delta for metric in at.metric] == [
        "0.0 points", "0.0 points", "+1.2 points", "-20.0 points"
    ]  # fmt: skip
    direction = Metric.MetricDirection
    assert [metric.proto.direction for metric in at.metric] == [
        direction.NONE, direction.NONE, direction.UP, direction.DOWN
    ]  # fmt: skip


def metrics(at: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in at.metric}


def words(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.info, at.warning, at.error)
    return "\n".join(element.value for kind in kinds for element in kind)


def accuracy(wrong: int) -> float:
    return 1 - wrong / 360


# --- the test images ---------------------------------------------------------------------------


def test_the_curve_over_the_rotation(at: AppTest, workers: Workers) -> None:
    line = curve(at, "Rotation")
    assert line["x"] == pytest.approx(10 * np.arange(19))  # degrees
    assert line["y"] == pytest.approx([accuracy(2 + 10 * n) for n in range(19)])
    assert "All figures here are of all 360 test images." in words(at)
    seeds = {question.change.seed for question in workers.asked if question.change}
    assert seeds == {DIGITS.training.seed}
    table = at.dataframe[0].value
    assert table["Accuracy"].tolist() == pytest.approx(line["y"])
    assert table["Strength"].tolist()[:2] == ["turned by 0°", "turned by 10°"]


def test_the_slider_marks_the_point_and_changes_the_figures(at: AppTest) -> None:
    assert metrics(at)["Turned by 30°"] == f"{100 * accuracy(32):.1f} %"
    look(at).position["rotation"] = 6
    again(at)
    assert metrics(at)["Untouched"] == f"{100 * accuracy(2):.1f} %"
    assert metrics(at)["Turned by 60°"] == f"{100 * accuracy(62):.1f} %"
    assert metrics(at)["New answers"] == "60"
    figure = components(at, "nnlab_live_chart")[0]["figure"]
    (mark,) = (trace for trace in figure["data"] if trace["mode"] == "markers")
    assert (mark["x"], mark["y"]) == ([60.0], [pytest.approx(accuracy(62))])
    assert figure["layout"]["shapes"][0]["x0"] == 60.0


def test_examples_have_the_networks_answer_under_them(at: AppTest) -> None:
    harder, others = (data["markup"] for data in components(at, "nnlab_picture"))
    y = load_splits(DIGITS.dataset).y_test
    assert harder.count("<img") == others.count("<img") == 7
    wrong = (int(y[0]) + 1) % 10
    assert f"✗\u00a0{wrong} (75\u00a0%)" in harder
    assert "180°" in harder
    assert f"✓\u00a0{y[-1]} (75\u00a0%)" in others
    assert f"Test image 0, class {y[0]}" in words(at)
    at.button(key=look(at).key("example")).click().run()
    assert "Test image 0," not in words(at)


def test_other_kinds_and_another_run_join_the_chart(open_page: OpenPage, workers: Workers) -> None:
    other = add_run(with_settings(DIGITS, {"name": "Other"}))
    add_run()
    at = again(open_page(PAGE, VISITOR))
    at.button_group(key=look(at).key("also-rotation")).set_value(["noise"]).run()
    at.selectbox(key=look(at).key("other")).set_value(other)
    again(again(at))
    names = {"Rotation, Small", "Noise, Small", "Rotation, Other", "Noise, Other"}
    for name in names:
        assert curve(at, name)["y"][0] == pytest.approx(accuracy(2))
    assert set(at.dataframe[0].value["Curve"]) == names
    assert len(workers.runs) == 2


# --- the network -------------------------------------------------------------------------------


def test_units_are_switched_off_by_order_and_by_number(at: AppTest, workers: Workers) -> None:
    open_tab(at, "Switch off units")
    assert metrics(at)["3 units off"] == f"{100 * accuracy(17):.1f} %"
    # The norms fall, so the last are the weakest.
    assert look(at).layer == 1
    assert Question(surgery=Surgery(layer=1, off=(9, 10, 11))) in workers.asked
    assert curve(at, "The weakest")["x"] == list(range(UNITS + 1))
    assert curve(at, "Random ones")["y"] == pytest.approx(
        [accuracy(2 + 5 * n) for n in range(UNITS + 1)]
    )
    at.button_group(key=look(at).key("way")).set_value("chosen").run()
    at.multiselect(key=look(at).key("units-1")).set_value([4, 2]).run()
    assert Question(surgery=Surgery(layer=1, off=(2, 4))) in workers.asked
    assert metrics(at)["2 units off"] == f"{100 * accuracy(12):.1f} %"


def test_dropout_is_left_on_in_several_passes(at: AppTest, workers: Workers) -> None:
    open_tab(at, "Leave dropout on")
    # Passes have 0 to 4 more wrong than the first; 2 on average.
    spread = np.std(np.arange(5), ddof=1) / 360
    assert metrics(at)["Dropout on"] == f"{100 * accuracy(34):.1f} %"
    assert metrics(at)["Spread"] == f"± {100 * spread:.1f} points"
    assert metrics(at)["Always the same"] == f"{100 * (356 / 360):.1f} %"
    line = curve(at, "dropout on")
    assert line["y"][:2] == pytest.approx([accuracy(2), accuracy(2 + 5 + 2)])
    layers = {question.surgery.dropout for question in workers.asked if question.surgery.dropout}
    assert {layer for ((layer, _),) in layers} == {2}
    assert at.dataframe[0].value["Spread"].tolist()[1] == pytest.approx(spread)


def test_a_silent_class_goes_elsewhere(at: AppTest) -> None:
    open_tab(at, "Silence a class")
    assert "Choose a class above" in words(at)
    at.button_group(key=look(at).key("silenced")).set_value([3]).run()
    assert not at.exception
    y = load_splits(DIGITS.dataset).y_test
    said = y.copy()
    said[:2] = (said[:2] + 1) % 10
    threes = int(np.sum((y == 3) & (said == 3)))
    assert f"**3**: {threes} of {np.sum(y == 3)} images were recognised" in words(at)
    assert f"Now they are taken for 8 ({threes} images)" in words(at)
    assert "still answers 3 for 0 images" in words(at)
    assert metrics(at)["Silent: 3"].endswith("%")
    recall = at.dataframe[0].value["Changed"].tolist()
    assert recall[3] == 0


# --- long work ---------------------------------------------------------------------------------


def test_work_goes_on_piece_by_piece_and_stops(
    open_page: OpenPage, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "UNNOTICED_SECONDS", 0.0)
    add_run()
    at = open_page(PAGE, VISITOR)
    before = len(workers.asked)
    again(at)
    assert len(workers.asked) == before + 1  # one at each drawing
    assert "of 19 passes" in at.get("progress")[0].proto.text
    assert "left" in at.get("progress")[0].proto.text
    stop = next(button for button in at.button if button.label == "Stop")
    stop.click().run()
    stopped = len(workers.asked)
    again(at)
    assert len(workers.asked) == stopped
    assert at.session_state["nnlab_what_if_every"] is None
    next(button for button in at.button if button.label == "Go on").click().run()
    # One more at the drawing that sets the timer.
    assert len(workers.asked) == stopped + 2
    for _ in range(20):
        again(at)
    assert "stands on 19 passes" in words(at)


def test_the_same_is_not_asked_twice(at: AppTest, workers: Workers) -> None:
    asked = len(workers.asked)
    again(again(at))
    assert len(workers.asked) == asked == len(set(workers.asked))


def test_large_networks_are_asked_fewer_images() -> None:
    store = RunStore(settings.database_url())
    wide = Experiment(layers=(Flatten(), Dense(units=4096), Dense(units=4096)))
    assert subjects.images_asked(store.get(store.create(wide, VISITOR, "test")), 10_000) == 200
    small = store.get(store.create(Experiment(), VISITOR, "test"))
    assert subjects.images_asked(small, 10_000) == 1000
    assert subjects.images_asked(small, 360) == 360


def test_the_page_tells_how_many_images_are_asked(
    open_page: OpenPage, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subjects, "MOST_IMAGES", 100)
    add_run()
    at = again(open_page(PAGE, VISITOR))
    assert "of 100 of the 360 test images, evenly spaced" in words(at)
    assert "On all of them the run has 98.76\u00a0%" in words(at)
    assert curve(at, "Rotation")["y"][0] == pytest.approx(1 - 2 / 100)


# --- moments -----------------------------------------------------------------------------------


def test_a_recorded_moment_is_asked(open_page: OpenPage, workers: Workers) -> None:
    run_id = add_run(moments=True)
    at = open_page(PAGE, VISITOR)
    assert workers.steps == {None}
    at.session_state["nnlab_moments"][run_id] = 0
    again(at)
    assert workers.steps == {None, 0}
    at.session_state["nnlab_moments"][run_id] = 50
    again(at)
    assert workers.steps == {None, 0}
    assert "weights of that moment were not kept" in words(at)


# --- what can be in the way --------------------------------------------------------------------


def test_without_a_run_the_page_leads_to_train(open_page: OpenPage, workers: Workers) -> None:
    at = open_page(PAGE, VISITOR)
    assert at.subheader[0].value == "No network to ask yet"
    assert at.main.get("page_link")[-1].proto.label == "To the Train page"


def test_while_workers_warm_up_the_page_says_so(open_page: OpenPage) -> None:
    add_run()
    at = open_page(PAGE, VISITOR)
    assert "answers come as soon as they can" in words(at)
    assert not at.metric


def test_networks_without_hidden_layers_or_dropout(open_page: OpenPage, workers: Workers) -> None:
    add_run(with_settings(DIGITS, {"layers": [{"type": "Flatten"}]}))
    at = open_tab(open_page(PAGE, VISITOR), "Switch off units")
    assert "no hidden layer with units" in words(at)
    open_tab(at, "Leave dropout on")
    assert "no Dropout layer" in words(at)


def test_a_run_whose_files_are_gone(open_page: OpenPage, workers: Workers) -> None:
    RunFiles(add_run()).delete()
    assert "missing or damaged" in words(open_page(PAGE, VISITOR))


def test_a_run_that_is_deleted_meanwhile(at: AppTest, workers: Workers) -> None:
    workers.error = RunNotFound("abc")
    look(at).position["blur"], look(at).kind = 5, "blur"
    again(at)
    assert "There is no run 'abc' here" in words(at)


def test_without_the_images_nothing_is_asked(open_page: OpenPage, workers: Workers) -> None:
    add_run(Experiment(dataset=Dataset(name="fashion_mnist")))
    at = open_page(PAGE, VISITOR)
    assert "Without them nothing can be asked" in words(at)
    assert not workers.asked
