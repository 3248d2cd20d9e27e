"""Names, tags and pins: kept, by owner only, and gone with their run."""

import pytest

from nnlab.experiment import Experiment, InvalidExperiment
from nnlab.runs.run import RunNotFound
from nnlab.runs.run_labels import MOST_TAGS, InvalidLabel, RunLabel, RunLabels, parse_tags
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore

ANN, BOB = "a" * 32, "b" * 32


@pytest.fixture
def store(database: str) -> RunStore:
    return RunStore(database)


@pytest.fixture
def labels(store: RunStore) -> RunLabels:
    return RunLabels(store.engine)


def ended(store: RunStore, owner: str = ANN) -> str:
    run_id = store.create(Experiment(name="First"), owner, "engine")
    store.move(run_id, RunState.STOPPED)
    return run_id


def test_labels_are_replaced_and_go_with_their_run(store: RunStore, labels: RunLabels):
    one, other = ended(store), ended(store)
    assert labels.of(ANN) == {}
    labels.put([one, other], ANN, RunLabel(True, ("try",)))
    labels.put([one], ANN, RunLabel(False, ("a", "b")))
    assert labels.of(ANN) == {one: RunLabel(False, ("a", "b")), other: RunLabel(True, ("try",))}
    store.delete(one, ANN)
    assert list(labels.of(ANN)) == [other]


def test_only_the_owner(store: RunStore, labels: RunLabels):
    mine, theirs = ended(store), ended(store, BOB)
    with pytest.raises(RunNotFound):
        labels.put([mine, theirs], ANN, RunLabel(True))
    assert labels.of(ANN) == labels.of(BOB) == {}
    with pytest.raises(RunNotFound):
        labels.rename(theirs, ANN, "Mine")
    assert store.get(theirs).experiment.name == "First"


def test_a_name_changes_nothing_else(store: RunStore, labels: RunLabels):
    run_id = ended(store)
    before = store.get(run_id).experiment
    labels.rename(run_id, ANN, "  Second\n name ")
    after = store.get(run_id).experiment
    assert after == before.model_copy(update={"name": "Second name"})
    assert after.fingerprint() == before.fingerprint()
    for wrong in ("", " ", "x" * 81):
        with pytest.raises(InvalidExperiment, match="name"):
            labels.rename(run_id, ANN, wrong)


def test_an_active_run_is_not_renamed(store: RunStore, labels: RunLabels):
    run_id = store.create(Experiment(name="First"), ANN, "engine")
    with pytest.raises(InvalidLabel, match="ended or is paused"):
        labels.rename(run_id, ANN, "Second")


def test_tags_as_typed():
    assert parse_tags(" wide ,, deep,wide,<b>x</b>") == ("wide", "deep", "‹b›x‹/b›")
    assert parse_tags("") == ()
    with pytest.raises(InvalidLabel, match="at most 8.*got 9"):
        parse_tags(",".join(str(n) for n in range(MOST_TAGS + 1)))
