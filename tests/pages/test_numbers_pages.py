"""Points with a number each on every page: errors in place of accuracy, and no classes anywhere."""

import base64
import json
import re
from collections.abc import Callable

import numpy as np
import pytest
from page_elements import components
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error
from streamlit.testing.v1 import AppTest

from nnlab import settings
from nnlab.datasets import arrays_of, load_splits, split_indices
from nnlab.experiment import Adam, Dataset, Dense, Experiment, Output, Points, Training
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.ui.boundary import range_words
from nnlab.ui.playground.picture_data import scatter_of, structure_of
from nnlab.ui.resources import shares
from nnlab.work.boundary import SIDE
from nnlab.work.engine import Engine

HOME = "app.py"
DATA, TRAIN, EVALUATE = "pages/1_Data.py", "pages/2_Train.py", "pages/3_Evaluate.py"
VISITOR = "0" * 32
OpenPage = Callable[..., AppTest]
WAVES = Experiment(
    name="Waves",
    dataset=Dataset(name="waves", points=Points(noise=0.05)),
    layers=(Dense(units=4, activation="tanh"),),
    output=Output(activation="tanh"),
    training=Training(epochs=2, loss="huber", optimizer=Adam(learning_rate=0.01)),
)


def experiment(at: AppTest) -> Experiment:
    return at.session_state["nnlab_state"].experiment


def said(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.error, at.info, at.header, at.subheader)
    return "\n".join(element.value for elements in kinds for element in elements)


def charts(at: AppTest) -> dict[str, dict]:
    figures = [data["figure"] for data in components(at, "nnlab_live_chart")]
    return {figure["layout"]["title"]["text"]: figure for figure in figures}


def options(at: AppTest, label: str) -> list[str]:
    return next(box for box in at.selectbox if box.label == label).options


