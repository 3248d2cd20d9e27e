"""Compare: the list, the curves, seeds and predictions, from the store without a training."""

from collections.abc import Sequence

import pytest
from page_elements import components
from scipy.stats import ttest_ind
from streamlit.testing.v1 import AppTest

from nnlab.analysis.comparing.seed_groups import group_key
from nnlab.analysis.comparing.statement import chance
from nnlab.experiment import Assignment, Experiment, with_settings
from nnlab.rooms.room import RoomRefused
from nnlab.rooms.running import Running
from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.run import Run
from nnlab.runs.run_labels import RunLabel, RunLabels
from nnlab.runs.states import RunState
from nnlab.ui.resources import engine

PAGE = "pages/12_Compare.py"
VISITOR = "0" * 32
WIDE = with_settings(
    Experiment(name="Wide"),
    {"dataset.name": "digits", "training.epochs": 2, "layers.1.units": 64},
)
THIN = with_settings(WIDE, {"name": "Thin", "layers.1.units": 8})


def finish(run_id: str, accuracy: float) -> str:
    store = engine().store
    store.move(run_id, RunState.RUNNING, steps_per_epoch=10)
    store.add_points(
        run_id, [Point(step, step / 10, 2 / step, accuracy / 2, 100.0) for step in range(1, 21)]
    )
    store.add_epochs(
        run_id, [EpochRecord(n, 1 / n, accuracy, 1.1 / n, accuracy - 0.01, 2.0) for n in (1, 2)]
    )
    store.move(run_id, RunState.FINISHED, test_accuracy=accuracy, test_loss=1 - accuracy)
    return run_id


def trained(experiment: Experiment, accuracies: Sequence[float], first: int = 0) -> list[str]:
    store = engine().store
    return [
        finish(
            store.create(with_settings(experiment, {"training.seed": seed}), VISITOR, "test"),
            accuracy,
        )
        for seed, accuracy in enumerate(accuracies, first)
    ]


def tick(*run_ids: str, **look: object) -> None:
    engine().drafts.put(VISITOR, "compare", {"chosen": run_ids, **look})


def texts(at: AppTest) -> str:
    every = (*at.markdown, *at.caption, *at.info)
    return "\n".join(str(element.value) for element in every)


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label.startswith(label)).click().run()
    assert not at.exception, at.exception
    return at


def runs() -> list[Run]:
    return engine().store.runs_of(VISITOR)


def chart(at: AppTest, words: str) -> dict:
    drawn = components(at, "nnlab_live_chart")
    return next(each for each in drawn if words in each["alt"])


@pytest.fixture
def page(open_page):
    """Opens the page; once before, so that the engine's store is the one of this test."""
    open_page(PAGE)
    return lambda: open_page(PAGE)


def test_without_runs_it_tells_what_will_stand_here(open_page):
    at = open_page(PAGE)
    assert "no runs to compare" in at.subheader[0].value
    assert not at.dataframe


def test_the_list_shows_a_page_of_runs_and_finds_by_words(page):
    trained(WIDE, [0.9] * 12)
    trained(THIN, [0.8])
    at = page()
    assert len(at.dataframe[0].value) == 10
    assert "13 runs. Tick those to compare: 0 ticked." in texts(at)
    at.text_input(key="compare-search").set_value("thin finished").run()
    assert list(at.dataframe[0].value["Name"]) == ["Thin"]
    at.text_input(key="compare-search").set_value("nothing like it").run()
    assert "No run has all these words." in texts(at)
    at = page()
    assert at.text_input(key="compare-search").value == "nothing like it"


def test_runs_of_others_are_neither_listed_nor_compared(page):
    (mine,) = trained(WIDE, [0.9])
    theirs = finish(engine().store.create(THIN, "f" * 32, "test"), 0.5)
    tick(mine, theirs)
    at = page()
    assert list(at.dataframe[0].value["Name"]) == ["Wide"]
    assert list(at.dataframe[1].value["Name"]) == ["Wide"]


