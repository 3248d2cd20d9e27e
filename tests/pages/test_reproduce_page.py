"""The Reproduce page: the whole table, what is run, stopped and told."""

import pytest
from streamlit.testing.v1 import AppTest

from nnlab.datasets import status
from nnlab.recipes import RECIPES, REPRODUCED
from nnlab.reproduction import experiments_of
from nnlab.runs.records import EpochRecord
from nnlab.runs.states import RunState
from nnlab.ui import standing as module
from nnlab.ui.resources import engine

PAGE = "pages/6_Reproduce.py"
VISITOR = "0" * 32
RECIPE = RECIPES["d-mini-batches"]


@pytest.fixture(autouse=True)
def _all_images_are_here(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "status", lambda _: status("digits"))


def rows_of(at: AppTest, title: str):
    table = at.dataframe[0].value
    return table[table["Recipe"].str.endswith(title)]


def texts(at: AppTest) -> str:
    return "\n".join(str(element.value) for element in (*at.markdown, *at.caption, *at.warning))


def finish(run_id: str, accuracy: float) -> None:
    store = engine().store
    store.move(run_id, RunState.RUNNING, steps_per_epoch=235)
    for epoch in (1, 2):
        store.add_epoch(run_id, EpochRecord(epoch, 0.4, accuracy, None, None, 1.0))
    store.move(run_id, RunState.FINISHED, test_loss=0.3, test_accuracy=0.91)


def test_every_published_figure_has_a_row(open_page):
    at = open_page(PAGE)
    assert len(at.dataframe[0].value) == sum(len(r.published) for r in REPRODUCED.values())
    assert "Run here" not in at.dataframe[0].value
    for recipe in REPRODUCED.values():
        assert recipe.note in texts(at)


def test_run_all_queues_every_experiment_once_and_stop_ends_them(open_page):
    at = open_page(PAGE)
    wanted = [e.fingerprint() for r in REPRODUCED.values() for e in experiments_of(r)]
    at.button[0].click().run()
    assert not at.exception
    queued = [run.experiment.fingerprint() for run in engine().store.runs_of(VISITOR, 1000)]
    assert sorted(queued) == sorted(wanted)
    assert set(at.dataframe[0].value["Run here"]) == {"training, 0%"}
    assert at.button[0].disabled
    stop = next(button for button in at.button if button.label == "Stop")
    stop.click().run()
    assert not engine().store.active_runs()


def test_figures_of_finished_runs_stand_in_the_table(open_page):
    open_page(PAGE)
    for accuracy, experiment in zip((0.9, 0.92, 0.94), experiments_of(RECIPE), strict=True):
        finish(engine().train(experiment, VISITOR), accuracy)
    row = rows_of(open_page(PAGE), RECIPE.title).iloc[0]
    assert row["Run here"] == "92.00 % ± 2.00 %"
    assert row["Difference"] == "+1.00 points"
    assert row["Verdict"] == "✓ agrees"


def test_a_figure_that_differs_is_told(open_page):
    open_page(PAGE)
    finish(engine().train(experiments_of(RECIPE)[0], VISITOR), 0.5)
    row = rows_of(open_page(PAGE), RECIPE.title).iloc[0]
    assert row["Run here"] == "50.00 % (1 of 3 runs)"
    assert row["Verdict"] == "✗ differs"


def test_a_run_that_failed_says_why(open_page):
    open_page(PAGE)
    run_id = engine().train(experiments_of(RECIPE)[0], VISITOR)
    engine().store.move(run_id, RunState.FAILED, message="Out of memory.")
    at = open_page(PAGE)
    assert "Out of memory." in texts(at)
    assert rows_of(at, RECIPE.title).iloc[0]["Run here"] == "did not finish"


def test_another_visitors_runs_do_not_count(open_page):
    open_page(PAGE)
    finish(engine().train(experiments_of(RECIPE)[0], "f" * 32), 0.9)
    assert "Run here" not in rows_of(open_page(PAGE), RECIPE.title)


def test_without_the_images_it_says_where_to_get_them(open_page, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "status", lambda _: _Missing())
    at = open_page(PAGE)
    assert "wait until the images are on this computer" in texts(at)
    assert at.button[0].disabled
    assert set(at.dataframe[0].value["Run here"]) == {"needs its data set"}


class _Missing:
    state = "missing"
