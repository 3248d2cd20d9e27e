"""A `.keras` file on the Train page, and the run that comes of it on all pages."""

import json
import zipfile
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from page_elements import components
from streamlit.testing.v1 import AppTest
from upload_files import zipped

from nnlab import settings
from nnlab.datasets import load_splits
from nnlab.experiment import Dataset, Experiment, Flatten
from nnlab.keras_file import NotANetwork
from nnlab.recipes import RECIPES
from nnlab.reproduction import results_of
from nnlab.runs.drafts import Drafts
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.ui.bring_in import model as panel
from nnlab.work.engine import Engine

TRAIN, EVALUATE = "pages/2_Train.py", "pages/3_Evaluate.py"
VISITOR = "0" * 32
OpenPage = Callable[..., AppTest]
DIGITS = Experiment(name="Found <i>net", dataset=Dataset(name="digits"), layers=(Flatten(),))


def entry(name: str, config: dict[str, Any], module: str = "keras.layers") -> dict[str, Any]:
    return {"module": module, "class_name": name, "config": config, "registered_name": None}


def keras_file(*layers: dict[str, Any]) -> bytes:
    """As Keras writes it, with weights that nobody looks into here."""
    start = entry("InputLayer", {"batch_shape": [None, 8, 8, 1], "dtype": "float32"})
    config = entry("Sequential", {"name": "x", "layers": [start, *layers]}, "keras")
    parts = [("metadata.json", b"{}"), ("config.json", json.dumps(config).encode()),
             ("model.weights.h5", b"...")]  # fmt: skip
    return zipped(parts, zipfile.ZIP_STORED)


PLAIN = (entry("Flatten", {}), entry("Dense", {"units": 10, "activation": "softmax"}))


def add_run(experiment: Experiment = DIGITS) -> str:
    y = load_splits(experiment.dataset).y_test
    draw = np.random.default_rng(0)
    probabilities = draw.dirichlet(np.ones(10), len(y)).astype(np.float32)
    weights = {"model.0": draw.random((64, 10), np.float32), "model.1": np.zeros(10, np.float32)}
    RunFiles("f" * 16).write_final(weights, Result(probabilities, y), {})
    store = RunStore(settings.database_url())
    store.add_brought_in("f" * 16, experiment, VISITOR, test_loss=2.5, test_accuracy=0.125)
    return "f" * 16


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Stands in for the workers; remembers what they were asked."""
    calls: list[Any] = []

    def bring_in(_: Engine, content: bytes, dataset: Dataset, name: str, owner: str) -> str:
        calls.append((dataset, name, owner))
        return add_run()

    monkeypatch.setattr(Engine, "bring_in", bring_in)
    return calls


def train_page(open_page: OpenPage) -> AppTest:
    at = open_page(TRAIN)
    at.session_state["train-tabs"] = "Take away"
    return at.run()


def drop(at: AppTest, content: bytes, name: str = "my <b>net.keras") -> None:
    at.file_uploader(key="bring-in-model").set_value((name, content, "application/zip")).run()
    assert not at.exception, at.exception


def said(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.error, at.success, at.info)
    return "\n".join(element.value for elements in kinds for element in elements)


def test_the_place_has_a_heading_and_names_the_kinds_of_files(open_page: OpenPage):
    at = train_page(open_page)
    assert "Bring in" in [heading.value for heading in at.subheader]
    assert "`.keras`" in at.file_uploader(key="bring-in-model").label


def test_a_file_is_described_tested_and_becomes_a_run(open_page: OpenPage, asked: list[Any]):
    at = train_page(open_page)
    drop(at, keras_file(*PLAIN))
    assert "**Input 8 × 8 × 1** → Flatten → Output 10 · softmax" in said(at)
    at.button(key="bring-in-model-go").click().run()
    assert not at.exception, at.exception
    assert asked == [(Dataset(name="digits"), "my ‹b›net", VISITOR)]
    assert "as a run of yours" in said(at)
    assert "trained elsewhere" in said(at)
    assert at.session_state["nnlab_state"].run_id == "f" * 16
    assert "Test accuracy **12.50 %**" in said(at).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (keras_file(entry("Lambda", {"function": "x"}), *PLAIN), "Lambda layer"),
        (keras_file(entry("<b>Evil", {}, "os")), "and not Keras's own"),
        (keras_file(PLAIN[0], entry("Dense", {"units": 9})), "No data set here"),
        (b"\x80\x05cos\nsystem\n.", "no .keras file"),
        (zipped([("../x", b"x")]), "outside of itself"),
    ],
)
def test_what_is_refused_says_why_and_asks_no_worker(
    content: bytes, message: str, open_page: OpenPage, asked: list[Any]
):
    at = train_page(open_page)
    drop(at, content)
    (error,) = at.error
    assert message in error.value.replace("\\", "")
    assert not any(button.key == "bring-in-model-go" for button in at.button)
    assert asked == []


def test_two_gigabytes_are_refused_without_being_read():
    def read() -> bytes:
        raise AssertionError("it was read")

    file: Any = SimpleNamespace(file_id="x", size=2**31, getvalue=read)
    assert str(panel._read(file)) == "The file has 2,147 MB; at most 30 MB are read."


def test_what_a_worker_refuses_is_told(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: Any) -> str:
        raise NotANetwork("The weights hold a link, which is not followed.")

    monkeypatch.setattr(Engine, "bring_in", refuse)
    at = train_page(open_page)
    drop(at, keras_file(*PLAIN))
    at.button(key="bring-in-model-go").click().run()
    assert not at.exception
    assert "hold a link" in said(at)


@pytest.mark.parametrize(
    "page", [TRAIN, EVALUATE, "pages/4_Draw.py", "pages/9_Inside.py", "pages/10_What_if.py"]
)
def test_every_page_can_show_it(page: str, open_page: OpenPage):
    add_run()
    at = open_page(page)
    assert not at.exception
    at.session_state["nnlab_state"].run_id = "f" * 16
    at.run()
    assert not at.exception, at.exception


def test_evaluate_has_its_figures_and_no_curves(open_page: OpenPage):
    add_run()
    at = open_page(EVALUATE)
    assert "how it was trained is not known" in said(at)
    assert not any("How it learned" in header.value for header in at.header)
    assert components(at, "nnlab_matrix")
    assert not components(at, "nnlab_live_chart")


def test_compare_says_that_its_training_is_not_known(open_page: OpenPage):
    store = RunStore(settings.database_url())
    own = store.create(DIGITS, VISITOR, "test")
    store.move(own, RunState.RUNNING)
    store.move(own, RunState.FINISHED, test_accuracy=0.5, test_loss=1.0)
    Drafts(store.engine).put(VISITOR, "compare", {"chosen": [add_run(), own]})
    at = open_page("pages/12_Compare.py")
    assert "it is no result of a seed" in said(at)
    assert "From a file: Found" in said(at)


def test_it_is_no_result_of_a_recipe(nnlab_home):
    recipe = next(iter(RECIPES.values()))
    store = RunStore(settings.database_url())
    store.add_brought_in("e" * 16, recipe.experiment, VISITOR, test_loss=0.1, test_accuracy=0.99)
    (run,) = store.runs_of(VISITOR)
    assert run.complete
    assert results_of(recipe, [run]) == []
