"""The task that puts a complete run into a zip. TensorFlow writes the model and the logs."""

import platform
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

import nnlab
from nnlab import settings
from nnlab.atomic import write_atomically
from nnlab.datasets import DatasetError, info_of
from nnlab.export.archive import Contents, write_archive
from nnlab.export.beside import arrays_beside
from nnlab.export.kept import Progress, write_progress, zip_path
from nnlab.export.record import RunRecord
from nnlab.export.report import Answered, report
from nnlab.figures.images import as_pixels
from nnlab.runs.files import RunFiles
from nnlab.runs.run import Run, RunNotFound
from nnlab.work.lineage import start_weights
from nnlab.work.slots import threads_of
from nnlab.work.tasks import splits_of, untrained_model, weights_of, worker_store
from nnlab.work.warm import ensure_warm

if TYPE_CHECKING:
    import keras


def export(run_id: str) -> None:
    """Make the zip of a complete run, see `nnlab.export.kept`.

    Raises:
        RunNotFound: no such run, or it has no network.
        StartNotFound: the run that it goes on from is gone.
        DatasetError: what its script has to be given is not on this computer (any more).
    """
    ensure_warm()
    store = worker_store(settings.database_url())
    run = store.get(run_id)
    if not RunFiles(run_id).complete:
        raise RunNotFound(run_id)
    record = RunRecord.of(run, store, threads_of(run.experiment))
    with tempfile.TemporaryDirectory() as made:
        contents = _contents(record, Path(made))
        path = zip_path(run_id)
        write_atomically(path, lambda file: write_archive(file, contents, _teller(run_id)))


def _teller(run_id: str) -> Callable[[str, float], None]:
    return lambda name, share: write_progress(run_id, Progress(name, share))


def _contents(record: RunRecord, folder: Path) -> Contents:
    from nnlab.export.pictures import write_pictures  # Matplotlib would delay the app's start
    from nnlab.training.tensorboard import write_logs

    run, versions = record.run, _versions()
    write_progress(run.id, Progress("model.keras", 0.0))
    network = untrained_model(run.id)
    start = _start(run, network)
    model = _model(run.id, network, folder / "model.keras")
    began = run.created_at.replace(tzinfo=UTC).timestamp()
    logs = write_logs(folder / "tensorboard", record.points, record.epochs, began)
    made: dict[str, Path | Callable[[], str]] = {"model.keras": model}
    made |= {str(path.relative_to(folder)): path for path in logs}
    answered = _answered(run)
    pictures = write_pictures(record, answered, folder)
    made |= {str(path.relative_to(folder)): path for path in pictures}
    made["report.html"] = lambda: report(record, answered, versions)
    return Contents(record, versions, arrays_beside(run.experiment, start), made)


def _model(run_id: str, network: "keras.Sequential", path: Path) -> Path:
    from nnlab.models.saved import save_model
    from nnlab.models.state import write_weights

    write_weights(network, weights_of(run_id, None))
    save_model(network, path)
    return path


def _start(run: Run, network: "keras.Sequential") -> Mapping[str, NDArray] | None:
    from nnlab.models.saved import learned_weights

    weights = start_weights(run.experiment, run.owner, worker_store(settings.database_url()))
    return None if weights is None else learned_weights(network, weights)


def _answered(run: Run) -> Answered:
    """The answers, with the images where they are on this computer."""
    result = RunFiles(run.id).read_result()
    if result is None:
        raise RunNotFound(run.id)
    return Answered(result.probabilities, result.y_test, _images(run, result.y_test))


def _images(run: Run, labels: NDArray[np.int64]) -> NDArray[np.uint8] | None:
    described = info_of(run.experiment.dataset)
    if not described.has_images:
        return None
    try:
        splits = splits_of(run.experiment.dataset.without_additions())
    except DatasetError:
        return None
    same = np.array_equal(splits.y_test, labels)
    return as_pixels(splits.x_test, described.scale) if same else None


def _versions() -> dict[str, str]:
    from nnlab.models.saved import versions

    python = platform.python_version()
    ours = {"nnlab": nnlab.__version__, "Python": python, "NumPy": np.__version__}
    return ours | versions()
