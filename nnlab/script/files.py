"""What has to lie beside a script."""

from nnlab.experiment import Experiment
from nnlab.script.data import DRAWINGS_FILE, data_file
from nnlab.script.own_points import missing_own
from nnlab.script.weights import WEIGHTS_FILE


def files_beside(experiment: Experiment) -> tuple[str, ...]:
    """Names of the files that the script reads from the folder it runs in; all are in the zip."""
    files = [data_file(experiment.dataset)]
    if experiment.dataset.drawings is not None:
        files.append(DRAWINGS_FILE)
    if experiment.training.start_from is not None:
        files.append(WEIGHTS_FILE)
    return tuple(name for name in files if name is not None)


def missing_for_script(experiment: Experiment) -> str | None:
    """What the experiment needs and no script can be given, in a sentence; or None."""
    return missing_own(experiment.dataset)
