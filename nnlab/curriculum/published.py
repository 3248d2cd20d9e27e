"""Figures that the tutorials print and that lessons compute anew. No TensorFlow here.

`nnlab.lessons.<lesson>.published_figures()` returns ours, by the same names.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class LessonFigure:
    """One printed number.

    Attributes:
        name: key in the answer of the lesson's `published_figures`.
        words: what it is, for a table.
        published: as printed.
        tolerance: how far ours may be from it: half a unit of the last digit printed, so that
            both are the same when rounded.
    """

    name: str
    words: str
    published: float
    tolerance: float

    def agrees(self, ours: float) -> bool:
        """Whether `ours`, rounded as the tutorial rounds, is the number it prints."""
        # One millionth more, for numbers that stand exactly between two roundings in float32.
        return abs(ours - self.published) <= self.tolerance + 1e-6


_LOSSES = (49.6, 0.718, 0.651, 0.599, 0.559, 0.527, 0.502, 0.482, 0.467, 0.455)

_LINEAR_REGRESSION = (
    LessonFigure("first_dm", "First gradient by the slope, at (1, 0)", -44.36, 0.005),
    LessonFigure("first_db", "First gradient by the intercept, at (1, 0)", -12.75, 0.005),
    LessonFigure("closed_form_slope", "Slope by the closed form", 3.537, 0.0005),
    LessonFigure("closed_form_intercept", "Intercept by the closed form", -1.111, 0.0005),
    LessonFigure("closed_form_loss", "Mean squared error of the closed form", 0.4125, 0.00005),
    *(
        LessonFigure(
            f"loss_{10 * n}",
            f"Loss after {10 * n} steps of gradient descent",
            loss,
            0.05 if loss > 1 else 0.0005,
        )
        for n, loss in enumerate(_LOSSES)
    ),
    LessonFigure("slope_100", "Slope after 100 steps", 3.388, 0.0005),
    LessonFigure("intercept_100", "Intercept after 100 steps", -0.609, 0.0005),
)

_LOGISTIC_ON_500 = (
    LessonFigure("untrained_accuracy", "Accuracy before training", 0.10, 0.005),
    LessonFigure("untrained_loss", "Cross-entropy before training: ln 10", 2.3026, 0.00005),
    LessonFigure("accuracy_900", "Training accuracy after 900 steps", 1.0, 0.0005),
    LessonFigure("loss_900", "Training loss after 900 steps", 0.0886, 0.00005),
    LessonFigure("test_accuracy", "Test accuracy after 1,000 steps", 0.8337, 0.00005),
    LessonFigure("test_loss", "Test loss after 1,000 steps", 0.5398, 0.00005),
)
# On all 60,000 images. It takes minutes, so it is not among those computed anew at a call.
LOGISTIC_ON_ALL = (
    LessonFigure("accuracy_900", "Training accuracy after 900 steps", 0.903, 0.0005),
    LessonFigure("test_accuracy", "Test accuracy after 1,000 steps", 0.9096, 0.00005),
    LessonFigure("test_loss", "Test loss after 1,000 steps", 0.331, 0.0005),
)

LESSON_FIGURES: dict[str, tuple[LessonFigure, ...]] = {
    "linear_regression": _LINEAR_REGRESSION,
    "logistic_regression": _LOGISTIC_ON_500,
}
