"""A room with a teacher and two members."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from nnlab import settings
from nnlab.experiment import Experiment
from nnlab.rooms.rooms import Rooms
from nnlab.runs.room_tables import RoomRow
from nnlab.runs.run import utc_now
from nnlab.runs.store import RunStore

TEACHER, ADA, BEN, STRANGER = (letter * 32 for letter in "tabs")


@pytest.fixture
def rooms(nnlab_home) -> Rooms:
    return Rooms(RunStore(settings.database_url()))


@pytest.fixture
def code(rooms: Rooms) -> str:
    code = rooms.create(TEACHER)
    rooms.join(code, ADA, "Ada")
    rooms.join(code, BEN, "Ben")
    return code


@pytest.fixture
def begin(rooms: Rooms) -> Callable[..., str]:
    """A run of a visitor, noted as the Train page does."""

    def begin_it(owner: str = ADA, experiment: Experiment | None = None) -> str:
        experiment = experiment or Experiment()
        run_id = rooms.store.create(experiment, owner, "engine")
        rooms.record(run_id, owner, experiment)
        return run_id

    return begin_it


@pytest.fixture
def expire(rooms: Rooms) -> Callable[[str], None]:
    """The room's time is over now."""

    def expire_it(code: str) -> None:
        over = update(RoomRow).where(RoomRow.code == code)
        with rooms.engine.begin() as connection:
            connection.execute(over.values(ends_at=utc_now() - timedelta(seconds=1)))

    return expire_it


@pytest.fixture
def always_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wall is read at each look."""
    monkeypatch.setattr("nnlab.rooms.wall.FRESH_SECONDS", 0.0)