def test_what_differs_stands_beside_the_final_figures(page):
    tick(*trained(WIDE, [0.9]), *trained(THIN, [0.8]))
    at = page()
    table = at.dataframe[1].value
    assert list(table["Name"]) == ["Wide", "Thin"]
    assert list(table["Layer 2 units"]) == ["64", "8"]
    assert list(table["Test accuracy"]) == ["90.00 %", "80.00 %"]
    assert "Optimizer" not in table
    assert "With one run each, noise cannot be judged" in texts(at)
    curves = chart(at, "Training loss by epoch")["figure"]["data"]
    assert [line["x"][-1] for line in curves] == [2, 2]


def test_seeds_become_a_mean_with_a_band_and_a_test(page):
    tick(*trained(WIDE, [0.9, 0.91, 0.92]), *trained(THIN, [0.8, 0.81, 0.82]))
    at = page()
    assert list(at.dataframe[1].value["Test accuracy"]) == ["91.00 ± 1.00 %", "81.00 ± 1.00 %"]
    lines = chart(at, "2 curves")["figure"]["data"]
    assert [line.get("fill") for line in lines] == ["toself", None, "toself", None]
    assert "one standard deviation" in texts(at)
    assert "**more than seed noise**" in texts(at)
    assert "With 3 seeds each" in texts(at)
    at.toggle(key="compare-together").set_value(False).run()
    assert not at.exception
    assert len(chart(at, "6 curves")["figure"]["data"]) == 6


def test_three_settings_are_tested_against_one_of_them(page):
    deep = with_settings(WIDE, {"name": "Deep", "training.l2": 0.1})
    tick(
        *trained(WIDE, [0.9, 0.91, 0.92]),
        *trained(THIN, [0.8, 0.81, 0.82]),
        *trained(deep, [0.91, 0.92, 0.9]),
    )
    at = page()
    table = at.dataframe[2].value.set_index("Setting")
    assert list(table["Difference"]) == ["", "-10.00 points", "+0.00 points"]
    assert list(table["Verdict"]) == ["", "more than seed noise", "not more than seed noise"]
    p = ttest_ind([0.8, 0.81, 0.82], [0.9, 0.91, 0.92], equal_var=False).pvalue
    assert table["Chance by seeds"]["Thin"] == chance(2 * p)  # Holm: the smaller of two, doubled
    at.selectbox(key=_key_of(at, "All others against")).set_value(group_key(THIN)).run()
    assert list(at.dataframe[2].value["Setting"]) == ["Thin", "Wide", "Deep"]


def _key_of(at: AppTest, label: str) -> str:
    return next(each.key for each in at.selectbox if each.label == label)


@pytest.mark.parametrize(
    ("place", "last"), [("Epoch", 2), ("Step", 20), ("Seconds of training", 4)]
)
def test_curves_by_step_and_time(page, place: str, last: float):
    tick(*trained(WIDE, [0.9]), place=place, metric="Validation accuracy")
    (line,) = chart(page(), f"by {place.lower()}")["figure"]["data"]
    assert (line["x"][-1], line["y"][-1]) == (last, 0.89)


def test_repeating_trains_what_is_missing_and_nothing_twice(page):
    wide, thin = trained(WIDE, [0.9, 0.91]), trained(THIN, [0.8])
    tick(wide[0], thin[0], seeds=3)
    press(page(), "Train 3 more runs")
    queued = [run for run in runs() if run.active]
    assert sorted((run.experiment.name, run.experiment.training.seed) for run in queued) == [
        ("Thin", 1), ("Thin", 2), ("Wide", 2),
    ]  # fmt: skip
    for run in queued:
        same = with_settings(run.experiment, {"training.seed": 0})
        assert same.fingerprint() in (WIDE.fingerprint(), THIN.fingerprint())
    assert {run.id for run in runs()} == set(engine().drafts.get(VISITOR, "compare")["chosen"])
    button = next(each for each in page().button if each.key == "compare-train")
    assert (button.label, button.disabled) == ("All seeds are there", True)


def test_other_seeds_that_are_there_can_be_ticked(page):
    wide = trained(WIDE, [0.9, 0.91, 0.92])
    tick(wide[0])
    at = press(page(), "Tick 2 more runs")
    assert set(engine().drafts.get(VISITOR, "compare")["chosen"]) == set(wide)
    assert not [b for b in at.button if b.label.startswith("Tick ")]


