"""An experiment that a teacher hands out, and what of it is left to the student."""

from pydantic import Field

from nnlab.experiment.base import Settings
from nnlab.experiment.experiment import Experiment
from nnlab.experiment.flat import Flat, flat
from nnlab.experiment.problems import InvalidExperiment, Problem

GOAL_LENGTH = 300
MOST_OPEN = 40
_ALWAYS_OPEN = ("name",)


class Assignment(Settings):
    """What everybody begins with, and which settings are theirs to change.

    Attributes:
        experiment: what the forms show at first.
        open: dotted paths of the settings that may be changed, each with all that is below it;
            `("training.optimizer.learning_rate",)` leaves only that one. None leaves all.
        hide: settings that may not be changed are not shown either.
        goal: what is to be found out or reached, in the teacher's words.
    """

    experiment: Experiment = Experiment()
    open: tuple[str, ...] | None = Field(None, max_length=MOST_OPEN)
    hide: bool = False
    goal: str = Field("", max_length=GOAL_LENGTH)

    def locked(self, path: str) -> bool:
        """Whether the setting at a dotted path, or any below it, is not the student's."""
        if self.open is None or path in _ALWAYS_OPEN:
            return False
        return not any(_is_within(path, opened) for opened in self.open)

    def check(self, wanted: Experiment) -> None:
        """Find that `wanted` differs from the experiment in open settings only.

        Raises:
            InvalidExperiment: with every locked setting that differs, and its value here.
        """
        given = flat(self.experiment.model_dump(mode="json"))
        other = flat(wanted.model_dump(mode="json"))
        changed = [
            path
            for path in dict.fromkeys([*given, *other])
            if given.get(path) != other.get(path) and self.locked(path)
        ]
        if changed:
            raise InvalidExperiment([Problem(path, _refusal(given, path)) for path in changed])


def _refusal(given: Flat, path: str) -> str:
    if path not in given:
        return "is not part of this task, whose other settings are fixed"
    return f"is fixed by this task and must be {given[path]!r}"


def _is_within(path: str, opened: str) -> bool:
    return path == opened or path.startswith(f"{opened}.")
