"""The curves of the ticked runs, as the chart draws them."""

from collections.abc import Sequence
from typing import Literal

from nnlab.analysis.comparing.bands import seed_band
from nnlab.analysis.comparing.places import places
from nnlab.analysis.comparing.seed_groups import group_key
from nnlab.analysis.comparing.smoothing import smoothed
from nnlab.datasets.catalog import Figure
from nnlab.figures.compared import MOST_NAMED, Curve
from nnlab.rooms.thinned import thinned_curves
from nnlab.runs.run import Run
from nnlab.runs.store import RunStore
from nnlab.ui.compare.by_figure import WORDS
from nnlab.ui.compare.look import Look
from nnlab.ui.compare.subject import Subject

# Points of a curve, fewer of each where there are many.
MOST_POINTS, ALL_POINTS, LEAST_POINTS = 300, 9000, 30

Columns = tuple[list[float], list[float | None]]


def drawn_curves(store: RunStore, look: Look, subject: Subject) -> list[Curve]:
    """A curve a run, or a mean with a band for each experiment; those without points left out."""
    columns = _columns(store, look, subject)
    if not look.seeds_together:
        return _each(subject, columns)
    by_run = dict(zip([run.id for run in subject.runs], columns, strict=True))
    made = [
        _banded(name, at, [by_run[run.id] for run in group.runs])
        for at, (name, group) in enumerate(zip(subject.group_names, subject.groups, strict=True))
    ]
    return [curve for curve in made if curve is not None]


def _each(subject: Subject, columns: Sequence[Columns]) -> list[Curve]:
    """A curve a run, each of its own colour as long as so many can be named."""
    keys = [group.key for group in subject.groups]
    made = []
    for at, (run, name, (x, y)) in enumerate(
        zip(subject.runs, subject.names, columns, strict=True)
    ):
        group = keys.index(group_key(run.experiment))
        colour = at if len(subject.runs) <= MOST_NAMED else group
        if x:
            told = subject.group_names[group]
            made.append(Curve(name, tuple(x), tuple(y), colour=colour, group=told))
    return made


def most_points(runs: int) -> int:
    """Points of each curve where so many are drawn."""
    return max(LEAST_POINTS, min(MOST_POINTS, ALL_POINTS // max(runs, 1)))


def _banded(name: str, colour: int, columns: Sequence[Columns]) -> Curve | None:
    """The runs of a group that have begun; those that wait would leave nothing in common."""
    band = seed_band([each for each in columns if each[0]])
    if band is None:
        return None
    told = f"{name} ({band.count} seeds)" if band.count > 1 else name
    return Curve(told, band.x, band.mean, band.low, band.high, colour=colour)


def _columns(store: RunStore, look: Look, subject: Subject) -> list[Columns]:
    """Places and values of each run, only where both are known."""
    training = look.metric.startswith("Training")
    ids = [run.id for run in subject.runs]
    if training:
        with store.engine.connect() as connection:
            thinned = thinned_curves(connection, ids, most_points(len(ids)))
    made = []
    for run in subject.runs:
        if training:
            curve = thinned[run.id]
            epochs, values = curve.epochs, curve.of(_kind(look))
        else:
            held = subject.epochs[run.id]
            epochs = tuple(float(record.epoch) for record in held)
            values = tuple(getattr(record, f"val_{_kind(look)}") for record in held)
        made.append(_placed(look, subject, run, epochs, values))
    return made


def _placed(
    look: Look,
    subject: Subject,
    run: Run,
    epochs: Sequence[float],
    values: Sequence[float | None],
) -> Columns:
    seconds = [record.seconds for record in subject.epochs[run.id]]
    x = places(epochs, look.place, run.steps_per_epoch, seconds)
    kept = [
        (at, value)
        for at, value in zip(x, smoothed(values, look.smoothing), strict=True)
        if at is not None and value is not None
    ]
    return [at for at, _ in kept], [value for _, value in kept]


def _kind(look: Look) -> Figure | Literal["loss"]:
    word = look.metric.split()[1]
    return next((figure for figure, name in WORDS.items() if name == word), "loss")
