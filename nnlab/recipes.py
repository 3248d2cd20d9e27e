"""Named experiments: a tutorial's network, its published figure, and what it teaches."""

from dataclasses import dataclass

from nnlab.experiment import Dataset, Dense, Dropout, Experiment, Flatten, Training


@dataclass(frozen=True)
class Published:
    """A figure that the tutorial, or common reports of it, give: a range from `low` to `high`."""

    metric: str
    low: float
    high: float

    def __str__(self) -> str:
        low, high = f"{100 * self.low:.1f}", f"{100 * self.high:.1f}"
        return f"{low} %" if low == high else f"{low} to {high} %"


@dataclass(frozen=True)
class Recipe:
    """One click on Home opens `experiment` on the Train page."""

    name: str
    title: str
    summary: str
    teaches: tuple[str, ...]
    experiment: Experiment
    published: Published | None = None


_RECIPES = (
    Recipe(
        name="e-beginner-notebook",
        title="The beginner notebook",
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
        published=Published("test_accuracy", 0.977, 0.98),
    ),
)

RECIPES: dict[str, Recipe] = {recipe.name: recipe for recipe in _RECIPES}
