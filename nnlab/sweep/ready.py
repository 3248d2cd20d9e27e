"""Sweeps at one click: the exercises of the five courses, and a small one to begin with."""

from dataclasses import dataclass

from nnlab.experiment import Dataset, Dense, Experiment, Flatten, Training, with_settings
from nnlab.recipes import RECIPES
from nnlab.sweep.axis import ADDED_LAYER, Axis
from nnlab.sweep.settings import Sweep

EXERCISES_OF_C = "c-exercises"
_WATCHED = {"dataset.validation": "test"}


@dataclass(frozen=True)
class ReadySweep:
    """A sweep with a question that it answers."""

    name: str
    title: str
    question: str
    sweep: Sweep


def _of(recipe: str, *axes: Axis, strategy: str = "grid", lesson: str | None = None) -> Sweep:
    """On the recipe's network, watched on the test images as the courses do it."""
    return Sweep.model_validate(
        {
            "experiment": with_settings(RECIPES[recipe].experiment, _WATCHED),
            "axes": axes,
            "strategy": strategy,
            "lesson": lesson,
        }
    )


_SMALL = Experiment(
    name="Small digits",
    dataset=Dataset(name="mnist_5k"),
    layers=(Flatten(), Dense(units=128)),
    training=Training(epochs=5),
)
_ALL = (
    ReadySweep(
        "units-and-epochs",
        "Units and epochs, on 5,000 digits",
        "From 10 to 512 units and from 1 to 10 epochs: what helps more, width or time?",
        Sweep(
            experiment=_SMALL,
            axes=(
                Axis(path="layers.1.units", values=(10, 32, 128, 512)),
                Axis(path="training.epochs", values=(1, 5, 10)),
            ),
        ),
    ),
    ReadySweep(
        "optimizers",
        "Optimizers, on 5,000 digits",
        "Each with its usual settings: which one gets furthest in five epochs?",
        Sweep(
            experiment=_SMALL,
            axes=(
                Axis(
                    path="training.optimizer.type",
                    values=("SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Nadam"),
                ),
            ),
        ),
    ),
    ReadySweep(
        "a-units",
        "Course A: how many units",
        "The workshop's network with 32, 128 and 512 units: what is width worth on clothes?",
        _of("a-fashion-workshop", Axis(path="layers.1.units", values=(32, 128, 512))),
    ),
    ReadySweep(
        "b-learning-rate",
        "Course B: the learning rate",
        "Plain gradient descent, 1,000 steps: is 0.5 too bold, or too timid?",
        _of(
            "b-mnist-gradient-descent",
            Axis(path="training.optimizer.learning_rate", values=(0.01, 0.1, 0.5, 1.0, 3.0)),
        ),
    ),
    ReadySweep(
        EXERCISES_OF_C,
        "Course C: the exercises",
        "Fewer epochs, other widths, one layer more, one change at a time; and the same network "
        "from other seeds, to see how much is chance.",
        _of(
            "c-fashion-course",
            Axis(path="training.epochs", values=(1,)),
            Axis(path="layers.1.units", values=(10, 512)),
            Axis(path=ADDED_LAYER, values=(10, 158, 512)),
            Axis(path="training.seed", values=(1, 2, 3, 4)),
            strategy="one at a time",
            lesson=EXERCISES_OF_C,
        ),
    ),
    ReadySweep(
        "d-optimizers",
        "Course D: SGD and the others",
        "Keras's fit with batches of 256: how far does each optimizer get?",
        _of(
            "d-keras-fit",
            Axis(path="training.optimizer.type", values=("SGD", "RMSprop", "Adam")),
            Axis(path="training.epochs", values=(1, 5, 10)),
        ),
    ),
    ReadySweep(
        "e-dropout",
        "Course E: dropout",
        "From none to half of the units left out: does the gap to the training curve close?",
        _of("e-beginner-notebook", Axis(path="layers.2.rate", values=(0.0, 0.1, 0.2, 0.35, 0.5))),
    ),
)
READY: dict[str, ReadySweep] = {ready.name: ready for ready in _ALL}
