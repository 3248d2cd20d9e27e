"""Curves over the strength of a change of the test images."""

from collections.abc import Sequence
from dataclasses import dataclass

from nnlab.analysis.changes import KINDS, Change, Kind, strengths
from nnlab.figures.palette import class_colour
from nnlab.figures.what_if import Series, accuracy_curves
from nnlab.ui.what_if.curves import from_to, show_curve
from nnlab.ui.what_if.subject import Subject
from nnlab.ui.what_if.work import Work
from nnlab.work.what_if import Question

TITLES: dict[Kind, str] = {
    "noise": "Noise",
    "rotation": "Rotation",
    "shift": "Shift",
    "blur": "Blur",
    "contrast": "Contrast",
}


@dataclass(frozen=True)
class ImageCurve:
    """One kind of change for one network; `words` says which network where there are two."""

    subject: Subject
    kind: Kind
    words: str

    @property
    def name(self) -> str:
        """For the legend."""
        return f"{TITLES[self.kind]}{self.words}"

    def strengths(self) -> list[float]:
        """Of its points."""
        return strengths(self.kind, self.subject.side).tolist()

    def questions(self) -> list[Question]:
        """All that it needs, a question a point."""
        return [self.question(strength) for strength in self.strengths()]

    def question(self, strength: float) -> Question:
        """What is asked at a strength; the noise is the run's seed's."""
        seed = self.subject.run.experiment.training.seed
        return Question(change=Change(self.kind, strength, seed) if strength else None)

    def known(self) -> list[tuple[float, float]]:
        """Strengths and accuracies, as far as they are known."""
        pairs = zip(self.strengths(), self.questions(), strict=True)
        said = [(strength, self.subject.known(question)) for strength, question in pairs]
        return [(strength, self.subject.accuracy(one)) for strength, one in said if one]


def strength_words(kind: Kind, strength: float) -> str:
    """A strength as a person says it."""
    match kind:
        case "noise":
            return f"noise of {strength:.2f}"
        case "rotation":
            return f"turned by {strength:.0f}°"
        case "shift":
            return f"moved by {strength:.2g} pixels"
        case "blur":
            return f"blurred by {strength:.2g} pixels"
    return f"{100 * (1 - strength):.0f} % contrast".replace("-", "−")


# What the strength of each kind is, for an axis of its own.
AXES: dict[Kind, str] = {
    "noise": "Standard deviation of the noise (a pixel runs from 0 to 1)",
    "rotation": "Degrees",
    "shift": "Pixels",
    "blur": "Standard deviation of the blur, pixels",
    "contrast": "Contrast taken away (1: none is left, 2: the negative)",
}


def short_words(kind: Kind, strength: float) -> str:
    """A strength under a small image."""
    match kind:
        case "noise":
            return f"{strength:.2f}"
        case "rotation":
            return f"{strength:.0f}°"
        case "shift" | "blur":
            return f"{strength:.2g} px"
    return f"{100 * (1 - strength):.0f} %".replace("-", "−")


def image_chart(curves: Sequence[ImageCurve], at: int, work: Work) -> None:
    """All curves in one chart, with point `at` of the first one marked."""
    kinds = {curve.kind for curve in curves}
    strongest = curves[0].strengths()[-1]
    most = strongest if len(kinds) == 1 else 1.0  # several kinds share an axis of shares
    series = [_series(curve, curves, most, at if not number else None)
              for number, curve in enumerate(curves)]  # fmt: skip
    x_name = f"How much, as a share of the most ({strength_words(curves[0].kind, strongest)})"
    if len(kinds) == 1:
        x_name = AXES[curves[0].kind]
    figure = accuracy_curves(
        "Accuracy on changed images", x_name, most, series, x_percent=len(kinds) > 1
    )
    alt = " ".join(from_to(one.name, one.y) for one in series)
    show_curve(figure, work, _table(curves), "images", alt)


def _series(curve: ImageCurve, curves: Sequence[ImageCurve], most: float, at: int | None) -> Series:
    known, all_strengths = curve.known(), curve.strengths()
    marked = None
    if at is not None:
        marked = next((n for n, (s, _) in enumerate(known) if s == all_strengths[at]), None)
    return Series(
        name=curve.name,
        x=[most * strength / all_strengths[-1] for strength, _ in known],
        y=[accuracy for _, accuracy in known],
        words=[strength_words(curve.kind, strength) for strength, _ in known],
        colour=class_colour(KINDS.index(curve.kind)),
        dash="solid" if curve.subject is curves[0].subject else "dash",
        marked=marked,
    )


def _table(curves: Sequence[ImageCurve]) -> dict[str, list[object]]:
    rows = [
        (curve.name, strength_words(curve.kind, strength), accuracy, len(curve.subject.numbers))
        for curve in curves
        for strength, accuracy in curve.known()
    ]
    names = ("Curve", "Strength", "Accuracy", "Images")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}