def pressed(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception, at.exception
    return at


# --- Data -------------------------------------------------------------------------------------


def test_data_shows_targets_in_one_scale_and_counts_them_by_part(open_page: OpenPage):
    at = pressed(open_page(DATA), "use-waves")
    arrays, dataset = arrays_of(Dataset(name="waves")), experiment(at).dataset
    parts = split_indices(arrays.y_train, arrays.y_test, dataset)
    figure = charts(at)["Waves: 500 points"]
    drawn = {trace["name"]: trace for trace in figure["data"] if trace["x"] != [None]}
    for name, positions in (("training", parts.train), ("test", parts.test)):
        shown = arrays.y_train[positions].astype(float).round(3).tolist()
        assert drawn[name]["marker"]["color"] == shown
    scale = figure["layout"]["coloraxis"]
    assert (scale["cmin"], scale["cmax"]) == (-1, 1)
    bars = {trace["name"]: sum(trace["y"]) for trace in charts(at)["How the targets lie"]["data"]}
    assert bars == {"training": 360, "validation": 40, "test": 100}
    labels = [slider.label for slider in at.slider]
    assert {"Noise", "Points"} <= set(labels)
    assert not {"Balance of the classes", "Classes"} & set(labels)


def test_another_task_brings_its_output_and_loss_and_takes_them_back(open_page: OpenPage):
    at = pressed(open_page(DATA), "use-circle")
    at.session_state["nnlab_state"].edit("dataset.points", {"balance": 0.5, "noise": 0.2})
    pressed(at, "use-plane")
    assert experiment(at).output.activation == "linear"
    assert experiment(at).dataset.points == Points(noise=0.2)
    at.session_state["nnlab_state"].edit("training.loss", "huber")
    pressed(at, "use-bumps")
    assert experiment(at).training.loss == "huber"
    pressed(at, "use-xor")
    assert (experiment(at).training.loss, experiment(at).output.activation) == (None, "softmax")
    assert not at.error


# --- Train ------------------------------------------------------------------------------------


def test_train_offers_what_fits_a_number_and_queues_it(open_page: OpenPage):
    at = open_page(TRAIN)
    at.selectbox(key="exp-0-dataset.name").set_value("plane").run()
    assert not at.exception
    assert "watch loss and mean absolute error" in said(at)
    assert options(at, "Loss") == ["mean squared error", "mean absolute error", "Huber"]
    assert ["linear: any number", "tanh: from −1 to 1"] in [list(b.options) for b in at.selectbox]
    box = next(box for box in at.selectbox if box.label == "Loss")
    box.set_value("huber").run()
    pressed(at, "train")
    (run,) = RunStore(settings.database_url()).runs_of(VISITOR)
    assert (run.experiment.dataset.name, run.experiment.training.loss) == ("plane", "huber")


def test_train_refuses_a_loss_of_classes_and_says_what_is_allowed(open_page: OpenPage):
    at = open_page(TRAIN)
    at.selectbox(key="exp-0-dataset.name").set_value("plane").run()
    at.session_state["nnlab_state"].edit("training.loss", "categorical_hinge")
    at.run()
    assert not at.exception
    assert at.button(key="train").disabled
    assert "**training.loss** should be one of mean_squared_error, mean_absolute_error" in said(at)


# --- a finished run ---------------------------------------------------------------------------


def answers() -> tuple[np.ndarray, np.ndarray]:
    """Predictions that stray, and the targets."""
    targets = load_splits(WAVES.dataset).y_test
    off = np.random.default_rng(1).normal(0, 0.1, len(targets))
    return (0.9 * targets + off).astype(np.float32), targets


@pytest.fixture
def finished(nnlab_home, monkeypatch: pytest.MonkeyPatch) -> str:
    predicted, targets = answers()
    store = RunStore(settings.database_url())
    run_id = store.create(WAVES, VISITOR, "test")
    store.move(run_id, RunState.RUNNING, steps_per_epoch=12)
    store.add_points(run_id, [Point(12, 1.0, 0.3, None, 9e3, 0.6)])
    for epoch in (1, 2):
        store.add_epoch(run_id, EpochRecord(epoch, 0.02, None, 0.0125, None, 1.0, 0.4, 0.5))
    error = float(np.abs(predicted - targets).mean())
    figures = {"test_loss": 0.0125, "test_mean_absolute_error": error}
    store.move(run_id, RunState.FINISHED, epoch=2, step=24, **figures)
    RunFiles(run_id).write_final({}, Result(predicted[:, np.newaxis], targets), {})
    field = np.linspace(-1, 1, SIDE * SIDE, dtype=np.float32).reshape(SIDE, SIDE, 1)
    monkeypatch.setattr(Engine, "boundary", lambda *_: field)
    return run_id


def check_evaluated(at: AppTest) -> None:
    predicted, targets = answers()
    metrics = {metric.label: metric.value for metric in at.metric}
    assert metrics == {
        "R²": f"{r2_score(targets, predicted):.3f}",
        "Mean absolute error": f"{mean_absolute_error(targets, predicted):.4f}",
        "RMSE": f"{root_mean_squared_error(targets, predicted):.4f}",
        "Test loss": "0.0125",
    }
    found = charts(at)
    (_, dots) = found["Predicted against true"]["data"]
    np.testing.assert_allclose(dots["x"], targets, atol=5e-5)
    np.testing.assert_allclose(dots["y"], predicted, atol=5e-5)
    (bars,) = found["How far off"]["data"]
    assert sum(bars["y"]) == len(targets)
    assert {"Loss", "Error"} <= found.keys()
    assert not any("Confusion" in title or "ccuracy" in title for title in found)
    assert "how far off its numbers are" in said(at)
    assert not re.search("accuracy|confusion", said(at), re.IGNORECASE)


def test_evaluate_tells_how_far_off_the_numbers_are(finished: str, open_page: OpenPage):
    at = open_page(EVALUATE, VISITOR)
    check_evaluated(at)
    plane = charts(at)["What the network sees where: the end"]
    assert plane["layout"]["images"][0]["source"].startswith("data:image/png")
    assert "It answers −1.00 to 1.00 in this square, 0.00 on average" in said(at)
    assert "Nothing wrong found: what was looked at" in [line.label for line in at.expander]
    r2 = r2_score(*reversed(answers()))
    assert f"**No better than guessing?** No; R² is {r2:.2f}" in said(at)
    assert "never the answer" not in said(at)


def test_evaluate_names_what_was_learned_by_heart(nnlab_home, open_page: OpenPage):
    _, targets = answers()
    store = RunStore(settings.database_url())
    run_id = store.create(WAVES, VISITOR, "test")
    store.move(run_id, RunState.RUNNING, steps_per_epoch=12)
    for epoch in (1, 2, 3):
        store.add_epoch(run_id, EpochRecord(epoch, 0.02, None, 0.3, None, 1.0, 0.1, 0.5))
    tested = {"test_loss": 0.3, "test_mean_absolute_error": 0.5}
    store.move(run_id, RunState.FINISHED, epoch=3, step=36, **tested)
    RunFiles(run_id).write_final({}, Result(np.zeros((len(targets), 1), "f4"), targets), {})
    at = open_page(EVALUATE, VISITOR)
    lines = [line.label for line in at.expander]
    by_heart, guessing = [next(n for n in lines if words in n) for words in ("by heart", "R² is")]
    assert "a loss of 0.02 on them, but 0.30 on the" in by_heart
    assert lines.index(by_heart) < lines.index(guessing)
    at.session_state[f"diagnosis-{run_id}-0-line"] = True
    at.run()
    assert not at.exception
    figures = [data["figure"] for data in components(at, "nnlab_live_chart")]
    axes = [figure["layout"]["yaxis"]["title"]["text"] for figure in figures]
    assert "Loss (Huber)" in axes
    assert not re.search("accuracy", said(at), re.IGNORECASE)


def test_a_shared_run_shows_the_same_and_can_be_taken_away(finished: str, open_page: OpenPage):
    open_page(EVALUATE, VISITOR)
    token = shares().share(finished, VISITOR)
    at = open_page(EVALUATE, "b" * 32, shared=token)
    check_evaluated(at)
    assert any("Take away" in element.label for element in at.expander)


def test_train_shows_curves_of_the_error(finished: str, open_page: OpenPage):
    at = open_page(TRAIN, VISITOR)
    error = mean_absolute_error(*answers())
    assert f"Test mean absolute error **{error:.4f}**, test loss **0.0125** after 2" in said(at)
    lines = charts(at)["Error"]["data"]
    assert [line["y"][-1] for line in lines if len(line["y"])] == [0.6, 0.5]  # point, epoch


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("pages/9_Inside.py", "How its layers change can be seen all the same"),
        ("pages/10_What_if.py", "choose a network that learned"),
    ],
)
def test_pages_about_images_say_so(page: str, words: str, finished: str, open_page: OpenPage):
    assert words in said(open_page(page, VISITOR))


