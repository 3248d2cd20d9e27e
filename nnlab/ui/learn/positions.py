"""Where a lesson's controls stand, as parameters of its link."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nnlab.links.values import number_or_text, write_value

_SWITCH = {"yes": True, "no": False}
_LONGEST = 60


@dataclass(frozen=True)
class Control:
    """One control: a slider from `low` to `high`, one of named `options`, or else a switch."""

    low: float | None = None
    high: float | None = None
    options: tuple[str, ...] = ()

    def parse(self, text: str) -> Any:
        """The position that a link's text says.

        Raises:
            ValueError: it is not allowed; the message says what is.
        """
        if self.options:
            return _one_of({option: option for option in self.options}, text)
        if self.low is None or self.high is None:
            return _one_of(_SWITCH, text)
        number = number_or_text(text.removeprefix("-"))
        if not isinstance(number, str):
            number = -number if text.startswith("-") else number
            if self.low <= number <= self.high:
                return number
        raise ValueError(
            f"must be a number from {self.low:g} to {self.high:g} (got {text[:_LONGEST]!r})"
        )


def positions(
    controls: Mapping[str, Control], values: Mapping[str, Any], defaults: Mapping[str, Any]
) -> dict[str, str]:
    """The controls that do not stand where they do at first, by name, as a link has them."""
    return {
        name: _written(values[name])
        for name in controls
        if name in values and values[name] != defaults.get(name)
    }


def _written(value: Any) -> str:
    # Sliders that step by hundredths come back with the rounding errors of their sums.
    return write_value(round(value, 6) if isinstance(value, float) else value)


def _one_of(known: Mapping[str, Any], text: str) -> Any:
    if text not in known:
        raise ValueError(f"must be one of {', '.join(known)} (got {text[:_LONGEST]!r})")
    return known[text]
