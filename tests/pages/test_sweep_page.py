"""The Sweep page: what is set up, what is expected, and what becomes of it."""

from streamlit.testing.v1 import AppTest

from nnlab.experiment import (
    Assignment,
    Change,
    Conv2D,
    Dataset,
    Dense,
    Dropout,
    Experiment,
    Flatten,
    Training,
)
from nnlab.runs.records import EpochRecord
from nnlab.runs.states import RunState
from nnlab.sweep import ADDED_LAYER, Sweep, check_sweep, planned, read_axis
from nnlab.sweep.ready import EXERCISES_OF_C, READY
from nnlab.ui.resources import assignments, engine
from nnlab.ui.sweep.choices import suggested, varied
from nnlab.ui.sweep.draft import FROM_TRAIN, Draft
from nnlab.work.sweeps import TROUBLE

PAGE = "pages/13_Sweep.py"
VISITOR = "0" * 32
SIX = (
    "training.epochs", "training.seed", "training.batch_size", "layers.1.units", "added_layer",
    "dataset.split_seed",
)  # fmt: skip
EXPECTATION = "512 units win by 2 points."


def button(at: AppTest, label: str):
    return next(each for each in at.button if each.label == label)


def choose(at: AppTest, label: str, value: object) -> None:
    box(at, label).set_value(value).run()


def box(at: AppTest, label: str):
    return next(each for each in at.selectbox if each.label == label)


def texts(at: AppTest) -> str:
    return "\n".join(str(e.value) for e in (*at.markdown, *at.caption, *at.warning, *at.info))


def toasts(at: AppTest) -> str:
    return "\n".join(toast.value for toast in at.toast).replace("\\", "")


def begun(at: AppTest, name: str = "units-and-epochs") -> AppTest:
    choose(at, "Ready sweeps", name)
    at.text_area[0].set_value(EXPECTATION).run()
    button(at, "Start the sweep").click().run()
    assert not at.exception
    engine().sweeping.look()
    return at.run()


def finish_all(*accuracies: float) -> None:
    number = 0
    while active := engine().store.active_runs():
        run = active[0]
        engine().store.move(run.id, RunState.RUNNING, steps_per_epoch=10)
        for epoch in range(1, run.experiment.training.epochs + 1):
            value = accuracies[number % len(accuracies)] - 0.1 / epoch
            engine().store.add_epoch(run.id, EpochRecord(epoch, 0.5, value, 0.4, value, 1.0))
        engine().store.move(run.id, RunState.FINISHED, test_loss=0.1, test_accuracy=0.9)
        number += 1
        engine().sweeping.look()


def test_a_ready_sweep_runs_is_found_after_a_reload_and_stands_beside_what_was_expected(open_page):
    at = begun(open_page(PAGE))
    assert EXPECTATION in texts(at).replace("\\", "")
    assert "0 of 12 trials done" in texts(at)
    finish_all(0.8, 0.95, 0.9)
    again = open_page(PAGE)
    assert "12 of 12 trials done" in texts(again)
    assert EXPECTATION in texts(again).replace("\\", "")
    table = again.dataframe[0].value
    assert list(table["Layer 2 units"]) == ["10"] * 3 + ["32"] * 3 + ["128"] * 3 + ["512"] * 3
    assert list(table["Epochs"]) == ["1", "5", "10"] * 4
    assert set(table["State"]) == {"finished"}
    best = max(float(cell.split()[0]) for cell in table["Best validation accuracy"])
    assert f"with {best:.2f}".replace(".", "\\.") in texts(again)


def test_stop_keeps_what_is_done_and_delete_forgets_the_sweep_only(open_page):
    at = begun(open_page(PAGE))
    first = engine().store.active_runs()[0].id
    engine().store.move(first, RunState.RUNNING, steps_per_epoch=10)
    engine().store.move(first, RunState.FINISHED, test_loss=0.1, test_accuracy=0.9)
    button(at, "Stop").click().run()
    assert not engine().store.active_runs()
    at.run()
    assert "finished" in set(at.dataframe[0].value["State"])
    button(at, "Delete").click().run()
    assert not at.exception
    assert "No sweep yet" in texts(at)
    assert engine().store.get(first).state == RunState.FINISHED