def test_home_lists_the_error(finished: str, open_page: OpenPage):
    (table,) = (frame.value for frame in open_page(HOME, VISITOR).dataframe)
    assert table["Test error"][0] == pytest.approx(mean_absolute_error(*answers()))
    assert not any("ccuracy" in column for column in table)


def test_a_field_in_words_leaves_out_what_is_no_number():
    field = np.array([[0.25, np.nan], [-1.5, 0.5]])[..., np.newaxis]
    assert range_words(field) == "It answers −1.50 to 0.50 in this square, −0.25 on average."
    assert range_words(np.full((2, 2, 1), np.inf)) == "What it answers are no numbers."


# --- Playground -------------------------------------------------------------------------------


def test_the_picture_has_targets_as_its_field_has_answers():
    arrays = arrays_of(WAVES.dataset)
    scatter, structure = scatter_of(WAVES.dataset).data, structure_of(WAVES)
    sent = np.frombuffer(base64.b64decode(scatter["label"]), np.uint8).astype(float)
    np.testing.assert_allclose((sent - 128) / 127, arrays.y_train, atol=0.5 / 127 + 1e-6)
    assert (structure["output"]["units"], structure["classes"]) == (1, [])
    assert json.dumps(structure)


def test_the_playground_lets_one_choose_the_loss(open_page: OpenPage):
    at = open_page("pages/11_Playground.py", VISITOR, data="circle")
    form = at.session_state["nnlab_playground"].form
    key = f"exp-{form.generation}-loss-classification-sparse_categorical_crossentropy"
    at.selectbox(key=key).set_value("categorical_hinge").run()
    assert not at.exception
    chosen = at.session_state["nnlab_playground"].form.experiment
    assert (chosen.training.loss, chosen.output.activation) == ("categorical_hinge", "linear")
    assert not at.error
