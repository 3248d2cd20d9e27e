"""Layers over time and test images in a plane: real files of a run, workers that answer at once."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from page_elements import components
from streamlit.testing.v1 import AppTest

from nnlab import settings
from nnlab.analysis.embedding import Plane
from nnlab.datasets import load_splits
from nnlab.experiment import Dense, Experiment, Flatten, with_settings
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.moments import BINS, Distribution, LayerFacts, Moment, Moments
from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.runs.timeline import Timeline
from nnlab.work.embedding import Planes
from nnlab.work.engine import Engine
from nnlab.work.short_tasks import WorkersNotReady

VISITOR = "0" * 32
STEPS = (0, 41, 82)
SMALL = with_settings(Experiment(), {"dataset.name": "digits", "training.epochs": 2}).model_copy(
    update={"layers": (Flatten(), Dense(units=4), Dense(units=3, activation="sigmoid"))}
)
RNG = np.random.default_rng(0)


def told(std: float, zeros: float = 0.0) -> Distribution:
    return Distribution(0.1, std, zeros, -2 * std, 2 * std, tuple(range(BINS)))


def layer(kind: str, activation: str | None, zeros: list[float], gradient: float) -> LayerFacts:
    kernel = kind == "Dense"
    return LayerFacts(
        kind.lower(), kind, activation, told(1, 0.5), told(0.1) if kernel else None,
        told(gradient) if kernel else None, np.array(zeros, np.float32),
        np.zeros(len(zeros), np.float32),
    )  # fmt: skip


def layers(dead: float) -> tuple[LayerFacts, ...]:
    return (
        layer("Flatten", None, [1.0] * 64, 0),
        layer("Dense", "relu", [0.1, dead, 1.0, 0.3], 1e-4),
        replace(layer("Dense", "sigmoid", [0.0] * 3, 1e-3),
                saturated_share=np.array([0.97, 0.5, 0], np.float32)),
        layer("Dense", "softmax", [0.0] * 10, 0.1),
    )  # fmt: skip


def answers(right: float) -> np.ndarray:
    """Probabilities for all test images, of which a share is answered rightly."""
    y = load_splits(SMALL.dataset).y_test
    said = np.where(np.arange(len(y)) < right * len(y), y, (y + 1) % 10)
    return np.eye(10, dtype=np.float32)[said]


def add_run(moments: bool = True, complete: bool = True) -> Run:
    y = load_splits(SMALL.dataset).y_test
    store = RunStore(settings.database_url())
    run_id = store.create(SMALL, VISITOR, "test")
    store.move(run_id, RunState.RUNNING, steps_per_epoch=41)
    for number, step in enumerate(STEPS if moments else ()):
        Moments(run_id).write(
            Moment(step, step / 41, answers(0.5).astype(np.float16),
                   np.arange(len(y), dtype=np.int32), y.astype(np.int16),
                   layers(1.0 if number else 0.9),
                   {"model.0": np.zeros(3, np.float32)})
        )  # fmt: skip
    if complete:
        RunFiles(run_id).write_final({}, Result(answers(1.0), y), {})
        RunFiles(run_id)._write("weights.npz", lambda file: np.savez(file, a=np.zeros(1)))
        store.move(run_id, RunState.FINISHED, step=82, test_accuracy=0.99, test_loss=0.1)
    return store.get(run_id)


def _over_time(run_id: str, number: int) -> None:
    from nnlab.runs.timeline import Timeline
    from nnlab.ui.inside.over_time import over_time
    from nnlab.ui.resources import engine
    from nnlab.ui.sent_figures import send_whole_figures

    send_whole_figures()
    run = engine().store.get(run_id)
    over_time(run, Timeline(run).places[number])


def _embedding(run_id: str, number: int) -> None:
    from nnlab.runs.timeline import Timeline
    from nnlab.ui.inside.embedding import embedding
    from nnlab.ui.resources import engine
    from nnlab.ui.sent_figures import send_whole_figures
    from nnlab.ui.state import state

    send_whole_figures()
    run = engine().store.get(run_id)
    embedding(state(), run, Timeline(run).places[number])


def opened(page: Callable[..., None], run: Run, number: int = -1) -> AppTest:
    at = AppTest.from_function(page, default_timeout=30, args=(run.id, number))
    at.session_state["nnlab_visitor"] = VISITOR
    at.run()
    assert not at.exception, at.exception
    return at


def figures(at: AppTest) -> dict[str, dict[str, Any]]:
    """By title."""
    drawn = [data["figure"] for data in components(at, "nnlab_live_chart") if "figure" in data]
    return {figure["layout"]["title"]["text"]: figure for figure in drawn}


def words(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.info, at.warning)
    return "\n".join(element.value for kind in kinds for element in kind)


# --- layers over time -------------------------------------------------------------------------


def test_layers_over_time(idle_engine: None) -> None:
    at = opened(_over_time, add_run(), 1)
    drawn = figures(at)
    assert list(drawn) == [
        "Weights of the layer over the training", "Gradients of all layers",
        "Dead and saturated units",
    ]  # fmt: skip
    assert all(figure["layout"]["shapes"][0]["x0"] == 1 for figure in drawn.values())
    names = [trace["name"] for trace in drawn["Gradients of all layers"]["data"]]
    assert names == ["2. Dense 4 · ReLU", "3. Dense 3 · sigmoid", "4. Output 10 · softmax"]
    assert "1,000 times smaller than in the last" in words(at)
    assert drawn["Dead and saturated units"]["data"][0]["y"] == [1, 2, 2]


def test_dead_and_saturated_units_are_named(idle_engine: None) -> None:
    text = words(opened(_over_time, add_run(), 1))
    assert (
        "- **2. Dense 4 · ReLU**: units 1 and 2 are dead: they give 0 for every one of the 128"
        " sample images." in text
    )
    assert "- **3. Dense 3 · sigmoid**: unit 0 is saturated: 95 % or more" in text


def test_the_end_is_the_moment_recorded_after_the_last_step(idle_engine: None) -> None:
    drawn = figures(opened(_over_time, add_run()))
    assert drawn["Gradients of all layers"]["layout"]["shapes"][0]["x0"] == 2


def test_after_early_stopping_the_end_is_not_passed_off_as_the_last_moment(
    idle_engine: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = with_settings(SMALL, {"training.early_stopping": {"patience": 1}})
    monkeypatch.setitem(globals(), "SMALL", early)
    text = words(opened(_over_time, add_run()))
    assert "Of the end nothing was recorded. Early stopping may have gone back" in text
    assert "Shown is the moment after epoch 2." in text


def test_quantity_layer_and_scale_are_chosen_and_kept(idle_engine: None) -> None:
    run = add_run()
    at = opened(_over_time, run)
    at.button_group(key=f"inside-quantity-{run.id}").set_value("gradients").run()
    heat = figures(at)["Gradients of the layer over the training"]
    assert "0" in heat["layout"]["yaxis"]["ticktext"]  # by decades from the start
    at.selectbox(key=f"inside-layer-{run.id}-gradients").set_value(3).run()
    assert "Layer 4. Output 10 · softmax, after epoch 2: gradients from −0.2 to 0.2" in words(at)
    at.button_group(key=f"inside-scale-{run.id}-gradients").set_value("Linear").run()
    assert not at.exception
    at.button_group(key=f"inside-quantity-{run.id}").set_value("activations").run()
    assert at.selectbox(key=f"inside-layer-{run.id}-activations").value == 3


def test_tables_have_a_row_for_each_moment(idle_engine: None) -> None:
    numbers, gradients, units = (
        element.value for element in opened(_over_time, add_run()).dataframe
    )
    assert numbers["Moment"].tolist() == ["start", "after epoch 1", "after epoch 2"]
    assert numbers["Standard deviation"].tolist() == [0.1] * 3
    assert gradients["4. Output 10 · softmax"].tolist() == [0.1] * 3
    assert units["2. Dense 4 · ReLU: dead"].tolist() == ["2", "1 and 2", "1 and 2"]


def test_a_run_of_which_nothing_was_recorded_is_told_of(idle_engine: None) -> None:
    at = opened(_over_time, add_run(moments=False))
    assert "Nothing was recorded" in words(at)
    assert not figures(at)


# --- test images in a plane -------------------------------------------------------------------


class Worker:
    """Answers as a worker would; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[int | None]] = []
        self.error: Exception | None = None
        self.missing: tuple[int | None, ...] = ()

    def planes(self, _: str, steps: list[int | None], indices: np.ndarray, __: str) -> Planes:
        self.asked.append(steps)
        if self.error:
            raise self.error
        y = load_splits(SMALL.dataset).y_test
        points = RNG.normal(size=(len(indices), 2)).astype(np.float32)
        found = {step: None if step in self.missing else Plane(points, 0.4) for step in steps}
        return Planes(y.astype(np.int16), found)

    def tsne(self, *asked: Any) -> np.ndarray:
        if self.error:
            raise self.error
        _, _, indices, start, _ = asked
        assert start.shape == (len(indices), 2)
        return start[:, ::-1] * 2


