"""Compare and Sweep with runs that learn a number: by their error, of which less is better."""

import pytest
from page_elements import components
from streamlit.testing.v1 import AppTest

from nnlab.analysis.comparing.seed_groups import group_key
from nnlab.experiment import Dataset, Dense, Experiment, Output, Training, with_settings
from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.states import RunState
from nnlab.ui.resources import engine

COMPARE, SWEEP = "pages/12_Compare.py", "pages/13_Sweep.py"
VISITOR = "0" * 32
WIDE = Experiment(
    name="Wide",
    dataset=Dataset(name="bumps"),
    layers=(Dense(units=8),),
    output=Output(activation="tanh"),
    training=Training(epochs=2),
)
THIN = with_settings(WIDE, {"name": "Thin", "layers.0.units": 2})
DIGITS = with_settings(Experiment(name="Digits"), {"dataset.name": "digits"})


def train(run_id: str, error: float) -> str:
    store = engine().store
    store.move(run_id, RunState.RUNNING, steps_per_epoch=10)
    store.add_points(run_id, [Point(s, s / 10, 1 / s, None, 9.0, error + 1 / s) for s in (5, 20)])
    for epoch in (1, 2):
        seen = EpochRecord(epoch, 0.5, None, 0.4, None, 1.0, error + 0.1, error + 0.2 / epoch)
        store.add_epoch(run_id, seen)
    tested = {"test_loss": error / 2, "test_mean_absolute_error": error}
    store.move(run_id, RunState.FINISHED, **tested)
    return run_id


def trained(experiment: Experiment, *errors: float) -> list[str]:
    seeded = [with_settings(experiment, {"training.seed": seed}) for seed in range(len(errors))]
    made = [engine().store.create(each, VISITOR, "test") for each in seeded]
    return [train(run_id, error) for run_id, error in zip(made, errors, strict=True)]


def classified() -> str:
    store = engine().store
    run_id = store.create(DIGITS, VISITOR, "test")
    store.move(run_id, RunState.RUNNING, steps_per_epoch=10)
    store.add_epochs(run_id, [EpochRecord(1, 0.5, 0.8, 0.4, 0.7, 1.0)])
    store.move(run_id, RunState.FINISHED, test_accuracy=0.9, test_loss=0.3)
    return run_id


def tick(*run_ids: str, **look: object) -> None:
    engine().drafts.put(VISITOR, "compare", {"chosen": run_ids, **look})


def texts(at: AppTest) -> str:
    assert not at.exception, at.exception
    return "\n".join(str(e.value) for e in (*at.markdown, *at.caption, *at.info))


def chart(at: AppTest, words: str) -> dict:
    drawn = components(at, "nnlab_live_chart")
    return next(each["figure"] for each in drawn if words in each["alt"])


def box(at: AppTest, label: str):
    return next(each for each in at.selectbox if each.label == label)


@pytest.fixture
def page(open_page):
    """Opens a page; once before, so that the engine's store is the one of this test."""
    open_page(COMPARE)
    return open_page


def test_runs_that_learn_numbers_are_compared_by_their_error(page):
    tick(
        *trained(WIDE, 0.1, 0.11, 0.12), *trained(THIN, 0.3, 0.31, 0.32),
        metric="Validation accuracy", judged="Test accuracy",
    )  # fmt: skip
    at = page(COMPARE)
    listed, table = (frame.value for frame in at.dataframe[:2])
    assert sorted(listed["Test error"]) == [0.1, 0.11, 0.12, 0.3, 0.31, 0.32]
    assert list(table["Test error"]) == ["0.1100 ± 0.0100", "0.3100 ± 0.0100"]
    assert "Test accuracy" not in table
    assert "Test accuracy" not in listed
    told = texts(at)
    assert "**Thin** has the higher test error, by 0.2000 over **Wide**" in told
    assert "the mean absolute error" in told
    lines = chart(at, "Validation error by epoch of 2 curves")["data"]
    assert [line["y"] for line in lines if not line.get("fill")] == [[0.31, 0.21], [0.51, 0.41]]
    assert box(at, "Figure").options == [
        "Training loss", "Training error", "Validation loss", "Validation error",
    ]  # fmt: skip
    assert box(at, "Compared by").options == ["Test error", "Test loss"]
    (dots,) = chart(at, "Layer 1 units against test error")["data"]
    assert dict(zip(dots["x"], dots["y"], strict=True)) == {8: 0.12, 2: 0.32}
    box(at, "Figure").set_value("Training error").run()
    assert chart(at, "Training error by epoch")["data"]
    box(at, "Order").set_value("Lowest test error").run()
    assert list(at.dataframe[0].value["Test error"]) == [0.1, 0.11, 0.12, 0.3, 0.31, 0.32]


def test_a_prediction_of_the_error_is_right_where_it_is_lower(page):
    tick(*trained(WIDE, 0.1), *trained(THIN, 0.3), seeds=2)
    at = page(COMPARE)
    radio = next(each for each in at.radio if "lower test error" in each.label)
    radio.set_value(group_key(WIDE)).run()
    at.number_input(key="compare-error").set_value(0.25).run()
    next(each for each in at.button if each.label == "Train 2 more runs").click().run()
    assert "will have the lowest test error, by about 0.250." in texts(at)
    for run in engine().store.active_runs():
        train(run.id, 0.101 if run.experiment.name == "Wide" else 0.301)
    assert "It has, by 0.2000 (you said 0.250), more than seed noise" in texts(page(COMPARE))


def test_classes_and_numbers_are_compared_by_loss_alone(page):
    tick(*trained(WIDE, 0.1), classified(), metric="Training accuracy")
    at = page(COMPARE)
    assert "Accuracy and error are not compared" in texts(at)
    assert {"Test accuracy", "Test error"} <= set(at.dataframe[0].value)
    assert list(at.dataframe[1].value["Test accuracy"]) == ["–", "90.00 %"]
    assert list(at.dataframe[1].value["Test error"]) == ["0.1000", "–"]
    assert box(at, "Figure").options == ["Training loss", "Validation loss"]
    assert box(at, "Compared by").options == ["Test loss"]
    assert not [each for each in at.radio if "Predict first" in each.label]
    assert not [each for each in box(at, "Result").options if "ccuracy" in each or "error" in each]


def test_a_sweep_of_numbers_is_judged_by_the_error(page):
    engine().drafts.put(VISITOR, "experiment", WIDE.model_dump(mode="json"))
    at = page(SWEEP)
    assert box(at, "Judged by").options == ["Validation error", "Validation loss"]
    box(at, "Setting 1").set_value("layers.0.units").run()
    next(e for e in at.text_input if e.label == "Values 1").set_value("2, 8").run()
    next(each for each in at.button if each.label == "Start the sweep").click().run()
    engine().sweeping.look()
    while active := engine().store.active_runs():
        units = active[0].experiment.layers[0].units
        train(active[0].id, 1 / units)
        engine().sweeping.look()
    at = page(SWEEP)
    table = at.dataframe[0].value
    assert list(table["Final test error"]) == ["0.5000", "0.1250"]
    assert list(table["Best validation error"]) == ["0.6000", "0.2250"]
    assert "Best: trial 2 with 0.2250" in texts(at).replace("\\", "")
    best = chart(at, "Validation error of 2 trials, with the best so far")["data"][0]
    assert best["y"] == [0.6, 0.225]
