"""The table for a spreadsheet, read back with Python's own reader."""

import csv
import io

import numpy as np
import pytest

from nnlab.experiment import Experiment, with_settings
from nnlab.rooms.export import to_csv
from nnlab.rooms.rooms import Rooms
from nnlab.runs.records import EpochRecord
from nnlab.runs.states import RunState

ADA, BEN, STRANGER = (letter * 32 for letter in "abs")


def lines(rooms: Rooms, code: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(rooms.wall(code, ADA)[1]))))


def test_a_room_without_runs_is_a_heading(rooms: Rooms, code: str):
    assert lines(rooms, code) == []


def test_a_line_has_who_settings_state_and_figures(rooms: Rooms, code: str, begin):
    changes = {"name": "Fast", "training.optimizer.learning_rate": 0.02}
    run_id = begin(ADA, with_settings(Experiment(), changes))
    begin(BEN, with_settings(Experiment(), {"layers": []}))
    rooms.store.move(run_id, RunState.RUNNING, steps_per_epoch=10)
    rooms.store.add_epoch(run_id, EpochRecord(1, 0.5, 0.875, 0.625, None, 2.0))
    rooms.store.move(run_id, RunState.FINISHED, test_accuracy=0.75, test_loss=0.25)
    ada, ben = lines(rooms, code)
    assert {
        "nickname": "Ada", "experiment": "Fast", "task": "", "state": "finished",
        "epochs done": "1", "training accuracy": "0.875", "training loss": "0.5",
        "validation loss": "0.625", "validation accuracy": "", "test accuracy": "0.75",
        "training.optimizer.learning_rate": "0.02", "layers.1.units": "128",
    }.items() <= ada.items()  # fmt: skip
    assert (ben["nickname"], ben["state"], ben["layers.1.units"]) == ("Ben", "queued", "")
    assert set(ada) == set(ben)


@pytest.mark.parametrize("nickname", ["=1+2", "+1", "-1", "@SUM(A1)"])
def test_no_name_is_taken_for_a_formula(rooms: Rooms, code: str, begin, nickname: str):
    rooms.join(code, STRANGER, nickname)
    begin(STRANGER, Experiment(name="=cmd|' /C calc'!A0"))
    [line] = lines(rooms, code)
    assert line["nickname"] == f"'{nickname}"
    assert line["experiment"] == "'=cmd|' /C calc'!A0"


def test_commas_quotes_and_other_scripts_survive(rooms: Rooms, code: str, begin):
    rooms.join(code, STRANGER, '"Žofie", 山田')
    begin(STRANGER)
    assert lines(rooms, code)[0]["nickname"] == '"Žofie", 山田'


def test_negative_numbers_stay_numbers(rooms: Rooms, code: str, begin):
    run_id = begin()
    rooms.store.move(run_id, RunState.RUNNING)
    rooms.store.move(run_id, RunState.FINISHED, test_loss=-0.5, test_accuracy=0.5)
    assert np.float64(lines(rooms, code)[0]["test loss"]) == -0.5
