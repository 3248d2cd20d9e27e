"""The Playground: its experiment, its buttons, and what the picture is told and asks for."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from page_elements import components
from streamlit.testing.v1 import AppTest

from nnlab import settings
from nnlab.experiment import (
    OWN_POINTS,
    Assignment,
    Dataset,
    Dense,
    Dropout,
    Experiment,
    Points,
    Training,
)
from nnlab.experiment.changes import Change
from nnlab.missions import MISSIONS, PLAYGROUND
from nnlab.runs.frames import Frame, FrameLayer
from nnlab.runs.run import Run
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.ui.kinds import use_set
from nnlab.ui.playground.board import Board, alike
from nnlab.ui.playground.own import plane_sets
from nnlab.ui.playground.picture import _take
from nnlab.ui.playground.watch import weight_table
from nnlab.work.engine import Engine

PAGE = "pages/11_Playground.py"
VISITOR = "0" * 32
OpenPage = Callable[..., AppTest]


def frame_of(experiment: Experiment, run: str | None = None, step: int = 0) -> Frame:
    """Weights of 0.5 everywhere; class A on the left half, the last class on the right one."""
    points = experiment.dataset.points or Points()
    classes = points.classes or 2
    field = np.zeros((60, 60, classes), np.uint8)
    field[:, :30, 0] = field[:, 30:, -1] = 255
    sizes = [(n, layer.units) for n, layer in enumerate(experiment.layers) if layer.type == "Dense"]
    layers, inputs = [], len(points.features)
    for index, units in [*sizes, (len(experiment.layers), classes)]:
        shown = np.zeros(min(units, 16))
        layers.append(
            FrameLayer(
                index, f"dense_{index}", shown, shown + 1, np.zeros((len(shown), 24, 24), np.uint8),
                np.full((inputs, units), 0.5), np.zeros(units),
            )
        )  # fmt: skip
        inputs = units
    return Frame(run, step, step / 25, 6.5, field, tuple(layers))


class Steered:
    """Answers in the engine's place, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.store = RunStore(settings.database_url())

    def named(self, name: str) -> list[tuple[Any, ...]]:
        return [asked[1:] for asked in self.asked if asked[0] == name]

    def run(self) -> Run:
        return self.store.runs_of(VISITOR)[0]

    def put(self, monkeypatch: pytest.MonkeyPatch) -> None:
        train = Engine.train

        def begin(engine: Engine, experiment: Experiment, owner: str, **until: Any) -> str:
            self.asked.append(("train", experiment, until.get("until_step")))
            return train(engine, experiment, owner)

        def untrained(_: Engine, experiment: Experiment, edits: Sequence[Change] = ()) -> Frame:
            self.asked.append(("untrained", experiment, tuple(edits)))
            return frame_of(experiment)

        def of_run(
            engine: Engine, run_id: str, step: int | None, owner: str, edits: Sequence[Change] = ()
        ) -> Frame:
            self.asked.append(("frame", run_id, step, tuple(edits)))
            run = engine.store.get(run_id, owner)
            return frame_of(run.experiment, run_id, run.step)

        def note(name: str) -> Callable[..., None]:
            return lambda _, *asked: self.asked.append((name, *asked))

        monkeypatch.setattr(Engine, "train", begin)
        monkeypatch.setattr(Engine, "untrained_frame", untrained, raising=False)
        monkeypatch.setattr(Engine, "plane_frame", of_run, raising=False)
        for name in ("change", "step", "steer"):
            monkeypatch.setattr(Engine, name, note(name), raising=False)


@pytest.fixture
def steered(idle_engine: None, monkeypatch: pytest.MonkeyPatch) -> Steered:
    steered = Steered()
    steered.put(monkeypatch)
    return steered


@pytest.fixture
def at(steered: Steered, open_page: OpenPage) -> AppTest:
    return open_page(PAGE)


def board(at: AppTest) -> Board:
    return at.session_state["nnlab_playground"]


def drawn(at: AppTest) -> dict[str, Any]:
    return components(at, "nnlab_playground")[-1]


def press(at: AppTest, *asked: dict[str, Any]) -> AppTest:
    """What the picture sends when something in it is pressed."""
    _take(board(at), {"number": 1, "asked": list(asked)})
    at.run()
    assert not at.exception
    return at


def click(at: AppTest, name: str) -> AppTest:
    at.button(key=f"playground-{name}").click().run()
    assert not at.exception
    return at


def warnings(at: AppTest) -> str:
    return "\n".join(element.value for element in [*at.warning, *at.error])


def pause(steered: Steered, step: int = 50) -> Run:
    run = steered.run()
    steered.store.move(run.id, RunState.RUNNING)
    steered.store.move(run.id, RunState.PAUSED, step=step, steps_per_epoch=25)
    return steered.store.get(run.id, VISITOR)


