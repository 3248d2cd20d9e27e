import re
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from page_elements import components
from streamlit.testing.v1 import AppTest

from nnlab import settings
from nnlab.datasets import load_splits
from nnlab.experiment import Dataset, Experiment, with_settings
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore

PAGE = "pages/3_Evaluate.py"
VISITOR = "0" * 32
DIGITS = with_settings(Experiment(), {"dataset.name": "digits", "name": "Small"})
# Mistakes by position in the test images: the answer, and how sure. Two sevens and a two.
MISTAKES = {3: (8, 0.9), 4: (8, 0.99), 6: (1, 0.55)}
UNSURE = 20  # right, but the least certain of all

OpenPage = Callable[..., AppTest]


def add_run(
    experiment: Experiment, result: Result | None, state: RunState = RunState.FINISHED
) -> str:
    """A complete run of the visitor's in the store, with files if there is a result."""
    store = RunStore(settings.database_url())
    run_id = store.create(experiment, VISITOR, "test")
    store.move(run_id, RunState.RUNNING)
    figures = {"test_loss": 0.25, "test_accuracy": 0.9876} if result else {}
    store.move(run_id, state, epoch=5, **figures)
    if result is not None:
        RunFiles(run_id).write_final({}, result, {})
    return run_id


def answers(y: NDArray[np.int64], mistakes: dict[int, tuple[int, float]]) -> Result:
    """Right and 95 % sure, but for the mistakes and for the image `UNSURE`."""
    sure = np.full(len(y), 0.95, np.float32)
    sure[UNSURE] = 0.3
    said = y.copy()
    for position, (answer, share) in mistakes.items():
        said[position], sure[position] = answer, share
    probabilities = np.repeat((1 - sure[:, None]) / 9, 10, axis=1)
    probabilities[np.arange(len(y)), said] = sure
    return Result(probabilities, y)


@pytest.fixture
def y_test() -> NDArray[np.int64]:
    return load_splits(DIGITS.dataset).y_test


@pytest.fixture
def at(open_page: OpenPage, y_test: NDArray[np.int64]) -> AppTest:
    """The page with one run of three mistakes."""
    assert y_test[list(MISTAKES)].tolist() == [7, 7, 2]
    add_run(DIGITS, answers(y_test, MISTAKES))
    return open_page(PAGE, VISITOR)


def cards(at: AppTest) -> list[int]:
    """Numbers of the images on the prediction sheet."""
    sheets = [data["sheet"] for data in components(at, "nnlab_clickable_sheet")]
    found = [sheet for sheet in sheets if "nnlab-cards" in sheet]
    return [int(n) for n in re.findall(r"no\. (\d+)", found[0])] if found else []


def cell_images(at: AppTest) -> list[int]:
    """Numbers of the images beside the confusion matrix."""
    sheets = [data["sheet"] for data in components(at, "nnlab_clickable_sheet")]
    found = [sheet for sheet in sheets if "nnlab-cards" not in sheet]
    return [int(n) for n in re.findall(r"test image (\d+)", unescape(found[0]))] if found else []


def matrix(at: AppTest) -> dict[str, Any]:
    (found,) = components(at, "nnlab_matrix")
    return found


def pictures(at: AppTest) -> str:
    return "".join(data["markup"] for data in components(at, "nnlab_picture"))


def marked(at: AppTest) -> list[list[int]]:
    """The framed cells, each as [true, predicted]."""
    return matrix(at)["marked"]


def look(at: AppTest) -> Any:
    (only,) = at.session_state["nnlab_evaluate_look"].values()
    return only


def box(at: AppTest, part: str, field: str) -> Any:
    generation = {"sheet": look(at).sheet, "cells": look(at).cells}[part].generation
    return at.selectbox(key=look(at).key(f"{part}-{field}-{generation}"))


def open_by_number(at: AppTest, number: int) -> None:
    at.number_input(key=look(at).key(f"number-{look(at).typed}")).set_value(number).run()


def words(at: AppTest) -> str:
    return "\n".join(element.value for kind in (at.markdown, at.caption) for element in kind)


# --- which run --------------------------------------------------------------------------------


