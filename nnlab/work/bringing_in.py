"""The task that makes a run of a `.keras` file: a network that was trained elsewhere."""

import secrets

import nnlab
from nnlab import settings
from nnlab.experiment import Dataset
from nnlab.keras_file import experiment_on, read_keras_file
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.run import utc_now
from nnlab.runs.states import RunState
from nnlab.work.lineage import check_lineage
from nnlab.work.tasks import splits_of, worker_store
from nnlab.work.warm import ensure_warm


def bring_in(content: bytes, dataset: Dataset, name: str, owner: str) -> str:
    """Evaluate the network on the set's test images and keep it as a finished run.

    Args:
        content: of the file.
        dataset: one that fits, see `nnlab.keras_file.fitting_sets`.
        name: what the run is called.
        owner: whose it is.

    Returns:
        The run's id.

    Raises:
        NotANetwork: the file is refused; nothing is kept.
        DatasetError: the set is not here, or not the owner's.
    """
    from nnlab.models.brought_in import bring_weights_in
    from nnlab.models.state import read_weights
    from nnlab.training.evaluate import evaluate
    from nnlab.training.workshop import compiled_network

    ensure_warm()
    store = worker_store(settings.database_url())
    found = read_keras_file(content)
    experiment = experiment_on(dataset, found, name)
    check_lineage(experiment, owner, store)
    splits = splits_of(dataset)
    with compiled_network(experiment, splits) as compiled:
        bring_weights_in(found, compiled.model)
        test = evaluate(compiled, splits)
        weights = read_weights(compiled.model)
    run_id = secrets.token_hex(8)
    files = RunFiles(run_id)
    tested = {
        "test_loss": test.loss,
        "test_accuracy": test.accuracy,
        "test_mean_absolute_error": test.mean_absolute_error,
    }
    manifest = {
        "run": run_id,
        "version": nnlab.__version__,
        "experiment": experiment.model_dump(mode="json"),
        "state": str(RunState.FINISHED),
        "epochs": 0,
        **tested,
        "written_at": utc_now().isoformat(),
    }
    try:
        files.write_final(weights, Result(test.probabilities, splits.y_test), manifest)
        store.add_brought_in(run_id, experiment, owner, **tested)
    except BaseException:
        files.delete()
        raise
    return run_id