def test_what_cannot_be_read_is_told_and_starts_nothing(open_page):
    at = open_page(PAGE)
    values = next(each for each in at.text_input if each.label == "Values 1")
    values.set_value("5 to 1").run()
    assert "must be smaller" in texts(at)
    button(at, "Start the sweep").click().run()
    assert not at.exception
    assert "No sweep yet" in texts(at)
    assert any("smaller" in toast.value for toast in at.toast)


def field(at: AppTest, label: str, value: object) -> None:
    every = (*at.text_input, *at.number_input)
    next(each for each in every if each.label == label).set_value(value).run()


def test_a_drawn_sweep_says_before_and_after_that_there_are_only_so_many(open_page):
    at = open_page(PAGE)
    choose(at, "How", "random")
    field(at, "Values 1", "1 to 2")
    few = "there are only 2 different ones, not 12"
    assert f"2 trials ({few}); how long" in texts(at)
    button(at, "Start the sweep").click().run()
    engine().sweeping.look()
    assert f"0 of 2 trials done; {few}" in texts(at.run())
    finish_all(0.8, 0.9)
    again = open_page(PAGE)
    assert f"2 of 2 trials done; {few}" in texts(again)
    assert "finished" in texts(again)
    assert len(again.dataframe[0].value) == 2
    field(again, "Values 1", "1 to 40")
    assert "12 trials, " in texts(again)
    assert texts(again).count(few) == 1  # of the sweep that is shown


def test_problems_are_told_with_the_names_of_the_form(open_page):
    at = open_page(PAGE)
    for typed, told in (
        ("1, 1", "Epochs: names a value twice"),
        ("1, ten", "Epochs: must be a whole number (got ten)"),
        ("true", "Epochs: must be a whole number (got on)"),
        ("0, 1", "Epochs: must be from 1 to 2,000 (got 0)"),
    ):
        field(at, "Values 1", typed)
        assert told in texts(at).replace("\\", "")
        assert "training.epochs" not in texts(at).replace("\\", "")
        button(at, "Start the sweep").click().run()
        assert told in toasts(at)
    assert "No sweep yet" in texts(at)


def test_what_a_task_has_locked_is_told_with_the_names_of_the_form(open_page):
    experiment = Experiment(dataset=Dataset(name="digits"))
    task = Assignment(experiment=experiment, open=("training.optimizer.learning_rate",))
    code = assignments().add("e" * 32, task)
    at = open_page("pages/2_Train.py", task=code).switch_page(PAGE).run()
    engine().train(Experiment(dataset=Dataset(name="digits"), layers=(Flatten(),)), VISITOR)
    button(at, "Start the sweep").click().run()
    assert "Epochs: is fixed by this task and cannot vary" in toasts(at)
    choose(at, "What all trials have in common", engine().store.active_runs()[0].id)
    button(at, "Start the sweep").click().run()
    assert "Layer 2 units: is fixed by this task and must be 128" in toasts(at)
    assert "No sweep yet" in texts(at)


def test_one_trial_of_one_epoch_is_told_in_the_singular(open_page):
    begun(open_page(PAGE))
    finish_all(0.8)
    at = open_page(PAGE)
    choose(at, "Setting 2", "training.epochs")
    field(at, "Values 1", "16")
    field(at, "Values 2", "1")
    assert "1 trial, 1 epoch; about" in texts(at)


def test_epochs_that_are_drawn_count_as_many_as_can_be_expected(open_page):
    begun(open_page(PAGE))
    finish_all(0.8)
    at = open_page(PAGE)
    button(at, "Remove").click().run()
    choose(at, "Setting 1", "training.epochs")
    choose(at, "How", "random")
    for typed, told in (
        ("1 to 2", "not 12), about 3 epochs; about"),
        ("1 to 41", "12 trials, about 252 epochs; about"),
        ("1, 2, 9", "not 12), about 12 epochs; about"),
        ("1 to 2000 log", "12 trials, about 3,156 epochs; about"),  # 12 · 1999 / ln 2000
    ):
        field(at, "Values 1", typed)
        assert told in texts(at)


