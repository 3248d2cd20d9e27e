"""What the runs of one worker process share: turns, and one look for what is asked of them."""

import functools
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine

from nnlab.datasets import info_of
from nnlab.experiment import Experiment
from nnlab.runs.leases import Leases
from nnlab.runs.records import Request
from nnlab.runs.run import Run
from nnlab.runs.steering import Course, Steering
from nnlab.work.leaving import training, worker_leaves
from nnlab.work.requests import Heard, Requests
from nnlab.work.turns import Seat, Turns

NOWHERE = "no worker"

_turns = Turns()


@dataclass(frozen=True)
class Claim:
    """This worker's hold on a run."""

    run_id: str
    token: str
    leases: Leases
    seat: Seat
    heard: Heard

    def turn(self) -> AbstractContextManager[None]:
        """Waits until it is this run's turn to train."""
        return self.seat.turn()

    def requested(self) -> Request | None:
        """What is asked of the run: by its owner, by the engine, or by those who wait."""
        asked = self.heard.requested() or ("leave" if worker_leaves() else None)
        return asked or ("turn" if self.seat.turn_is_over() else None)

    def alone(self) -> bool:
        """Whether no other run shares the worker."""
        return self.seat.alone()

    def course(self) -> Course:
        """How its owner steers it."""
        return self.heard.course()

    def newest_course(self) -> Course:
        """The same, asked of the store."""
        self.heard.look()
        return self.heard.course()

    def settle(self, step: int) -> Experiment | None:
        """Its experiment with the changes that wait, from `step` on; None where it is lost."""
        found = Steering(self.leases.engine).settle(self.run_id, self.token, step)
        self.heard.look()
        return found

    def holds(self) -> bool:
        """Whether no other worker has claimed the run since."""
        return self.leases.holds(self.run_id, self.token)


def idle() -> bool:
    """Whether no run has this worker to train on."""
    return len(_turns) == 0


@contextmanager
def claim(run: Run, leases: Leases) -> Iterator[Claim]:
    """A hold on `run` for as long as the block lasts, or until another worker takes it."""
    token = leases.take(run.id, _address())
    try:
        with (
            training(),
            _turns.seat(run.owner) as seat,
            _requests(leases.engine).heard(
                run.id, token, seat.hurry, soon=not info_of(run.experiment.dataset).has_images
            ) as heard,
        ):
            yield Claim(run.id, token, leases, seat, heard)
    finally:
        leases.release(run.id, token)


@functools.lru_cache(maxsize=1)
def _requests(engine: Engine) -> Requests:
    return Requests(Leases(engine))


def _address() -> str:
    from distributed import get_worker

    try:
        return get_worker().address
    except ValueError:  # called without a worker, as tests do
        return NOWHERE