def test_without_a_run_the_page_leads_to_train(open_page: OpenPage) -> None:
    at = open_page(PAGE, VISITOR)

    assert at.subheader[0].value == "Nothing to evaluate yet"
    assert at.main.get("page_link")[-1].proto.label == "To the Train page"
    assert not at.metric


def test_a_run_that_was_stopped_before_it_had_a_network_is_not_offered(
    open_page: OpenPage,
) -> None:
    add_run(DIGITS, None, RunState.STOPPED)

    assert open_page(PAGE, VISITOR).subheader[0].value == "Nothing to evaluate yet"


def test_another_visitors_run_is_not_shown(open_page: OpenPage, y_test: NDArray[np.int64]) -> None:
    add_run(DIGITS, answers(y_test, {}))

    assert not open_page(PAGE, "1" * 32).metric


def test_the_figures_and_the_settings(at: AppTest) -> None:
    assert [metric.value for metric in at.metric[:4]] == ["98.76 %", "0.2500", "3", "7"]
    assert at.metric[2].label == "Errors in 360"
    assert "Dense 128 · ReLU" in words(at)
    assert "Adam, learning rate 0.001 · batch size 32 · 5 of 5 epochs · seed 0" in words(at)


def test_each_run_keeps_what_was_looked_at(open_page: OpenPage, y_test: NDArray[np.int64]) -> None:
    add_run(with_settings(DIGITS, {"name": "Perfect"}), answers(y_test, {}))
    add_run(DIGITS, answers(y_test, MISTAKES))
    at = open_page(PAGE, VISITOR)
    assert at.metric[2].value == "3"
    at.button_group(key=look(at).key("which")).set_value("errors").run()
    assert cards(at) == [3, 4, 6]

    at.selectbox[0].select_index(1).run()
    assert at.metric[2].value == "0"
    assert cards(at) == list(range(15))
    at.selectbox[0].select_index(0).run()
    assert cards(at) == [3, 4, 6]


def test_missing_files_are_told(open_page: OpenPage, y_test: NDArray[np.int64]) -> None:
    RunFiles(add_run(DIGITS, answers(y_test, {}))).delete()

    at = open_page(PAGE, VISITOR)
    assert "missing or damaged" in at.error[0].value


# --- the prediction sheet ---------------------------------------------------------------------


def test_all_images_in_pages_of_fifteen(at: AppTest) -> None:
    assert cards(at) == list(range(15))
    assert "All **360 test images**" in words(at)

    at.get("pagination")[0].set_value(24).run()
    assert cards(at) == list(range(345, 360))


@pytest.mark.parametrize(
    ("which", "numbers", "count"),
    [
        ("errors", [3, 4, 6], "**3 errors** of 360"),
        ("confident_errors", [4, 3, 6], "**3 errors** of 360"),
        ("least_certain", [UNSURE, 6], "All **360"),
    ],
)
def test_filters(at: AppTest, which: str, numbers: list[int], count: str) -> None:
    at.button_group(key=look(at).key("which")).set_value(which).run()

    assert cards(at)[: len(numbers)] == numbers
    assert count in words(at)


def test_filters_by_class_begin_at_their_first_page(at: AppTest, y_test: NDArray[np.int64]) -> None:
    at.get("pagination")[0].set_value(5).run()
    box(at, "sheet", "true").set_value(4).run()
    fours = np.flatnonzero(y_test == 4)
    assert cards(at) == fours[:15].tolist()
    assert f"**{len(fours)} images** of 360" in words(at)

    box(at, "sheet", "predicted").set_value(0).run()
    assert cards(at) == []
    assert "No image is like that." in words(at)


def test_a_network_without_errors_has_none_to_show(
    open_page: OpenPage, y_test: NDArray[np.int64]
) -> None:
    add_run(DIGITS, answers(y_test, {}))
    at = open_page(PAGE, VISITOR)
    assert "Not one test image" in at.success[0].value

    at.button_group(key=look(at).key("which")).set_value("errors").run()
    assert "No errors here." in words(at)


