"""What a visitor starts from: something that can be trained at once."""

from nnlab.datasets import info, status
from nnlab.experiment import OUTPUTS, Adam, Dataset, Dense, Experiment, Output, Training
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


def first_on(name: str) -> Experiment:
    """Something to begin with on the set `name`: what suits its kind of data.

    Two small hidden layers learn any of the sets of points, the spiral with a noise of 0.1
    included, in a few seconds.
    """
    dataset = Dataset(name=name)
    if info(name).has_images:
        return Experiment(dataset=dataset)
    return Experiment(
        dataset=dataset,
        layers=(Dense(units=16, activation="tanh"), Dense(units=16, activation="tanh")),
        output=Output(activation=OUTPUTS[info(name).task][0]),
        training=Training(epochs=100, batch_size=16, optimizer=Adam(learning_rate=0.01)),
    )
