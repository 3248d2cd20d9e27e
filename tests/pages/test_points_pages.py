"""Points in the plane on every page: made on Data, trained on Train, without images elsewhere."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from page_elements import components
from streamlit.testing.v1 import AppTest

from nnlab import settings
from nnlab.check import check
from nnlab.datasets import arrays_of, load_splits, split_indices
from nnlab.experiment import Conv2D, Dataset, Dense, Experiment, Flatten, Points
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.work.boundary import SIDE
from nnlab.work.engine import Engine

DATA, TRAIN = "pages/1_Data.py", "pages/2_Train.py"
VISITOR = "0" * 32
OpenPage = Callable[..., AppTest]


def experiment(at: AppTest) -> Experiment:
    return at.session_state["nnlab_state"].experiment


def said(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.error, at.warning, at.info, at.header)
    return "\n".join(element.value for elements in kinds for element in elements)


def charts(at: AppTest) -> list[dict[str, Any]]:
    return [
        json.loads(element.proto.json)["figure"]
        for element in at.get("bidi_component")
        if element.proto.component_name == "nnlab_live_chart"
    ]


def scatter(at: AppTest) -> dict[str, Any]:
    return next(figure for figure in charts(at) if "points" in figure["layout"]["title"]["text"])


def drawn(figure: dict[str, Any], part: str) -> set[tuple[float, float]]:
    traces = [trace for trace in figure["data"] if trace["name"].endswith(f", {part}")]
    return {point for trace in traces for point in zip(trace["x"], trace["y"], strict=True)}


def choose(at: AppTest, name: str) -> AppTest:
    at.button(key=f"use-{name}").click().run()
    assert not at.exception
    return at


@pytest.fixture
def spiral(open_page: OpenPage) -> AppTest:
    return choose(open_page(DATA), "spiral")


# --- Data -------------------------------------------------------------------------------------


def test_the_points_are_drawn_in_their_parts(spiral: AppTest):
    arrays, dataset = arrays_of(Dataset(name="spiral")), experiment(spiral).dataset
    indices = split_indices(arrays.y_train, arrays.y_test, dataset)
    figure = scatter(spiral)
    for part, positions in (("training", indices.train), ("test", indices.test)):
        wanted = {tuple(point) for point in arrays.x_train[positions].round(3).tolist()}
        assert drawn(figure, part) == wanted
    assert "**360** training · **40** validation · **100** test points" in said(spiral)
    assert "images" not in said(spiral).split("Look at the points")[1]


def test_sliders_make_other_points(spiral: AppTest):
    before = drawn(scatter(spiral), "training")
    spiral.slider(key="exp-1-spiral-noise").set_value(0.4).run()
    spiral.slider(key="exp-1-spiral-count").set_value(1000).run()
    spiral.slider(key="exp-1-spiral-balance").set_value(0.5).run()
    assert not spiral.exception
    assert experiment(spiral).dataset.points == Points(noise=0.4, count=1000, balance=0.5)
    after = drawn(scatter(spiral), "training")
    assert len(after) > len(before)
    assert "667" in next(chart for chart in alts(spiral) if "1,000 points" in chart)


def alts(at: AppTest) -> list[str]:
    data = [json.loads(e.proto.json) for e in at.get("bidi_component")]
    return [each["alt"] for each in data if "alt" in each]


def test_other_points_come_from_another_seed(spiral: AppTest):
    before = drawn(scatter(spiral), "training")
    spiral.button(key="other-points").click().run()
    assert experiment(spiral).dataset.points == Points(seed=1)
    assert drawn(scatter(spiral), "training") != before


def test_classes_can_be_chosen_where_there_may_be_more_than_two(spiral: AppTest):
    assert not [slider for slider in spiral.slider if slider.label == "Classes"]
    choose(spiral, "rings").slider(key="exp-1-rings-classes").set_value(5).run()
    assert experiment(spiral).dataset.points.classes == 5
    assert {f"class {name}" for name in "ABCDE"} <= {t["name"] for t in scatter(spiral)["data"]}
    assert experiment(choose(spiral, "xor")).dataset.points.classes is None
    assert not spiral.error


def test_features_are_the_networks_inputs(spiral: AppTest):
    pills = spiral.get("button_group")[0]
    pills.set_value(["x", "xy", "sin_y"]).run()
    assert not spiral.exception
    assert experiment(spiral).dataset.points.features == ("x", "xy", "sin_y")
    assert check(experiment(spiral)).input_shape == (3,)


def test_a_network_has_at_least_one_input(spiral: AppTest):
    spiral.get("button_group")[0].set_value([]).run()
    assert experiment(spiral).dataset.points is None
    assert "one or more of x, y, x2" in said(spiral)
    assert len(spiral.get("button_group")[0].value) == 2


def test_another_kind_of_data_brings_a_network_that_suits_it(open_page: OpenPage):
    at = open_page(DATA)
    own = at.session_state["nnlab_state"].experiment
    assert {layer.type for layer in experiment(choose(at, "spiral")).layers} == {"Dense"}
    at.session_state["nnlab_state"].edit("training.epochs", 33)
    choose(at, "moons")
    assert (experiment(at).dataset.name, experiment(at).training.epochs) == ("moons", 33)
    assert experiment(choose(at, "digits")).layers == own.layers
    assert experiment(at).dataset.points is None
    assert experiment(choose(at, "circle")).training.epochs == 33
    check(experiment(at))


def test_a_class_too_small_to_divide_is_told(spiral: AppTest):
    choose(spiral, "blobs").slider(key="exp-1-blobs-classes").set_value(6).run()
    spiral.slider(key="exp-1-blobs-count").set_value(100).run()
    spiral.slider(key="exp-1-blobs-balance").set_value(0.1).run()
    assert not spiral.exception
    assert len(scatter(spiral)["data"])
    at = spiral.switch_page(TRAIN).run()
    assert "without any of the" in said(at)
    assert at.button(key="train").disabled


# --- Train ------------------------------------------------------------------------------------


def test_points_can_be_chosen_and_queued_on_train(open_page: OpenPage):
    at = open_page(TRAIN)
    at.selectbox(key="exp-0-dataset.name").set_value("spiral").run()
    assert not at.exception
    assert "360 points to train on, 100 to test; checked on 40 points" in said(at)
    assert not [toggle for toggle in at.toggle if toggle.label == "Augmentation"]
    at.button(key="train").click().run()
    assert not at.exception
    (run,) = RunStore(settings.database_url()).runs_of(VISITOR)
    assert run.experiment == experiment(at)
    assert run.experiment.dataset.name == "spiral"


def test_an_image_layer_is_refused_on_points(open_page: OpenPage):
    at = open_page(TRAIN)
    at.selectbox(key="exp-0-dataset.name").set_value("xor").run()
    state = at.session_state["nnlab_state"]
    state.set_layers([(99, Conv2D()), (100, Flatten())])
    at.run()
    assert not at.exception
    assert at.button(key="train").disabled


# --- a finished run on the other pages --------------------------------------------------------


@pytest.fixture
def finished(idle_engine: None) -> str:
    """A run on points with a mistake in eleven, and no images anywhere."""
    chosen = Experiment(
        name="Rings",
        dataset=Dataset(name="rings", points=Points(classes=4)),
        layers=(Dense(units=4),),
    )
    y_test = load_splits(chosen.dataset).y_test
    probabilities = np.full((len(y_test), 4), 0.05, np.float32)
    said_ = np.where(np.arange(len(y_test)) % 11 == 0, (y_test + 1) % 4, y_test)
    probabilities[np.arange(len(y_test)), said_] = 0.85
    store = RunStore(settings.database_url())
    run_id = store.create(chosen, VISITOR, "test")
    store.move(run_id, RunState.RUNNING)
    accuracy = float(np.mean(said_ == y_test))
    store.move(run_id, RunState.FINISHED, epoch=5, test_loss=0.4, test_accuracy=accuracy)
    RunFiles(run_id).write_final({}, Result(probabilities, y_test), {})
    return run_id


def test_evaluate_shows_all_that_needs_no_images(finished: str, open_page: OpenPage):
    at = open_page("pages/3_Evaluate.py", VISITOR)
    assert "This set has no images" in said(at)
    assert "Image by image" not in said(at)
    assert at.metric[0].value == "90.00 %"
    (matrix,) = components(at, "nnlab_matrix")
    assert matrix["title"] == "Confusion matrix: number of points"


def test_evaluate_calls_points_points(finished: str, open_page: OpenPage):
    at = open_page("pages/3_Evaluate.py", VISITOR)
    for key in (f"calibration-{finished}", "evaluate-classes-table"):
        at.session_state[key] = True  # opens it
    at.run()
    assert not at.exception
    helps = "\n".join(metric.help or "" for metric in at.metric)
    shown = charts(at) + components(at, "nnlab_matrix")
    words = said(at).replace("This set has no images", "") + helps + repr(shown)
    words += "".join(repr(frame.value.columns.tolist()) for frame in at.dataframe)
    assert re.findall(r"\w+ images?\b", words, re.IGNORECASE) == []
    assert "Confusion matrix: number of points" in words
    assert "'Points'" in words


@pytest.mark.parametrize("page", ["pages/2_Train.py", "pages/3_Evaluate.py"])
def test_the_plane_is_shown_as_the_network_sees_it(
    page: str, finished: str, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
):
    questions = []

    def boundary(_: Engine, *question: Any) -> np.ndarray:
        questions.append(question)
        field = np.full((SIDE, SIDE, 4), 0.1, np.float32)
        field[: SIDE // 2, :, 0] = field[SIDE // 2 :, :, 2] = 0.7
        return field

    monkeypatch.setattr(Engine, "boundary", boundary)
    at = open_page(page, VISITOR)
    assert questions == [(finished, None, 6.5, VISITOR)]
    figure = next(f for f in charts(at) if "network sees" in f["layout"]["title"]["text"])
    assert figure["layout"]["images"][0]["source"].startswith("data:image/png")
    arrays = arrays_of(Dataset(name="rings", points=Points(classes=4)))
    parts = [drawn(figure, part) for part in ("training", "validation", "test")]
    assert set.union(*parts) == set(map(tuple, arrays.x_train.round(3).tolist()))
    assert "It answers A on 50.0 %, B on 0.0 %, C on 50.0 %, D on 0.0 % of this square" in said(at)


def test_the_plane_waits_for_the_workers_in_words(finished: str, open_page: OpenPage):
    at = open_page("pages/3_Evaluate.py", VISITOR)
    assert "The picture comes as soon as they can" in said(at)
    assert "This set has no images" in said(at)


@pytest.mark.parametrize("page", ["pages/9_Inside.py", "pages/10_What_if.py"])
def test_pages_about_images_say_that_there_are_none(page: str, finished: str, open_page: OpenPage):
    assert "This set has no images" in said(open_page(page, VISITOR))


def test_draw_offers_no_network_that_never_saw_an_image(finished: str, open_page: OpenPage):
    at = open_page("pages/4_Draw.py", VISITOR)
    assert "No network to draw for yet" in "\n".join(element.value for element in at.subheader)
    assert not [box for box in at.selectbox if box.label == "Network"]
    assert "Test accuracy" not in said(at)


def test_train_shows_the_run_without_a_way_to_draw(finished: str, open_page: OpenPage):
    at = open_page(TRAIN, VISITOR)
    assert "Test accuracy **90.00 %**" in said(at)
    assert not [button for button in at.button if button.key == "run-Draw"]


def test_points_are_made_without_tensorflow():
    code = (
        "import sys; from nnlab.datasets import load_splits; from nnlab.experiment import Dataset;"
        " load_splits(Dataset(name='moons')); import nnlab.ui.data.points;"
        " sys.exit(any(m in sys.modules for m in ('tensorflow', 'keras')))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
