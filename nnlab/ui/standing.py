"""Where each recipe stands for this visitor: from the run store, so that nothing is lost."""

from collections.abc import Iterable
from dataclasses import dataclass

from nnlab.datasets import status
from nnlab.experiment import Experiment
from nnlab.recipes import RECIPES, Recipe
from nnlab.reproduction import Comparison, compare, experiments_of, results_of
from nnlab.runs.run import Run
from nnlab.runs.states import RunState
from nnlab.ui.resources import engine
from nnlab.ui.starting import start

_LOOKED_BACK = 1000
_BROKEN = {RunState.DIVERGED, RunState.FAILED, RunState.INTERRUPTED, RunState.STOPPED}


@dataclass(frozen=True)
class Standing:
    """One recipe: its figures so far, and what is under way.

    Attributes:
        recipe: which.
        comparisons: a published figure each, with what finished runs gave.
        active: the visitor's queued and running runs of it.
        missing: its experiments that have neither finished nor begun.
        trouble: what the newest run of it says if it ended badly and nothing better is there.
        data_ready: whether its images are on this computer.
    """

    recipe: Recipe
    comparisons: list[Comparison]
    active: list[Run]
    missing: tuple[Experiment, ...]
    trouble: str | None
    data_ready: bool

    @property
    def progress(self) -> float:
        """Share of its experiments that is done, 0 to 1."""
        wanted = self.recipe.seeds
        done = wanted - len(self.missing) - len(self.active)
        return (done + sum(run.progress for run in self.active)) / wanted


def standings(owner: str) -> list[Standing]:
    """All recipes in order."""
    runs = engine().store.runs_of(owner, _LOOKED_BACK)
    by_fingerprint: dict[str, list[Run]] = {}
    for run in runs:
        if run.brought_in:
            continue  # whoever trained it, it was not with this recipe here
        by_fingerprint.setdefault(run.experiment.fingerprint(), []).append(run)
    names = {recipe.experiment.dataset.name for recipe in RECIPES.values()}
    ready = {name: status(name).state == "ready" for name in names}
    return [
        _standing(recipe, by_fingerprint, ready[recipe.experiment.dataset.name])
        for recipe in RECIPES.values()
    ]


def _standing(recipe: Recipe, by_fingerprint: dict[str, list[Run]], data_ready: bool) -> Standing:
    wanted = {experiment.fingerprint(): experiment for experiment in experiments_of(recipe)}
    runs = [run for fingerprint in wanted for run in by_fingerprint.get(fingerprint, [])]
    finished = results_of(recipe, runs)
    active = [run for run in runs if run.active]
    begun = {run.experiment.fingerprint() for run in (*finished, *active)}
    return Standing(
        recipe=recipe,
        comparisons=compare(recipe, finished, engine().store.epochs_of([r.id for r in finished])),
        active=active,
        missing=tuple(wanted[fingerprint] for fingerprint in wanted if fingerprint not in begun),
        trouble=_trouble(runs) if not begun else None,
        data_ready=data_ready,
    )


def _trouble(runs: Iterable[Run]) -> str | None:
    newest = next(iter(runs), None)
    if newest is None or newest.state not in _BROKEN:
        return None
    return newest.message or str(newest.state)


def train_missing(owner: str, chosen: Iterable[Standing]) -> None:
    """Queue the experiments that have neither finished nor begun."""
    for standing in chosen:
        for experiment in standing.missing if standing.data_ready else ():
            if start(experiment, owner) is None:
                return


def stop_all(owner: str, chosen: Iterable[Standing]) -> None:
    """Stop what is under way. A stopped run counts for nothing here: it is not the recipe."""
    for standing in chosen:
        for run in standing.active:
            engine().stop(run.id, owner)