def test_a_prediction_is_kept_before_the_runs_and_shown_with_the_outcome(page):
    wide, thin = trained(WIDE, [0.9]), trained(THIN, [0.8])
    tick(*wide, *thin, seeds=2)
    at = page()
    radio = next(each for each in at.radio if "Predict first" in each.label)
    radio.set_value(group_key(THIN)).run()
    at.number_input(key="compare-points").set_value(5.0).run()
    at = press(at, "Train 2 more runs")
    assert "by about 5.0 points" in texts(at)
    assert "Open until each setting has two seeds" in texts(at)
    assert not [each for each in at.radio if "Predict first" in each.label]
    for run in [run for run in runs() if run.active]:
        finish(run.id, 0.901 if run.experiment.name == "Wide" else 0.801)
    told = texts(page())
    assert "when 2 results were known" in told
    assert "**Wide** has it; yours is 10.00 points below" in told


def test_what_train_shows_can_be_compared_before_it_was_trained(page):
    (wide,) = trained(WIDE, [0.9])
    engine().drafts.put(VISITOR, "experiment", THIN.model_dump(mode="json"))
    tick(wide, seeds=2)
    at = page()
    at.toggle(key="compare-with-train").set_value(True).run()
    assert any("Predict first" in each.label for each in at.radio)
    press(at, "Train 3 more runs")
    assert sorted(r.experiment.name for r in runs() if r.active) == ["Thin", "Thin", "Wide"]


def test_a_task_that_keeps_the_seed_allows_no_other_seeds(page):
    (wide,) = trained(WIDE, [0.9])
    tick(wide)
    at = page()
    task = Assignment(experiment=WIDE, open=("layers.1.units",), goal="Find the best width.")
    at.session_state["nnlab_state"].take(task, "link:ABC234")
    at.run()
    assert next(each for each in at.button if each.key == "compare-train").disabled
    assert "Your task keeps the seed as it is" in texts(at)


def test_a_frozen_room_begins_none_of_the_runs(page, monkeypatch: pytest.MonkeyPatch):
    def refuse(_: object, owner: str) -> None:
        raise RoomRefused("The room is frozen.")

    (wide,) = trained(WIDE, [0.9])
    tick(wide)
    at = page()
    monkeypatch.setattr(Running, "check_start", refuse)
    press(at, "Train 2 more runs")
    assert "The room is frozen." in at.toast[0].value
    assert [run.id for run in runs()] == [wide]


def test_rename_tag_pin_and_delete(page):
    wide, thin = trained(WIDE, [0.9])[0], trained(THIN, [0.8])[0]
    tick(wide)
    at = page()
    at.text_input[-1].set_value("Wider")
    press(at, "Save name")
    assert engine().store.get(wide).experiment.name == "Wider"
    at = page()
    field = next(each for each in at.text_input if each.label.startswith("Tags"))
    field.set_value("keep, <b>best</b>")
    press(at, "Save tags")
    press(page(), "Pin")
    labels = RunLabels(engine().store.engine)
    assert labels.of(VISITOR) == {wide: RunLabel(True, ("keep", "‹b›best‹/b›"))}
    assert list(page().dataframe[0].value["Name"]) == ["Wider", "Thin"]
    press(page(), "Delete 1 run")
    assert [run.id for run in runs()] == [thin]
    assert engine().drafts.get(VISITOR, "compare")["chosen"] == []


def test_scatter_and_parallel_coordinates(page):
    tick(*trained(WIDE, [0.9]), *trained(THIN, [0.8]))
    at = page()
    (dots,) = chart(at, "Layer 2 units against test accuracy")["figure"]["data"]
    assert sorted(zip(dots["x"], dots["y"], strict=True)) == [(8, 0.8), (64, 0.9)]
    at.segmented_control(key="compare-view").set_value("All settings side by side").run()
    assert not at.exception
    assert len(chart(at, "a line for each run")["figure"]["data"]) == 2


def test_a_setting_left_out_is_no_other_than_the_one_that_is_meant(page):
    left_out = with_settings(WIDE, {"name": "Circle", "dataset.name": "circle", "layers": []})
    written = with_settings(left_out, {"dataset.points": {}, "dataset.test_size": 0.2})
    tick(*trained(left_out, [0.9]), *trained(written, [0.8], first=1))
    table = page().dataframe[1].value
    assert list(table["Test accuracy"]) == ["85.00 ± 7.07 %"]  # one setting, two seeds
    assert not {"Points", "Test size", "Number of points"} & set(table)
