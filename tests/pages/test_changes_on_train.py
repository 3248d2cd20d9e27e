"""Changes while training on the Train page: of a run that had them, and of an experiment."""

import json
from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from nnlab import settings
from nnlab.experiment import Change, Dataset, Dense, Experiment, Points, Training, with_changes
from nnlab.links import link_parameters
from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore

TRAIN = "pages/2_Train.py"
VISITOR = "0" * 32
OpenPage = Callable[..., AppTest]
PLANNED = Experiment(
    dataset=Dataset(name="circle", points=Points()),
    layers=(Dense(units=4),),
    training=Training(epochs=4, batch_size=10),
)
CHANGED = with_changes(
    PLANNED,
    [
        Change(step=18, field="learning_rate", value=0.03),
        Change(step=90, field="weight", layer=0, unit=3, input=1, value=-2.5),
    ],
)


def said(at: AppTest) -> str:
    return "\n".join(element.value for kind in (at.markdown, at.error) for element in kind)


def charts(at: AppTest) -> dict[str, dict[str, Any]]:
    figures = [
        json.loads(element.proto.json)["figure"]
        for element in at.get("bidi_component")
        if element.proto.component_name == "nnlab_live_chart"
    ]
    return {figure["layout"]["title"]["text"]: figure for figure in figures}


def test_they_come_with_a_link_and_can_be_removed(open_page: OpenPage, nnlab_home):
    at = open_page(TRAIN, **link_parameters(CHANGED))
    state = at.session_state["nnlab_state"]
    assert state.experiment == CHANGED
    assert "2 changes while training" in said(at)
    remove = next(button for button in at.button if button.label == "Remove them")
    remove.click().run()
    assert not at.exception
    assert state.experiment == PLANNED
    assert "changes while training" not in said(at)


def test_a_change_that_no_longer_fits_is_named(open_page: OpenPage, nnlab_home):
    smaller = CHANGED.model_copy(update={"layers": (Dense(units=3),)})
    at = open_page(TRAIN, **link_parameters(smaller))
    assert not at.exception
    assert "training.changes.1.unit" in said(at)
    assert "2 changes while training" in said(at)


def test_those_of_a_run_are_marked_on_its_curves(open_page: OpenPage, nnlab_home):
    store = RunStore(settings.database_url())
    run_id = store.create(CHANGED, VISITOR, "engine")
    store.move(run_id, RunState.RUNNING, steps_per_epoch=36)
    store.add_points(run_id, [Point(36 * n, n, 1 / n, 0.5, 0.0) for n in (1, 2, 3, 4)])
    store.add_epoch(run_id, EpochRecord(4, 0.2, 0.9, 0.3, 0.8, 1.0))
    store.move(run_id, RunState.FINISHED, test_loss=0.3, test_accuracy=0.8)
    at = open_page(TRAIN)
    assert not at.exception
    for title in ("Loss", "Accuracy"):
        layout = charts(at)[title]["layout"]
        assert [(note["text"], note["hovertext"]) for note in layout["annotations"]] == [
            ("1", "learning rate 0.03"),
            ("2", "weight edited"),
        ]
        assert [line["x0"] for line in layout["shapes"]] == [0.5, 2.5]
    assert "2 changes while training" in [expander.label for expander in at.expander]
    captions = [caption.value for caption in at.caption]
    assert "Marks: 1: learning rate 0.03; 2: weight edited." in captions
