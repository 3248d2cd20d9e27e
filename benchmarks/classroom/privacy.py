"""Whether a pupil was shown anything of another's."""

from collections.abc import Sequence

from benchmarks.classroom.pupil import Noted
from nnlab.runs.feed import feed_name
from nnlab.runs.run import Run
from nnlab.runs.store import RunStore


def leaks(store: RunStore, class_: Sequence[Noted]) -> list[str]:
    """What was seen of others, in words; nothing, if all is well.

    Each trains from a seed of its own, so no two curves are alike: every point that a pupil's feed
    told must be one of its own run. No message may hold the name of another visitor or run.
    """
    runs = {noted.visitor: store.runs_of(noted.visitor) for noted in class_}
    found: list[str] = []
    for noted in class_:
        others = [(other, runs[other]) for other in runs if other != noted.visitor]
        foreign = {name.encode() for other, owned in others for name in _names(other, owned)}
        found += [f"{noted.visitor[:6]} saw a foreign name" for _ in foreign & noted.names]
        found += _foreign_points(store, noted, runs[noted.visitor])
    return found


def _names(visitor: str, runs: Sequence[Run]) -> set[str]:
    return {visitor, *(run.id for run in runs)}


def _foreign_points(store: RunStore, noted: Noted, own: Sequence[Run]) -> list[str]:
    trained = [run for run in own if run.experiment.training.seed == noted.seed]
    who = noted.visitor[:6]
    if len(trained) != 1:
        return [f"{who} has {len(trained)} runs of its seed"] if noted.pressed else []
    (run,) = trained
    found = []
    if any(not url.endswith(feed_name(run.id, run.owner)) for url in noted.feeds):
        found.append(f"{who} read another feed")
    known = {(point.epoch, point.loss) for point in store.points(run.id)}
    if noted.points - known:
        found.append(f"{who} saw {len(noted.points - known)} points that are not of its run")
    return found
