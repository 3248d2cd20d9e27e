"""Workers, runs and limits as tables. No run is told with its id or whose it is."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from nnlab import settings
from nnlab.datasets import title_of
from nnlab.experiment import Experiment
from nnlab.runs.run import Run
from nnlab.ui.resources import engine
from nnlab.ui.wording import duration, epoch_text
from nnlab.work.load import InQueue
from nnlab.work.slots import LARGE
from nnlab.work.status import WorkerStatus

MEGABYTE = 1_000_000
_REASONS = {
    "own limit": "other runs of this visitor train",
    "no room": "the workers are full",
    None: "begins now",
}


def workers_table(workers: Sequence[tuple[WorkerStatus, int]]) -> None:
    """One row a worker."""
    rows = [
        {
            "Worker": number,
            "Networks": "large" if worker.kind == LARGE else "all but large",
            "State": "ready" if worker.ready else "loading TensorFlow",
            "Runs in hand": f"{runs} of {worker.room}",
            "Processor": round(worker.cpu / 100, 2),
            "Memory": _memory(worker),
        }
        for number, (worker, runs) in enumerate(workers, 1)
    ]
    percent = st.column_config.NumberColumn(format="percent", help="Of one core")
    st.dataframe(pd.DataFrame(rows), hide_index=True, column_config={"Processor": percent})


def training_table(runs: Sequence[Run], owner: str) -> None:
    """One row a run, oldest first."""
    rows = [
        {
            "Run": _whose(run, owner),
            "Data set": title_of(run.experiment.dataset.name),
            "Layers": _layers(run.experiment),
            "Progress": round(run.progress, 2),
            "Epoch": epoch_text(run),
            "Time left": _left(run),
        }
        for run in runs
    ]
    progress = st.column_config.ProgressColumn(format="percent")
    st.dataframe(pd.DataFrame(rows), hide_index=True, column_config={"Progress": progress})


def queue_table(queue: Sequence[InQueue], owner: str) -> None:
    """One row a run, who comes first first."""
    rows = [
        {
            "Number": place.position,
            "Run": _whose(place.run, owner),
            "Data set": title_of(place.run.experiment.dataset.name),
            "Layers": _layers(place.run.experiment),
            "Waits because": _REASONS[place.reason],
        }
        for place in queue
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)


def limits_table() -> None:
    """What the environment says."""
    rows = [
        ("Runs that train at the same time", settings.runs_at_once(), "NNLAB_RUNS_AT_ONCE"),
        ("Runs that train or wait", settings.most_active_runs(), "NNLAB_MAX_ACTIVE_RUNS"),
        ("Runs that are kept", settings.most_stored_runs(), "NNLAB_MAX_STORED_RUNS"),
        ("Epochs of a run", settings.most_epochs(), "NNLAB_MAX_EPOCHS"),
        ("Parameters of a network", settings.most_parameters(), "NNLAB_MAX_PARAMETERS"),
    ]
    frame = pd.DataFrame(rows, columns=["Of one visitor", "At most", "Set by"])
    number = st.column_config.NumberColumn(format="localized")
    st.dataframe(frame, hide_index=True, column_config={"At most": number})


def _memory(worker: WorkerStatus) -> str:
    used = f"{worker.memory // MEGABYTE:,}"
    limit = worker.memory_limit // MEGABYTE
    return f"{used} of {limit:,} MB" if limit else f"{used} MB"


def _whose(run: Run, owner: str) -> str:
    return f"yours: {run.experiment.name}" if run.owner == owner else "another visitor's"


def _layers(experiment: Experiment) -> str:
    sizes = [
        str(size)
        for layer in experiment.layers
        if (size := getattr(layer, "units", None) or getattr(layer, "filters", None))
    ]
    return " – ".join(sizes) or "no hidden layer"


def _left(run: Run) -> str:
    seconds = engine().outlook(run).seconds_left
    return "" if seconds is None else duration(seconds)