# --- what is shown ----------------------------------------------------------------------------


def test_it_begins_with_the_spiral_and_its_start_weights(at: AppTest, steered: Steered):
    data = drawn(at)
    assert data["frame"]["step"] == 0
    assert [layer["units"] for layer in data["structure"]["hidden"]] == [8, 8, 8]
    assert data["structure"]["features"] == ["x", "y"]
    assert data["follow"] is None
    assert steered.named("untrained")[-1] == (PLAYGROUND, ())
    assert len(data["inputs"]) == 7
    sets = components(at, "nnlab_point_sets")[0]
    assert [each["name"] for each in sets["sets"]] == [*plane_sets(), OWN_POINTS]
    assert all(each["groups"][0][1] for each in sets["sets"])


def test_it_is_another_experiment_than_trains(at: AppTest, open_page: OpenPage):
    press(at, {"kind": "layer", "by": 1})
    assert at.session_state["nnlab_state"].experiment.dataset.name != "spiral"
    again = open_page(PAGE)  # another session of the same visitor
    assert len(board(again).form.experiment.layers) == 4


# --- editing ----------------------------------------------------------------------------------


def test_layers_units_and_inputs_are_changed_in_the_picture(at: AppTest):
    press(
        at,
        {"kind": "layer", "by": -1},
        {"kind": "units", "layer": 0, "by": 1},
        {"kind": "feature", "name": "xy"},
    )
    experiment = board(at).form.experiment
    assert [layer.units for layer in experiment.layers] == [9, 8]
    assert experiment.dataset.points.features == ("x", "y", "xy")
    assert drawn(at)["frame"]["layers"][0]["units"] == 9


def test_the_last_input_cannot_be_taken_away(at: AppTest):
    press(at, {"kind": "feature", "name": "x"}, {"kind": "feature", "name": "y"})
    assert "one or more of x, y, x2" in warnings(at)
    assert board(at).form.experiment.dataset.points.features == ("y",)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"kind": "units", "layer": 77, "by": 1},
        {"kind": "units", "layer": "zero", "by": 1},
        {"kind": "spoon"},
        {"kind": "weight", "layer": 0, "unit": 0, "input": None, "value": float("nan")},
        {"kind": "feature", "name": "z"},
    ],
)
def test_a_message_made_by_hand_changes_nothing(at: AppTest, nonsense: dict[str, Any]):
    press(at, nonsense)
    assert board(at).form.experiment == PLAYGROUND


def test_data_are_changed_beside_it(at: AppTest, steered: Steered):
    sliders = {slider.label: slider for slider in at.slider}
    sliders["Noise"].set_value(0.3).run()
    next(s for s in at.slider if s.label == "Training share").set_value(0.6).run()
    at.button(key="playground-new-points").click().run()
    assert not at.exception
    dataset = board(at).form.experiment.dataset
    assert dataset.points == Points(noise=0.3, seed=1)
    assert dataset.test_size == 0.4
    assert steered.named("untrained")[-1][0].dataset == dataset


def test_dropout_comes_after_every_hidden_layer(at: AppTest):
    field = next(field for field in at.number_input if field.label == "Dropout")
    field.set_value(0.3).run()
    assert not at.exception
    layers = board(at).form.experiment.layers
    assert [layer.type for layer in layers] == ["Dense", "Dropout"] * 3
    assert drawn(at)["structure"]["hidden"][0]["after"] == ["Dropout 30 %"]


def test_a_formula_is_an_input_with_a_picture_of_its_own(at: AppTest):
    at.text_input(key="playground-formula-0").set_value("sqrt(x^2 + y^2)").run()
    assert not at.exception
    (features, tiles) = drawn(at)["structure"]["features"], drawn(at)["inputs"]
    assert len(features) == 3
    assert tiles[-1]["name"] == features[-1]
    assert tiles[-1]["high"] == pytest.approx(6.5 * 2**0.5, rel=1e-3)
    press(at, {"kind": "feature", "name": features[-1]})
    assert board(at).form.experiment.dataset.points.features == ("x", "y")


def test_points_of_ones_own_are_asked_for_where_there_are_none(at: AppTest):
    board(at).form.edit("dataset", {"name": OWN_POINTS})
    at.run()
    assert not at.exception
    assert "paint some or upload a table" in "\n".join(element.value for element in at.info)
    assert not components(at, "nnlab_playground")