@pytest.fixture
def worker(idle_engine: None, monkeypatch: pytest.MonkeyPatch) -> Worker:
    worker = Worker()
    monkeypatch.setattr(Engine, "planes", lambda _, *asked: worker.planes(*asked))
    monkeypatch.setattr(Engine, "tsne", lambda _, *asked: worker.tsne(*asked))
    return worker


def looked_again(at: AppTest) -> AppTest:
    """After the answers have come."""
    time.sleep(0.3)
    at.run()
    assert not at.exception, at.exception
    return at


def test_all_moments_are_asked_for_at_once_the_shown_one_first(worker: Worker) -> None:
    at = looked_again(opened(_embedding, add_run(), 1))
    assert worker.asked == [[41, 0, None]]
    (figure,) = figures(at).values()
    assert figure["layout"]["title"]["text"] == "PCA of 360 test images, after epoch 1"
    assert sum(len(trace["x"]) for trace in figure["data"]) == 360
    assert "The plane shows 40 % of the variance" in words(at)
    assert "180 of 360 answers are wrong" in words(at)
    looked_again(at)
    assert len(worker.asked) == 1


def test_answers_are_those_of_the_moment(worker: Worker) -> None:
    run = add_run()
    at = looked_again(opened(_embedding, run))
    assert "0 of 360 answers are wrong" in words(at)
    at.toggle(key=f"inside-wrong-{run.id}").set_value(True).run()
    (figure,) = figures(at).values()
    assert figure["data"][-1]["x"] == []
    at = looked_again(opened(_embedding, run, 0))
    at.toggle(key=f"inside-wrong-{run.id}").set_value(True).run()
    (figure,) = figures(at).values()
    assert len(figure["data"][-1]["x"]) == 180
    (table,) = (element.value for element in at.dataframe)
    assert table["Wrong"].sum() == 180
    assert table["Images"].tolist() == np.bincount(load_splits(SMALL.dataset).y_test).tolist()


