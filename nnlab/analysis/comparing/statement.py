"""What a comparison of two settings comes to, in words. Names are Markdown, as given."""

from dataclasses import dataclass

from nnlab.analysis.comparing.significance import ALPHA, LEAST_SEEDS, Comparison, Verdict

EXPLAINED = (
    "Welch's t-test asks how often seeds alone, scattering as they do here, would set two equal "
    f"settings at least this far apart; below {100 * ALPHA:.0f} % the difference is called more "
    "than seed noise."
)
_FEW = 3  # seeds, up to which a test is told to be rough


@dataclass(frozen=True)
class Figure:
    """What is compared; a `share` of 1 is told as a percentage, differences of it in points."""

    name: str
    share: bool
    more_is_better: bool

    def told(self, value: float) -> str:
        """A value: `97.10 %`, or `0.1234`."""
        return f"{100 * value:.2f} %" if self.share else f"{value:.4f}"

    def apart(self, difference: float) -> str:
        """A difference: `1.20 points`, or `0.1234`."""
        return f"{100 * difference:.2f} points" if self.share else f"{difference:.4f}"

    def better(self, value: float, than: float) -> bool:
        """Whether one value is better than another."""
        return value > than if self.more_is_better else value < than


ACCURACY = Figure("test accuracy", True, True)
LOSS = Figure("test loss", False, False)
ERROR = Figure("test error", False, False)


def statement(first: str, second: str, compared: Comparison, figure: Figure) -> str:
    """Whether two settings differ by more than their seeds do, and how sure that is.

    Args:
        first, second: the settings' names, as `compared` takes them.
        compared: second less first.
        figure: what was compared.
    """
    higher, lower = (second, first) if compared.difference >= 0 else (first, second)
    by = f"by {figure.apart(abs(compared.difference))}"
    ahead = f"**{higher}** has the higher {figure.name}, {by}"
    match compared.verdict:
        case Verdict.TOO_FEW:
            return f"{ahead} over **{lower}**. {_too_few(first, second, compared.counts)}"
        case Verdict.NO_NOISE:
            return _no_noise(higher, lower, compared, figure)
        case _:
            return f"{_seeds(compared.counts)}, {ahead} over **{lower}**{_tested(compared, figure)}"


def _too_few(first: str, second: str, counts: tuple[int, int]) -> str:
    if max(counts) < LEAST_SEEDS:
        return (
            "With one run each, noise cannot be judged: other seeds might turn it round. "
            "Repeat both over several seeds."
        )
    name = first if counts[0] < LEAST_SEEDS else second
    return f"**{name}** has one run only, so noise cannot be judged. Repeat it over several seeds."


def _no_noise(higher: str, lower: str, compared: Comparison, figure: Figure) -> str:
    same = f"{_seeds(compared.counts)}, all of a setting gave the same {figure.name}"
    if compared.difference == 0:
        return f"{same}, and both settings the same."
    by = figure.apart(abs(compared.difference))
    return (
        f"{same}, so there is no noise to test against: **{higher}** is above **{lower}** by {by}."
    )


def _tested(compared: Comparison, figure: Figure) -> str:
    low, high, p = compared.low, compared.high, compared.p
    assert low is not None
    assert high is not None
    assert p is not None
    if compared.difference < 0:
        low, high = -high, -low
    interval = f" (95 % interval {_signed(low, figure)} to {_signed(high, figure)})"
    often = f"Seeds alone would give at least this in {chance(p)} of cases"
    if compared.verdict is Verdict.MORE:
        return f"{interval}. {often}: **more than seed noise**.{_rough(compared.counts)}"
    least = figure.apart(compared.told_apart or 0.0)
    return (
        f"{interval}. {often}: **not more than seed noise**. These seeds tell differences from "
        f"about {least} on; a smaller one may be there all the same."
    )


def _rough(counts: tuple[int, int]) -> str:
    if min(counts) > _FEW:
        return ""
    return f" {min(counts)} seeds say little about how much they scatter: more make it surer."


def chance(p: float) -> str:
    """A p-value in percent: `3.1 %`, `less than 0.1 %`."""
    if p < 0.001:
        return "less than 0.1 %"
    return f"{100 * p:.1f} %" if p < 0.0995 else f"{100 * p:.0f} %"


def _signed(value: float, figure: Figure) -> str:
    sign = "−" if value < 0 else ""
    return sign + (f"{100 * abs(value):.2f}" if figure.share else f"{abs(value):.4f}")


def _seeds(counts: tuple[int, int]) -> str:
    if counts[0] == counts[1]:
        return f"With {counts[0]} seeds each"
    return f"With {counts[0]} and {counts[1]} seeds"
