"""Course E: the notebook that most people begin with."""

from nnlab.experiment import Dataset, Dense, Dropout, Experiment, Flatten, Training
from nnlab.recipes.recipe import Course, Published, Recipe

COURSE = Course(
    "E",
    "Beginner notebook",
    "The network that most people train first, and its confusion matrix.",
)

RECIPES = (
    Recipe(
        name="e-beginner-notebook",
        title="The beginner notebook",
        course="E",
        summary=(
            "One hidden layer with dropout reads handwritten digits. The first network that most "
            "people train."
        ),
        teaches=("dense layer", "dropout", "overfitting", "confusion matrix"),
        experiment=Experiment(
            name="Beginner notebook",
            # As in the notebook: all 60,000 images train, the test images are watched.
            dataset=Dataset(name="mnist", validation="test"),
            layers=(Flatten(), Dense(units=128, activation="relu"), Dropout(rate=0.2)),
            training=Training(epochs=5, batch_size=32, seed=42),
        ),
        published=(Published("test_accuracy", 0.977, 0.98),),
        seeds=3,
    ),
)