def test_a_grid_beyond_all_bounds_is_told_at_once(open_page):
    """60 values of each of six settings are 46,656,000,000 combinations."""
    kept = Draft(axes=[[path, ", ".join(map(str, range(1, 61)))] for path in SIX])
    kept.keep(VISITOR)
    at = open_page(PAGE)
    assert "46,656,000,000 combinations, the budget is 12" in texts(at).replace("\\", "")
    button(at, "Start the sweep").click().run()
    assert not at.exception
    assert "No sweep yet" in texts(at)


def test_settings_are_added_and_taken_away(open_page):
    at = open_page(PAGE)
    button(at, "Another setting").click().run()
    choose(at, "Setting 2", "training.optimizer.type")
    next(each for each in at.text_input if each.label == "Values 2").set_value("SGD, Adam").run()
    assert "6 trials" in texts(at)
    button(at, "Remove").click().run()
    assert "2 trials" in texts(at)
    assert "2 trials" in texts(open_page(PAGE))


def test_another_setting_brings_values_of_its_own(open_page):
    at = open_page(PAGE)
    offered = [path for path in box(at, "Setting 1").options if "epochs" not in path.lower()]
    assert len(offered) > 5
    choose(at, "Setting 1", "training.optimizer.learning_rate")
    (values,) = (each.value for each in at.text_input if each.label == "Values 1")
    assert values == "0.0001, 0.001, 0.01"
    assert "3 trials" in texts(at)
    choose(at, "Setting 1", "dataset.name")
    assert [each.value for each in at.text_input if each.label == "Values 1"] == [""]


def test_every_suggested_value_can_be_tried():
    layers = (Conv2D(), Flatten(), Dense(), Dropout())
    experiment = Experiment(dataset=Dataset(name="digits"), layers=layers)
    read = {path: suggested(path) for path in varied(experiment)}
    assert {"layers.0.filters", "layers.2.units", "layers.3.rate", ADDED_LAYER} <= read.keys()
    for path, text in read.items():
        if text:
            axes = (read_axis(path, text),)
            check_sweep(Sweep(experiment=experiment, axes=axes))
    assert sum(map(bool, read.values())) >= 10


def test_a_task_offers_only_what_it_leaves_free(open_page):
    experiment = Experiment(dataset=Dataset(name="digits"))
    task = Assignment(experiment=experiment, open=("training.optimizer.learning_rate",))
    code = assignments().add("e" * 32, task)
    at = open_page("pages/2_Train.py", task=code).switch_page(PAGE).run()
    assert "Epochs: is fixed by this task" in texts(at)
    choose(at, "Setting 1", "training.optimizer.learning_rate")
    assert len(box(at, "Setting 1").options) == 1
    assert "is fixed by this task" not in texts(at)
    assert "3 trials" in texts(at)


def test_the_exercises_of_course_c_stand_beside_the_reported_effects(open_page):
    at = begun(open_page(PAGE), EXERCISES_OF_C)
    assert set(at.dataframe[0].value["Our effect"]) == {"–"}
    # The course watches its test images, and so they are called.
    assert {"Best test accuracy", "Final test accuracy"} <= set(at.dataframe[1].value.columns)
    finish_all(0.89, 0.8, 0.85, 0.9)
    table = open_page(PAGE).dataframe[0].value
    assert list(table["Reported effect"][:2]) == ["−6.40 points", "−3.50 points"]
    assert len(table) == 7
    assert "–" not in set(table["Our effect"])
    assert set(table["Beyond chance?"]) <= {"yes", "no"}