@pytest.mark.parametrize("name", ["moons", "spiral", "blobs"])
def test_what_the_browser_repeats_of_another_set_is_no_choice(
    name: str, at: AppTest, steered: Steered
):
    form = board(at).form
    use_set(form, "plane")
    at.run()
    shown = at._tree.get_widget_states()
    use_set(form, name)
    at.run()
    before = form.experiment
    at._run(shown)  # as a browser does whose messages cross
    assert not at.exception
    assert form.experiment == before
    assert (before.training.loss, before.dataset.test_size) == (None, None)


def test_classes_after_numbers_have_probabilities_again(at: AppTest):
    form = board(at).form
    before = form.experiment
    use_set(form, "plane")
    assert form.experiment.output.activation == "linear"
    use_set(form, before.dataset.name)
    assert form.experiment.output.activation == "softmax"
    assert form.experiment.fingerprint() == before.fingerprint()


def test_a_mission_is_set_up_in_the_playground(at: AppTest):
    mission = next(iter(MISSIONS.values()))
    at.button(key=f"mission-{mission.name}").click().run()
    at.button(key=f"mission-{mission.name}-set-up").click().run()
    assert not at.exception
    assert board(at).form.experiment == mission.experiment
    assert (
        at.session_state["nnlab_state"].experiment.dataset.name != mission.experiment.dataset.name
    )


# --- playing ----------------------------------------------------------------------------------


def test_play_begins_a_run_that_the_browser_follows(at: AppTest, steered: Steered):
    click(at, "play")
    run = steered.run()
    assert run.experiment == PLAYGROUND
    assert drawn(at)["follow"]["url"].endswith(".frame.json")
    assert drawn(at)["frame"] is None
    assert at.session_state["nnlab_state"].run_id == run.id
    click(at, "pause")
    assert steered.run().state == RunState.PAUSED


def test_play_goes_on_from_where_it_was_held(at: AppTest, steered: Steered):
    click(at, "play")
    run = pause(steered)
    at.run()
    assert drawn(at)["frame"]["step"] == 50
    click(at, "play")
    assert steered.store.get(run.id, VISITOR).state == RunState.QUEUED
    assert len(steered.named("train")) == 1


def test_a_step_is_a_batch_and_an_epoch_all_of_them(at: AppTest, steered: Steered):
    click(at, "step")
    assert steered.named("train") == [(PLAYGROUND, 1)]
    run = pause(steered, step=1)
    at.run()
    click(at, "epoch")
    assert steered.named("step") == [(run.id, VISITOR, 40)]  # 400 points, ten a batch


def test_reset_keeps_the_run_and_shows_the_start(at: AppTest, steered: Steered):
    click(at, "play")
    steered.store.move(steered.run().id, RunState.RUNNING)
    at.run()
    click(at, "reset")
    assert board(at).run_id is None
    assert steered.run().requested == "stop"
    assert drawn(at)["frame"]["step"] == 0


def test_another_structure_ends_the_run(at: AppTest, steered: Steered):
    click(at, "play")
    steered.store.move(steered.run().id, RunState.RUNNING)
    at.run()
    press(at, {"kind": "units", "layer": 1, "by": -1})
    assert steered.run().requested == "stop"
    assert board(at).run_id is None
    assert drawn(at)["structure"]["hidden"][1]["units"] == 7


def test_the_speed_holds_for_the_next_run_and_for_this_one(at: AppTest, steered: Steered):
    at.selectbox(key="playground-speed").set_value("Slow").run()
    click(at, "play")
    run = steered.run()
    assert steered.named("steer") == [(run.id, VISITOR, 2.0)]
    at.selectbox(key="playground-speed").set_value("As fast as it can").run()
    assert steered.named("steer")[-1] == (run.id, VISITOR, None)


def test_the_learning_rate_is_changed_while_it_trains(at: AppTest, steered: Steered):
    click(at, "play")
    field = next(field for field in at.number_input if field.label == "Learning rate")
    field.set_value(0.03).run()
    assert not at.exception
    ((run_id, owner, changes),) = steered.named("change")
    assert (run_id, owner) == (steered.run().id, VISITOR)
    assert changes == [Change(field="learning_rate", value=0.03)]
    assert board(at).run_id == run_id


def test_a_weight_set_by_hand_is_a_change_of_the_held_run(at: AppTest, steered: Steered):
    click(at, "play")
    run = pause(steered)
    at.run()
    press(at, {"kind": "weight", "layer": 1, "unit": 2, "input": 3, "value": 1.5})
    change = Change(step=50, field="weight", value=1.5, layer=1, unit=2, input=3)
    assert steered.named("change") == [(run.id, VISITOR, [change])]
    assert steered.named("frame")[-1] == (run.id, None, (change,))
    press(at, {"kind": "weight", "layer": 1, "unit": 2, "input": 3, "value": 2.0})
    assert [edit.value for edit in steered.named("frame")[-1][2]] == [2.0]


