"""The Playground's experiment: the visitor's own beside the one on Train, kept as a draft."""

from dataclasses import dataclass, field

from nnlab.datasets import CATALOG, info
from nnlab.experiment import OWN_POINTS, Experiment, InvalidExperiment, Problem, parse_experiment
from nnlab.missions import PLAYGROUND
from nnlab.ui.resources import engine
from nnlab.ui.state import State

DRAFT = "playground"
# Widgets are keyed by the generation: none of these is one of the Train page's.
_FIRST_GENERATION = 1_000_000


@dataclass
class PlaneState(State):
    """As `State`, for an experiment on points.

    Attributes:
        visited: the visitor's state, whose task, if it locks anything, holds here as well.
    """

    generation: int = _FIRST_GENERATION
    draft: str = DRAFT
    visited: State | None = field(default=None, repr=False)

    def first(self) -> Experiment:
        """What a newcomer finds."""
        return PLAYGROUND

    def admits(self, experiment: Experiment) -> bool:
        """Whether the experiment is on points, and the task that the visitor is at allows it."""
        try:
            self.require(experiment)
            if self.visited is not None and self.visited.assignment is not None:
                self.visited.assignment.check(experiment)
        except InvalidExperiment as error:
            self.refused = error
            return False
        self.refused = None
        return True

    def require(self, experiment: Experiment) -> None:
        """Find that an experiment from outside is on points.

        Raises:
            InvalidExperiment: it is on images; with the sets that are allowed.
        """
        require_points(experiment)


def require_points(experiment: Experiment) -> None:
    """Find that the experiment's data are points of the plane.

    Raises:
        InvalidExperiment: they are not, or there is no such set.
    """
    name = experiment.dataset.name
    if not is_plane(name):
        allowed = ", ".join([*plane_sets(), OWN_POINTS])
        text = f"must be one of {allowed} on the Playground (got {name!r})"
        raise InvalidExperiment([Problem("dataset.name", text)])


def is_plane(name: str) -> bool:
    """Whether `name` is a set of points of the plane."""
    return name == OWN_POINTS or (name in CATALOG and not info(name).has_images)


def plane_sets() -> list[str]:
    """The names of those that everybody has."""
    return [name for name in CATALOG if is_plane(name)]


def recalled(visited: State) -> PlaneState:
    """The visitor's own Playground as it was left."""
    kept = engine().drafts.get(visited.owner, DRAFT)
    try:
        experiment = parse_experiment(kept) if kept else PLAYGROUND
        require_points(experiment)
    except InvalidExperiment:  # written by another version
        experiment = PLAYGROUND
    return PlaneState(visited.owner, experiment, visited=visited)
