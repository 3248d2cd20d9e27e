"""The epochs of runs that have ended are read once, as they do not change any more."""

from collections.abc import Iterable
from threading import Lock

from cachetools import LRUCache

from nnlab.runs.records import EpochRecord
from nnlab.runs.run import Run
from nnlab.runs.states import may_follow_any
from nnlab.runs.store import RunStore

# In all; some 30 MB.
MOST_RECORDS = 100_000


class EndedEpochs:
    """What a process has read of them. Safe to use from several threads."""

    def __init__(self, store: RunStore) -> None:
        self._store = store
        self._kept: LRUCache[str, list[EpochRecord]] = LRUCache(MOST_RECORDS, getsizeof=len)
        self._lock = Lock()

    def of(self, runs: Iterable[Run]) -> dict[str, list[EpochRecord]]:
        """The finished epochs of each run by its id; of one that goes on, those so far.

        The lists are not to be changed.
        """
        runs = list(runs)
        with self._lock:
            found = {run.id: self._kept[run.id] for run in runs if run.id in self._kept}
        found |= self._store.epochs_of([run.id for run in runs if run.id not in found])
        for run in runs:
            self._keep(run, found[run.id])
        return found

    def _keep(self, run: Run, records: list[EpochRecord]) -> None:
        if may_follow_any(run.state) or len(records) > MOST_RECORDS:
            return
        with self._lock:
            self._kept[run.id] = records
