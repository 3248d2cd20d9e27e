"""Course A: a workshop on clothing."""

from nnlab.experiment import Dataset, Dense, Experiment, Flatten, Output, Training
from nnlab.recipes.recipe import Course, Published, Recipe

COURSE = Course(
    "A",
    "Fashion workshop",
    "From tensors and single neurons to a network that tells clothes apart.",
)

RECIPES = (
    Recipe(
        name="a-fashion-workshop",
        title="Fashion workshop",
        course="A",
        summary=(
            "One hidden layer sorts clothes into ten kinds. It ends in logits: raw scores that "
            "the loss itself turns into probabilities."
        ),
        teaches=("logits", "cross-entropy", "back-propagation", "train/test split"),
        experiment=Experiment(
            name="Fashion workshop",
            dataset=Dataset(name="fashion_mnist", validation="none"),
            layers=(Flatten(), Dense(units=128, activation="relu")),
            output=Output(activation="linear"),
            training=Training(epochs=10, batch_size=32),
        ),
        published=(
            Published("accuracy", 0.915, 0.915, source="plain Keras"),
            Published("test_accuracy", 0.878, 0.878, source="plain Keras"),
        ),
        note="The tutorial reports no figure; these are from the same network in plain Keras.",
    ),
)