def test_an_image_opens_by_its_number_with_all_its_probabilities(
    at: AppTest, y_test: NDArray[np.int64]
) -> None:
    open_by_number(at, 4)

    figure = components(at, "nnlab_live_chart")[-1]["figure"]
    assert figure["data"][0]["x"] == pytest.approx(answers(y_test, MISTAKES).probabilities[4])
    assert "8: wrong" in pictures(at)

    at.run()
    assert "8: wrong" not in pictures(at)  # it does not open again by itself
    open_by_number(at, 4)
    assert "8: wrong" in pictures(at)  # but when asked for again


# --- the confusion matrix ---------------------------------------------------------------------


def test_the_matrix_as_counts_and_as_shares(at: AppTest, y_test: NDArray[np.int64]) -> None:
    assert matrix(at)["texts"][2][1] == "1"

    at.button_group(key=look(at).key("matrix")).set_value("shares").run()
    share = matrix(at)["texts"][2][1]
    assert share == f"{1 / np.sum(y_test == 2):.1%}"


def test_a_chosen_cell_shows_its_images_and_is_framed(at: AppTest) -> None:
    assert marked(at) == []
    look(at).cells.choose(7, 8)  # what a click on the cell does
    at.run()

    assert cell_images(at) == [4, 3]  # the surest first
    assert marked(at) == [[7, 8]]
    assert box(at, "cells", "true").value == 7
    assert box(at, "cells", "predicted").value == 8
    assert "**7 taken for 8**" in words(at)


def test_the_select_boxes_choose_cells_and_clear_leads_back(at: AppTest) -> None:
    box(at, "cells", "predicted").set_value(1).run()
    assert marked(at) == [[true, 1] for true in range(10)]
    assert cell_images(at)[0] == 6  # the mistake is the least certain of these

    at.button(key=look(at).key("clear")).click().run()
    assert marked(at) == []
    assert cell_images(at) == []
    assert "most frequent mistakes" in words(at)


def test_the_most_frequent_mistakes_lead_to_their_cells(at: AppTest) -> None:
    mistakes = [button for button in at.button if "→" in button.label]
    assert [button.label[:5] for button in mistakes] == ["7 → 8", "2 → 1"]

    mistakes[1].click().run()
    assert cell_images(at) == [6]
    assert marked(at) == [[2, 1]]


def test_the_tables(at: AppTest, y_test: NDArray[np.int64]) -> None:
    for key in (look(at).key("table"), "evaluate-classes-table"):
        at.session_state[key] = True  # opens it
    at.run()
    confusion, classes, *_ = (element.value for element in at.dataframe)
    assert confusion.to_numpy().sum() == 360
    assert np.trace(confusion.to_numpy()) == 357
    assert classes["Images"].tolist() == np.bincount(y_test).tolist()
    eights = np.sum(y_test == 8)
    assert classes["Precision"][8] == pytest.approx(100 * eights / (eights + 2))


# --- what can be in the way -------------------------------------------------------------------


def test_without_the_images_all_figures_are_shown(open_page: OpenPage) -> None:
    fashion = Experiment(dataset=Dataset(name="fashion_mnist"))
    y = np.arange(50) % 10
    add_run(fashion, answers(y, {0: (6, 0.8)}))

    at = open_page(PAGE, VISITOR)  # its files are not those of these 50 answers, or not there

    assert "cannot be shown" in at.warning[0].value
    assert cards(at) == []
    assert at.metric[2].value == "1"
    at.button(key=look(at).key("mistake-0-6")).click().run()
    assert not at.exception
    assert "**T-shirt/top taken for Shirt**" in words(at)


def test_answers_that_are_not_numbers(open_page: OpenPage, y_test: NDArray[np.int64]) -> None:
    broken = Result(np.full((len(y_test), 10), np.nan, np.float32), y_test)
    add_run(DIGITS, broken)

    at = open_page(PAGE, VISITOR)
    box(at, "cells", "predicted").set_value(0).run()
    assert not at.exception
    open_by_number(at, 0)
    assert not at.exception


def test_the_page_needs_no_tensorflow() -> None:
    modules = ["answers", "choice", "classes", "confusion", "headline", "images", "predictions"]
    imports = "; ".join(f"import nnlab.ui.evaluate.{name}" for name in modules)
    code = f"import sys; {imports}; sys.exit('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
