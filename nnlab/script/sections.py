"""The parts of a script, one after the other."""

from nnlab.datasets import info_of
from nnlab.experiment import Experiment
from nnlab.script.augmentation import augmentation_source
from nnlab.script.changes import TITLE, WORDS, changes_lines
from nnlab.script.data import KERAS_DATASETS, data_lines, data_words, split_source
from nnlab.script.files import files_beside, missing_for_script
from nnlab.script.model import model_lines
from nnlab.script.order import order_lines, order_words
from nnlab.script.points import points_source
from nnlab.script.section import Section
from nnlab.script.trained import Trained
from nnlab.script.training import TEST_BATCH, compile_lines, fit_lines, optimizer_words
from nnlab.script.weights import start_lines

MADE_BY = "Made by nnlab. Needs TensorFlow and NumPy, and nothing else."


def keras_script(experiment: Experiment, trained: Trained | None = None) -> str:
    """Python source that trains and evaluates the same network with nothing of ours.

    Images, split, start weights, dropout, optimizer and the order of the batches are those of the
    run; what may differ are the last bits of an optimizer's step (see `nnlab.models.fused`).
    An experiment that no script can repeat gives a comment that says why.

    Args:
        experiment: what to train.
        trained: the run of it that is to be repeated.
    """
    missing = missing_for_script(experiment)
    if missing:
        return f"# No script: this experiment cannot be repeated with Keras alone.\n# {missing}\n"
    head = f'"""{_one_line(experiment.name)}\n\n{MADE_BY}\n{_beside(experiment)}"""'
    parts = [section.as_script() for section in sections(experiment, trained or Trained())]
    return "\n\n".join([head, *parts]) + "\n"


def sections(experiment: Experiment, trained: Trained) -> list[Section]:
    """The same as parts with words of their own, for a notebook."""
    training, dataset = experiment.training, experiment.dataset
    described = info_of(dataset)
    helpers = [
        *([] if described.has_images else [points_source(dataset)]),
        *([split_source(dataset)] if split_source(dataset) else []),
        *([augmentation_source()] if dataset.augmentation else []),
    ]
    tools = Section("Tools", _TOOLS_WORDS, "\n\n\n".join(map(str, helpers)))
    changes = changes_lines(experiment)
    model = "\n".join([model_lines(experiment), *start_lines(training.start_from)])
    return [
        Section("Set up", _SET_UP_WORDS, _set_up(experiment, trained)),
        *([tools] if helpers else []),
        Section("Data", data_words(dataset), data_lines(dataset)),
        Section("Order", order_words(training), order_lines(training).rstrip()),
        Section("Network", _NETWORK_WORDS, model),
        Section("Optimizer", optimizer_words(training), compile_lines(experiment)),
        *([Section(TITLE, WORDS, changes)] if changes else []),
        Section("Training", "An epoch a line; `history.history` keeps the figures.",
                fit_lines(experiment, trained)),
        Section("Test", "On images that were never learned from.", _test(trained)),
    ]  # fmt: skip


_SET_UP_WORDS = (
    "All that is random comes from one seed. The number of threads is the run's: they share the "
    "work of a sum, and numbers added up in another order differ in their last digits."
)
_TOOLS_WORDS = "How nnlab makes and divides its data."
_NETWORK_WORDS = "Each layer draws its start weights, or its dropout, from a seed of its own."


def _set_up(experiment: Experiment, trained: Trained) -> str:
    looks_for_a_file = experiment.dataset.name in KERAS_DATASETS
    return (
        f"{'import os' if looks_for_a_file else ''}\n\n"
        "import keras\nimport numpy as np\nimport tensorflow as tf\n\n"
        f"SEED = {experiment.training.seed}\n"
        f"tf.config.threading.set_intra_op_parallelism_threads({trained.threads})\n"
        "keras.utils.set_random_seed(SEED)"
    ).strip()


def _test(trained: Trained) -> str:
    lines = [
        f"loss, accuracy = model.evaluate(x_test, y_test, batch_size={TEST_BATCH}, verbose=0)",
        'print(f"test loss {loss:.4f}, test accuracy {accuracy:.4f}")',
    ]
    if trained.test_loss is not None and trained.test_accuracy is not None:
        figures = f"test loss {trained.test_loss:.4f}, test accuracy {trained.test_accuracy:.4f}"
        lines.append(f'print("the run had: {figures}")')
    return "\n".join(lines)


def _beside(experiment: Experiment) -> str:
    files = files_beside(experiment)
    return f"Run it in a folder with {' and '.join(files)}.\n" if files else ""


def _one_line(text: str) -> str:
    return " ".join(text.replace("\\", " ").replace('"', "'").split())
