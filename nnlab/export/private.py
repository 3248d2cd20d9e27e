"""Which files hold what is its owner's own, and so are for the owner alone."""

from nnlab.experiment import Experiment
from nnlab.script.data import DRAWINGS_FILE, data_file

# Points are written into the script itself; the report shows test images.
_WITH_POINTS = ("script.py", "notebook.ipynb")
_WITH_IMAGES = ("report.html",)


def private_files(experiment: Experiment) -> frozenset[str]:
    """Names in the zip, and so the zip too, that somebody else is not given.

    None where nothing in them is the owner's own: a run on a set that everybody has.
    """
    dataset = experiment.dataset
    names: list[str | None] = []
    if dataset.own is not None:
        names += _WITH_POINTS
    if dataset.own_images is not None:
        names += [*_WITH_IMAGES, data_file(dataset)]
    if dataset.drawings is not None:
        names.append(DRAWINGS_FILE)
    return frozenset(name for name in names if name is not None)