def test_a_point_opens_its_image_with_the_answer_of_the_moment(worker: Worker) -> None:
    run = add_run()
    at = looked_again(opened(_embedding, run, 0))
    view = at.session_state["nnlab_embedding"][run.id]
    view.look.opened = 359  # what a click on the point does
    at.run()
    assert not at.exception
    (shown,) = components(at, "nnlab_picture")
    assert "test image 359" in shown["markup"]
    assert "wrong" in shown["markup"]
    at.run()
    assert not components(at, "nnlab_picture")


def test_tsne_is_computed_when_it_is_asked_for(worker: Worker) -> None:
    run = add_run()
    at = looked_again(opened(_embedding, run, 0))
    at.button_group(key=f"inside-method-{run.id}").set_value("t-SNE").run()
    assert list(figures(at)) == ["PCA of 360 test images, start"]
    at.button(key=f"inside-tsne-{run.id}-0-False").click().run()
    looked_again(at)
    assert list(figures(at)) == ["t-SNE of 360 test images, start"]
    assert "variance" not in words(at)


def test_a_tsne_that_failed_is_told_of_and_can_be_asked_again(worker: Worker) -> None:
    run = add_run()
    at = looked_again(opened(_embedding, run, 0))
    at.button_group(key=f"inside-method-{run.id}").set_value("t-SNE").run()
    worker.error = WorkersNotReady("The workers are too busy to answer.")
    at.button(key=f"inside-tsne-{run.id}-0-False").click().run()
    if "too busy" not in words(at):
        looked_again(at)
    assert "There is no t-SNE: The workers are too busy" in words(at)
    worker.error = None
    at.button(key=f"inside-tsne-{run.id}-0-False").click().run()
    assert list(figures(looked_again(at))) == ["t-SNE of 360 test images, start"]


def test_while_workers_are_not_ready_it_says_so_and_asks_again(worker: Worker) -> None:
    worker.error = WorkersNotReady("The workers are still warming up.")
    at = looked_again(opened(_embedding, add_run()))
    assert "still warming up. The picture comes as soon as they answer." in words(at)
    worker.error = None
    looked_again(at)
    assert figures(looked_again(at))


def test_what_cannot_be_computed_is_told(worker: Worker) -> None:
    worker.error = RunNotFound("x")
    at = looked_again(opened(_embedding, add_run()))
    assert "The images cannot be placed. There is no run" in words(at)


def test_whatever_befalls_a_worker_the_page_stays(worker: Worker) -> None:
    worker.error = MemoryError()
    at = looked_again(opened(_embedding, add_run()))
    assert "could not place the images (MemoryError)" in at.error[0].value
    worker.error = None
    assert figures(looked_again(looked_again(at)))


def test_moments_without_weights_and_without_a_picture_are_told_apart(worker: Worker) -> None:
    worker.missing = (0,)
    run = add_run()
    at = looked_again(opened(_embedding, run, 0))
    assert "weights of this moment were not kept" in words(at)
    assert figures(looked_again(opened(_embedding, run, 1)))


def test_a_run_that_trains_is_asked_for_what_is_new(worker: Worker) -> None:
    run = add_run(complete=False)
    at = looked_again(opened(_embedding, run))
    assert figures(at)
    moment = Moments(run.id).read(82)
    Moments(run.id).write(replace(moment, step=123, epoch=3.0))
    looked_again(looked_again(at))
    assert worker.asked == [[82, 0, 41], [123]]


def test_strangers_are_told_nothing(idle_engine: None) -> None:
    run, engine = add_run(), Engine()
    with pytest.raises(RunNotFound):
        engine.planes(run.id, [0], np.arange(3), "stranger")
    with pytest.raises(RunNotFound):
        engine.tsne(run.id, 0, np.arange(3), np.zeros((3, 2), np.float32), "stranger")
    assert Timeline(run).places
