"""One setting that a sweep varies, and the values that it may take."""

from typing import Annotated

from pydantic import Field, model_validator

from nnlab.experiment import Settings, setting_label

MOST_VALUES = 60
# Units of one more Dense layer behind the last one, before the output; 0 adds none.
ADDED_LAYER = "added_layer"

Value = Annotated[bool | int | float | str | None, Field(union_mode="smart")]


class Axis(Settings):
    """Either a list of `values`, or a range from `low` to `high`.

    Attributes:
        path: dotted, as `with_settings` takes it, or `ADDED_LAYER`.
        values: what it may be; None for a range.
        low, high: ends of the range, both included.
        log: the range is drawn evenly in its logarithm: 0.001 to 0.01 as often as 0.01 to 0.1.
        whole: whole numbers only.
    """

    path: str = Field(min_length=1, max_length=80, pattern=r"^[a-z0-9_.]+$")
    values: tuple[Value, ...] | None = Field(None, min_length=1, max_length=MOST_VALUES)
    low: float | None = None
    high: float | None = None
    log: bool = False
    whole: bool = False

    @model_validator(mode="after")
    def _one_of_both(self) -> "Axis":
        is_range = self.low is not None and self.high is not None
        if is_range == (self.values is not None):
            raise ValueError("needs a list of values, or the two ends of a range")
        if self.low is not None and self.high is not None:
            if not self.low < self.high:
                raise ValueError("the first end of a range must be smaller than the second")
            if self.log and self.low <= 0:
                raise ValueError('with "log" both ends of a range must be above 0')
        if self.values is not None and len(set(map(repr, self.values))) < len(self.values):
            raise ValueError("names a value twice")
        return self


def axis_label(path: str) -> str:
    """What the setting is called, e.g. `Layer 2 units`."""
    return "Added layer units" if path == ADDED_LAYER else setting_label(path)


def shown(value: Value) -> str:
    """A value as a table tells it, with four digits where it was drawn from a range."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
