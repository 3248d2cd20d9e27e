"""Home: one click to a first run, recipes, and one's own runs."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from nnlab import settings
from nnlab.experiment import Experiment
from nnlab.recipes import RECIPES
from nnlab.runs.records import EpochRecord
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore

PAGE = "app.py"
VISITOR = "0" * 32


def test_a_newcomer_reads_what_this_is_and_what_to_do(open_page: Callable[..., AppTest]):
    at = open_page(PAGE)
    assert at.title[0].value == "See a neural network learn"
    assert any("Nothing here yet" in info.value for info in at.info)
    assert at.button[0].label == "Train your first network"


def test_one_click_starts_the_first_network(open_page: Callable[..., AppTest]):
    at = open_page(PAGE)
    at.button[0].click().run()
    assert not at.exception
    run = RunStore(settings.database_url()).runs_of(VISITOR)[0]
    # MNIST is not on this computer in a test, so the built-in images serve.
    assert run.experiment.dataset.name == "mnist_5k"
    assert run.experiment.layers == RECIPES["e-beginner-notebook"].experiment.layers
    assert at.title[0].value == "Train"


def test_mnist_is_used_where_it_is(open_page: Callable[..., AppTest], shared_data, monkeypatch):
    monkeypatch.setenv("NNLAB_DATA_DIR", str(shared_data))
    open_page(PAGE).button[0].click().run()
    run = RunStore(settings.database_url()).runs_of(VISITOR)[0]
    assert run.experiment == RECIPES["e-beginner-notebook"].experiment


@pytest.mark.parametrize("name", list(RECIPES))
def test_every_recipe_opens_on_train(open_page: Callable[..., AppTest], name: str):
    at = open_page(PAGE)
    at.button(key=f"open-{name}").click().run()
    assert not at.exception
    assert at.title[0].value == "Train"
    assert at.session_state["nnlab_state"].experiment == RECIPES[name].experiment


def test_ones_own_runs_are_listed_with_their_figures(open_page: Callable[..., AppTest]):
    store = RunStore(settings.database_url())
    run_id = store.create(Experiment(name="Mine"), VISITOR, "engine")
    store.create(Experiment(name="Not mine"), "1" * 32, "engine")
    store.move(run_id, RunState.RUNNING, steps_per_epoch=10)
    for epoch in (1, 2):
        store.add_epoch(run_id, EpochRecord(epoch, 0.3, 0.9, 0.4, 0.8 + epoch / 100, 1.5))
    store.move(run_id, RunState.FINISHED, test_accuracy=0.83, test_loss=0.4)
    frame = open_page(PAGE).dataframe[0].value
    assert frame["Experiment"].tolist() == ["Mine"]
    assert frame["State"].tolist() == ["finished"]
    assert frame["Test accuracy"].tolist() == [0.83]
    assert list(frame["Accuracy by epoch"][0]) == pytest.approx([0.81, 0.82])
