"""What a visitor starts from: something that can be trained at once."""

from nnlab.datasets import status
from nnlab.experiment import Dataset, Experiment
from nnlab.recipes import FIRST_RECIPE, RECIPES

BUILT_IN = "mnist_5k"


def on_images_at_hand(experiment: Experiment) -> Experiment:
    """`experiment`, on the built-in images where its own are not on this computer."""
    if status(experiment.dataset.name).state == "ready":
        return experiment
    return experiment.model_copy(update={"dataset": Dataset(name=BUILT_IN)})


def first_experiment() -> Experiment:
    """The beginner recipe."""
    return on_images_at_hand(RECIPES[FIRST_RECIPE].experiment)
