"""The list of runs: words, order and pages, all in the database."""

import pytest
from sqlalchemy import event, insert

from nnlab.experiment import Experiment, with_settings
from nnlab.runs import run_search as module
from nnlab.runs.run import utc_now
from nnlab.runs.run_labels import RunLabel, RunLabels, parse_tags
from nnlab.runs.run_search import ORDERS, RunSearch
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore, run_of
from nnlab.runs.tables import RunRow

ANN, BOB = "a" * 32, "b" * 32


@pytest.fixture
def store(database: str) -> RunStore:
    return RunStore(database)


@pytest.fixture
def search(store: RunStore) -> RunSearch:
    return RunSearch(store.engine)


def finished(store: RunStore, name: str, accuracy: float, owner: str = ANN, **changes: object):
    experiment = with_settings(Experiment(), {"name": name, **changes})
    run_id = store.create(experiment, owner, "engine")
    store.move(run_id, RunState.RUNNING)
    store.move(run_id, RunState.FINISHED, test_accuracy=accuracy, test_loss=1 - accuracy)
    return run_id


def names(search: RunSearch, words: str = "", order: str = "Oldest first") -> list[str]:
    return [run.experiment.name for run in search.page(ANN, words, order, 0, 50).runs]


def test_words_are_looked_for_in_name_tags_state_and_settings(store: RunStore, search: RunSearch):
    wide = finished(store, "Über wide", 0.9, **{"training.optimizer": {"type": "SGD"}})
    finished(store, "deep 100%", 0.8)
    store.create(Experiment(name="later"), ANN, "engine")
    RunLabels(store.engine).put([wide], ANN, RunLabel(False, ("Größe",)))
    assert names(search) == ["Über wide", "deep 100%", "later"]
    assert names(search, "WIDE sgd") == ["Über wide"]
    assert names(search, "über") == names(search, "ÜBER") == ["Über wide"]
    assert names(search, "größe") == ["Über wide"]
    assert names(search, "100%") == ["deep 100%"]
    assert names(search, "1_0%") == []
    assert names(search, "queued") == ["later"]
    assert names(search, "wide deep") == []
    clothes = with_settings(Experiment(name="coats"), {"dataset.name": "fashion_mnist"})
    store.create(clothes, ANN, "engine")
    assert names(search, "fashion-mnist") == names(search, "fashion_mnist") == ["coats"]


def test_a_tag_is_found_as_it_was_typed(store: RunStore, search: RunSearch):
    tagged, _ = finished(store, "one", 0.9), finished(store, "two <b>", 0.8)
    typed = "<b>new</b>, try: 2, $5 & [more], __"
    RunLabels(store.engine).put([tagged], ANN, RunLabel(False, parse_tags(typed)))
    assert names(search, "<b>new</b>") == names(search, "<B>NEW") == ["one"]
    assert names(search, "try: $5") == names(search, "& [more]") == ["one"]
    assert names(search, "<b>") == ["one", "two <b>"]
    assert names(search, "<b>old") == []
    assert names(search, "\u200b") == []  # nothing is left of it


def test_orders_pins_and_pages(store: RunStore, search: RunSearch):
    ids = [finished(store, f"run {at}", accuracy) for at, accuracy in enumerate((0.7, 0.9, 0.8))]
    store.create(Experiment(name="an active one"), ANN, "engine")
    best = ["run 1", "run 2", "run 0", "an active one"]
    assert names(search, order="Best test accuracy") == best
    assert names(search, order="Lowest test loss") == best
    assert names(search, order="Name") == ["an active one", "run 0", "run 1", "run 2"]
    RunLabels(store.engine).put([ids[0]], ANN, RunLabel(True))
    assert names(search, order="Newest first") == ["run 0", "an active one", "run 2", "run 1"]
    for order in ORDERS:
        pages = [search.page(ANN, "run", order, page, 2) for page in range(3)]
        assert [len(page.runs) for page in pages] == [2, 1, 0], order
        assert [page.matching for page in pages] == [3, 3, 0], order
    assert search.page(ANN, "", "Oldest first", 0, 1).labels == {ids[0]: RunLabel(True)}


def test_those_that_learn_numbers_are_found_by_their_error(store: RunStore, search: RunSearch):
    finished(store, "of classes", 0.9)
    for name, error in (("far", 0.3), ("near", 0.1)):
        run_id = store.create(Experiment(name=name), ANN, "engine")
        store.move(run_id, RunState.RUNNING)
        store.move(run_id, RunState.FINISHED, test_mean_absolute_error=error, test_loss=error)
    assert names(search, order="Lowest test error") == ["near", "far", "of classes"]


def test_runs_of_others_are_not_found(store: RunStore, search: RunSearch):
    mine, theirs = finished(store, "mine", 0.9), finished(store, "theirs", 0.9, BOB)
    assert names(search) == ["mine"]
    found = search.of_ids(ANN, [theirs, "no such run", mine])
    assert [run.id for run in found.runs] == [mine]
    assert search.of_ids(ANN, []).runs == ()
    assert [run.id for run in search.like(ANN, Experiment())] == [mine]


def test_ids_keep_their_order_and_like_ones_share_what_is_asked(store: RunStore, search: RunSearch):
    one = finished(store, "one", 0.9, **{"training.seed": 4})
    other = finished(store, "other", 0.9, **{"training.epochs": 9})
    assert [run.id for run in search.of_ids(ANN, [other, one]).runs] == [other, one]
    assert [run.id for run in search.of_ids(ANN, [one, other]).runs] == [one, other]
    assert [run.id for run in search.like(ANN, Experiment())] == [one]


def test_a_page_of_many_runs_is_one_query_that_reads_its_rows_only(
    store: RunStore, search: RunSearch, monkeypatch: pytest.MonkeyPatch
):
    row = {"owner": ANN, "state": "finished", "created_at": utc_now(), "epoch": 0, "step": 0}
    row["experiment"] = Experiment(name="one of many").model_dump(mode="json")
    with store.engine.begin() as connection:
        connection.execute(insert(RunRow), [row | {"id": f"{at:032}"} for at in range(500)])
    queries, read = [], []
    event.listen(store.engine, "before_cursor_execute", lambda *told: queries.append(told[2]))
    monkeypatch.setattr(module, "run_of", lambda row: read.append(row) or run_of(row))
    found = search.page(ANN, "many finished", "Best test accuracy", 30, 10)
    assert (len(found.runs), found.matching) == (10, 500)
    assert (len(queries), len(read)) == (1, 10)
