"""Which runs are one experiment under several seeds, and which seeds come next."""

import dataclasses
from datetime import datetime

from nnlab.analysis.comparing.seed_groups import group_key, next_seeds, seed_groups, with_seed
from nnlab.experiment import SEED_MAX, Experiment, with_settings
from nnlab.runs.run import BROUGHT_IN, Run
from nnlab.runs.states import RunState


def run(run_id: str, experiment: Experiment, state: RunState = RunState.FINISHED) -> Run:
    accuracy = 0.9 if state == RunState.FINISHED else None
    now = datetime(2026, 1, 1)
    return Run(run_id, "a", experiment, state, now, now, 1, 1, 1, 1.0, 0.1, accuracy, None)


def test_a_group_is_alike_in_all_but_seed_and_name():
    base = Experiment(name="one")
    other = with_settings(base, {"name": "two", "training.seed": 7})
    wider = with_settings(base, {"training.epochs": 9})
    groups = seed_groups([run("1", base), run("2", wider), run("3", other)])
    assert [[each.id for each in group.runs] for group in groups] == [["1", "3"], ["2"]]
    assert groups[0].seeds == (0, 7)
    assert groups[0].key == group_key(other) != group_key(wider)
    assert with_seed(other, 0).fingerprint() == base.fingerprint()


def test_a_seed_counts_once_and_one_that_ended_comes_first():
    base = Experiment()
    waiting, ended = run("1", base, RunState.QUEUED), run("2", base)
    (group,) = seed_groups([waiting, ended, run("3", base)])
    assert [each.id for each in group.runs] == ["2"]
    (group,) = seed_groups([run("1", base, RunState.STOPPED)])
    assert group.complete == ()


def test_a_network_from_a_file_is_no_result_of_a_seed():
    trained = run("2", Experiment())
    from_file = dataclasses.replace(trained, id="1", engine=BROUGHT_IN)
    assert seed_groups([from_file])[0].complete == ()
    (group,) = seed_groups([from_file, trained])
    assert group.complete == (trained,)


def test_next_seeds_are_new_and_go_round():
    assert next_seeds([0], 2) == [1, 2]
    assert next_seeds([3, 4, 6], 3) == [5, 7, 8]
    assert next_seeds([SEED_MAX], 2) == [0, 1]
    assert next_seeds([5], 0) == []