def test_every_ready_sweep_fills_the_form(open_page):
    at = open_page(PAGE)
    for name in READY:
        choose(at, "Ready sweeps", name)
        assert not at.exception
        assert READY[name].question in texts(at)
        assert f"{len(planned(READY[name].sweep) or ())} trials; how long" in texts(at)


def test_a_ready_sweep_on_another_network_is_told_and_can_be_chosen_again(open_page):
    first, ready = "units-and-epochs", "What all trials have in common"
    at = open_page(PAGE)
    engine().train(Experiment(dataset=Dataset(name="digits"), layers=(Flatten(),)), VISITOR)
    bare = engine().store.active_runs()[0].id
    choose(at.run(), "Ready sweeps", first)
    choose(at, ready, bare)
    lacking = "Layer 2 units: this network has no layer 2; choose another setting in its place"
    assert lacking in texts(at)
    assert "layers.1" not in texts(at)
    assert box(at, "Setting 1").options[0] == "Layer 2 units (not in this experiment)"
    assert box(at, "Ready sweeps").value is None  # the form is none of them any more
    choose(at, "Ready sweeps", first)
    assert lacking not in texts(at)
    assert box(at, ready).value == f"ready:{first}"
    assert box(at, "Setting 1").value == "layers.1.units"
    assert "12 trials" in texts(at)
    # What was typed comes back with a network that has such a layer.
    choose(at, ready, bare)
    choose(at, ready, FROM_TRAIN)
    assert "12 trials" in texts(at)


def test_all_trials_that_have_ended_are_compared(open_page):
    at = begun(open_page(PAGE))
    assert button(at, "Compare all").disabled
    finish_all(0.8, 0.9)
    at = open_page(PAGE)
    button(at, "Compare all").click().run()
    assert not at.exception
    trials = engine().sweeping.trials(engine().sweeping.sweeps.of(VISITOR)[0])
    assert at.session_state["nnlab_compare"].chosen == tuple(each.kept.run_id for each in trials)


def test_a_paused_trial_is_told_and_resumed_from_here(open_page):
    at = begun(open_page(PAGE))
    paused = engine().store.active_runs()[0].id
    engine().store.move(paused, RunState.RUNNING, steps_per_epoch=10)
    engine().store.move(paused, RunState.PAUSED)
    at.run()
    assert "Trial 1 is paused" in texts(at)
    button(at, "Resume").click().run()
    assert engine().store.get(paused).state == RunState.QUEUED
    assert "is paused" not in texts(at.run())


def test_what_holds_a_sweep_up_is_told_while_it_does(open_page):
    at = begun(open_page(PAGE))
    sweep_id = engine().sweeping.sweeps.of(VISITOR)[0].id
    engine().sweeping.sweeps.tell(sweep_id, TROUBLE.format("OSError"))
    assert "cannot go on just now (OSError)" in texts(at.run()).replace("\\", "")
    for run in engine().store.active_runs():
        engine().store.move(run.id, RunState.STOPPED)
    assert "Held, see below" in str(at.run().get("progress")[0].proto)
    engine().sweeping.look()
    assert "cannot go on" not in texts(at.run())


def test_changes_by_hand_that_undo_what_varies_are_told(open_page):
    training = Training(epochs=5, changes=(Change(step=9, field="learning_rate", value=0.1),))
    base = Experiment(dataset=Dataset(name="digits"), training=training)
    engine().train(base, VISITOR)
    at = open_page(PAGE)
    choose(at, "What all trials have in common", engine().store.active_runs()[0].id)
    choose(at, "Setting 1", "training.optimizer.learning_rate")
    next(e for e in at.text_input if e.label == "Values 1").set_value("0.1, 0.2").run()
    assert "would undo what varies" in texts(at)
    button(at, "Start the sweep").click().run()
    assert any("while it trains" in toast.value for toast in at.toast)
    assert "No sweep yet" in texts(at)


def test_another_visitors_sweep_is_not_seen(open_page):
    begun(open_page(PAGE))
    assert "No sweep yet" in texts(open_page(PAGE, "f" * 32))
