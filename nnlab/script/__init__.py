"""An experiment as a plain Keras script that runs on its own."""

from nnlab.datasets import info_of
from nnlab.experiment import Experiment, Training
from nnlab.script.augmentation import augmentation_source
from nnlab.script.data import data_lines
from nnlab.script.model import model_lines
from nnlab.script.points import points_source
from nnlab.script.training import compile_lines, evaluate_lines, fit_lines

__all__ = ["keras_script", "missing_for_script"]


def keras_script(experiment: Experiment) -> str:
    """Python source that trains and evaluates the same network with nothing of ours.

    Data, split, start weights, dropout and optimizer are the same; only the order in which the
    images come is drawn by Keras itself, so results agree to within the spread between seeds.
    An experiment that no script can repeat alone gives a comment that says why.
    """
    missing = missing_for_script(experiment)
    if missing:
        return f"# No script: this experiment cannot be repeated with Keras alone.\n# {missing}\n"
    parts = [
        f'"""{_one_line(experiment.name)}: made by nnlab, runs with plain Keras."""',
        _imports(experiment.training),
        f"SEED = {experiment.training.seed}\nkeras.utils.set_random_seed(SEED)",
        *([augmentation_source()] if experiment.dataset.augmentation else []),
        *([] if info_of(experiment.dataset).has_images else [points_source(experiment.dataset)]),
        data_lines(experiment.dataset),
        model_lines(experiment),
        compile_lines(experiment),
        fit_lines(experiment),
        evaluate_lines(experiment),
    ]
    return "\n\n".join(parts) + "\n"


def missing_for_script(experiment: Experiment) -> str | None:
    """What the experiment needs and a script alone does not have, in a sentence; or None."""
    if experiment.training.start_from is not None:
        return "It goes on from the weights of another run, which a script alone does not have."
    if experiment.dataset.drawings is not None:
        return "It learns from your drawings, which a script alone does not have."
    return None


def _imports(training: Training) -> str:
    text = "import keras\nimport numpy as np"
    return text if training.steps_per_epoch is None else f"{text}\nimport tensorflow as tf"


def _one_line(text: str) -> str:
    return " ".join(text.replace("\\", " ").replace('"', "'").split())
