"""A prediction and what came of it, in words (Markdown)."""

from collections.abc import Mapping, Sequence

from nnlab.analysis.comparing.expectation import NO_DIFFERENCE, Expectation, outcome
from nnlab.datasets.catalog import Figure
from nnlab.ui.compare.by_figure import COMPARED

SAME = "No difference beyond seed noise"

Names = Mapping[str, str]


def best_words(figure: Figure, of_two: bool) -> str:
    """What the best one has: `highest test accuracy`, of two the `lower test error`."""
    compared = COMPARED[figure]
    more = ("higher", "highest") if compared.more_is_better else ("lower", "lowest")
    return f"{more[0 if of_two else 1]} {compared.name}"


def known_words(known: int) -> str:
    """When it was stated."""
    if known == 0:
        return "before any result"
    return f"when {known} {'result was' if known == 1 else 'results were'} known"


def predicted(expected: Expectation, names: Names, figure: Figure) -> str:
    """The prediction itself; `names` are those of the settings by key."""
    if expected.best == NO_DIFFERENCE:
        return f"{SAME}."
    said = _margin(expected)
    by = "" if said is None else f", by about {said}" + (" points" if expected.points else "")
    return f"**{names[expected.best]}** will have the {best_words(figure, False)}{by}."


def came(
    expected: Expectation, results: Mapping[str, Sequence[float]], names: Names, figure: Figure
) -> str:
    """What came of it, by the results of each setting."""
    compared = COMPARED[figure]
    found = outcome(expected, results, compared.more_is_better)
    if found.kind == "open" or found.best is None or found.compared is None:
        return ":material/hourglass_empty: Open until each setting has two seeds that have ended."
    by = compared.apart(abs(found.compared.difference))
    side = "above" if found.compared.difference > 0 else "below"
    if expected.best == NO_DIFFERENCE:
        mean = "highest" if compared.more_is_better else "lowest"
        return _no_difference(found.kind == "right", f"**{names[found.best]}** has the {mean}", by)
    if found.kind == "right":
        return f":material/check: It has, by {by}{_said(expected)}, more than seed noise."
    if found.kind == "wrong":
        return (
            f":material/close: **{names[found.best]}** has it; yours is {by} {side} the best "
            "other one, more than seed noise."
        )
    return (
        f":material/question_mark: Not shown: it is {by} {side} the best other one"
        f"{_said(expected)}, which seeds alone could do."
    )


def _no_difference(right: bool, ahead: str, by: str) -> str:
    if right:
        told = ":material/check: The test agrees: no two settings differ by more than seed noise."
    else:
        told = ":material/close: Settings do differ by more than seed noise."
    return f"{told} {ahead} mean, by {by}."


def _said(expected: Expectation) -> str:
    said = _margin(expected)
    return "" if said is None else f" (you said {said})"


def _margin(expected: Expectation) -> str | None:
    if expected.points is not None:
        return f"{expected.points:.1f}"
    return None if expected.error is None else f"{expected.error:.3f}"