@pytest.mark.skipif("changes" not in Training.model_fields, reason="changes are no field yet")
def test_a_weight_set_before_play_is_the_experiments(at: AppTest, steered: Steered):
    press(at, {"kind": "weight", "layer": 0, "unit": 0, "input": None, "value": -1.0})
    change = Change(field="weight", value=-1.0, layer=0, unit=0)
    assert steered.named("untrained")[-1] == (PLAYGROUND, (change,))
    click(at, "play")
    assert steered.run().experiment.training.changes == (change,)
    click(at, "reset")
    assert board(at).form.experiment == PLAYGROUND


def test_a_weight_out_of_range_is_refused_with_what_is_allowed(at: AppTest, steered: Steered):
    press(at, {"kind": "weight", "layer": 0, "unit": 0, "input": 0, "value": 2000.0})
    assert "**weight** must be from -1,000 to 1,000" in warnings(at)
    assert not board(at).start_edits()
    press(at, {"kind": "weight", "layer": 0, "unit": -1, "input": 0, "value": 2.0})
    assert "**weight** no such weight" in warnings(at)


# --- links and tasks --------------------------------------------------------------------------


def test_a_link_sets_the_playground_up(steered: Steered, open_page: OpenPage):
    at = open_page(PAGE, VISITOR, data="moons", layers="dense-5-relu")
    form = board(at).form.experiment
    assert (form.dataset.name, form.layers) == ("moons", (Dense(units=5),))
    assert at.session_state["nnlab_state"].experiment.dataset.name != "moons"
    assert drawn(at)["structure"]["hidden"][0]["words"] == "relu"


def test_the_page_gives_a_link_to_what_it_shows(at: AppTest, open_page: OpenPage):
    press(at, {"kind": "units", "layer": 0, "by": 1}, {"kind": "feature", "name": "xy"})
    at.session_state["playground-link"] = True
    at.run()
    (url,) = [code.value for code in at.code if "/Playground?" in code.value]
    parameters = dict(parse_qsl(urlsplit(url).query))
    other = open_page(PAGE, "1" * 32, **parameters)
    assert board(other).form.experiment == board(at).form.experiment


def test_both_charts_are_there_before_a_run(at: AppTest):
    charts = components(at, "nnlab_live_chart")
    assert [chart["alt"] for chart in charts] == ["loss: no run yet", "accuracy: no run yet"]


def test_a_link_to_images_is_refused_with_what_is_allowed(steered: Steered, open_page: OpenPage):
    at = open_page(PAGE, VISITOR, data="digits")
    assert "must be one of circle, xor" in warnings(at).replace("\\", "")
    assert board(at).form.experiment == PLAYGROUND


def test_a_task_on_points_holds_here(at: AppTest, steered: Steered):
    visited = at.session_state["nnlab_state"]
    given = Experiment(
        dataset=Dataset(name="xor"), layers=(Dense(units=3),), training=Training(epochs=9)
    )
    visited.take(Assignment(experiment=given, open=("training.optimizer",)), "link:ABCDEF")
    at.run()
    assert drawn(at)["locked"] == {"layers": True, "features": True, "weights": True}
    press(at, {"kind": "layer", "by": 1})
    assert "fixed by this task" in warnings(at) or "part of this task" in warnings(at)
    click(at, "play")
    assert steered.run().experiment == given


def test_a_task_on_images_leads_to_train(at: AppTest, steered: Steered):
    visited = at.session_state["nnlab_state"]
    task = Assignment(experiment=Experiment(dataset=Dataset(name="digits")), open=("training",))
    visited.take(task, "link:ABCDEF")
    at.run()
    assert not at.exception
    assert "it is on Train" in at.info[0].value
    assert not components(at, "nnlab_playground")


# --- parts ------------------------------------------------------------------------------------


def test_what_a_run_takes_over_does_not_end_it():
    a = PLAYGROUND
    with_rate = a.model_copy(
        update={"training": a.training.model_copy(update={"l2": 0.1}), "name": "Other"}
    )
    assert alike(a, with_rate)
    assert not alike(a, a.model_copy(update={"layers": a.layers[:2]}))
    one = a.model_copy(update={"layers": (*a.layers, Dropout(rate=0.1))})
    other = a.model_copy(update={"layers": (*a.layers, Dropout(rate=0.4))})
    assert alike(one, other)
    assert not alike(a, one)


def test_every_weight_is_in_the_table():
    table = weight_table(frame_of(PLAYGROUND).to_dict())
    weights = 2 * 8 + 8 * 8 + 8 * 8 + 8 * 2
    assert len(table) == weights + 8 + 8 + 8 + 2
    assert set(table["Value"]) == {0.0, 0.5}
