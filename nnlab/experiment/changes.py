"""Settings that change while a network trains."""

from collections.abc import Sequence
from math import inf
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from nnlab.experiment.base import Settings, bounds
from nnlab.experiment.layers import Dropout
from nnlab.experiment.optimizers import SGD

ChangedName = Literal["learning_rate", "l1", "l2", "dropout", "weight"]
MOST_CHANGES = 200
LARGEST_WEIGHT = 1000.0
# The same as where these settings are made before the training; a test compares them.
RANGES: dict[str, tuple[float, float]] = {
    "learning_rate": bounds(SGD, "learning_rate"),
    "l1": (0.0, 1.0),
    "l2": (0.0, 1.0),
    "dropout": bounds(Dropout, "rate"),
    "weight": (-LARGEST_WEIGHT, LARGEST_WEIGHT),
}
# What the compiled training step has built in, unless it is made to be changed.
DIALS = ("l1", "l2", "dropout")


class Change(Settings):
    """One setting, or one weight, that has another value from a step on.

    Attributes:
        step: how many steps the training has done before; the next one is the first with it.
        field: what changes. "dropout" is the rate of all Dropout layers.
        value: what it is from then on; a weight goes on learning from there.
        layer: for a weight: position among the layers, of which the output is the last.
        unit: for a weight: which unit of that layer, from 0.
        input: for a weight: which of the unit's inputs, from 0; None for its bias.
    """

    step: int = Field(0, ge=0, le=1_000_000_000)
    field: ChangedName
    value: float
    layer: int | None = Field(None, ge=0, le=24, validate_default=True)
    unit: int | None = Field(None, ge=0, le=4095, validate_default=True)
    input: int | None = Field(None, ge=0, le=1_000_000)

    @field_validator("value")
    @classmethod
    def _in_range(cls, value: float, info: ValidationInfo) -> float:
        field = info.data.get("field")
        low, high = RANGES.get(str(field), (-inf, inf))
        if not low <= value <= high:
            raise ValueError(f"must be from {low:,g} to {high:,g} for {named(str(field))}")
        return value + 0.0  # no negative zero

    @field_validator("layer", "unit", "input")
    @classmethod
    def _of_a_weight(cls, value: int | None, info: ValidationInfo) -> int | None:
        field = info.data.get("field")
        if field == "weight" and value is None and info.field_name != "input":
            raise ValueError("must say which one, counted from 0, where a weight changes")
        if field not in ("weight", None) and value is not None:
            raise ValueError(f"must be left out for {named(field)}; only a weight has one")
        return value

    @property
    def target(self) -> tuple[str | int | None, ...]:
        """What changes, whenever that is and whatever it becomes."""
        return (self.field, self.layer, self.unit, self.input)

    @property
    def words(self) -> str:
        """What a mark on a curve says, e.g. `learning rate 0.03`."""
        if self.field == "weight":
            return f"{'bias' if self.input is None else 'weight'} edited"
        return f"{named(self.field)} {self.value:g}"

    @property
    def becomes(self) -> str:
        """What has which value, with all there is to say, counted from 1 as people do."""
        if self.field != "weight":
            return self.words
        assert self.layer is not None
        assert self.unit is not None
        weight = "bias" if self.input is None else f"weight of input {self.input + 1}"
        return f"{weight}, unit {self.unit + 1} of layer {self.layer + 1}: {self.value:g}"

    @property
    def told(self) -> str:
        """The same, and from when on."""
        return f"{self.becomes} from step {self.step + 1:,} on"


def named(field: str) -> str:
    """What may change, as a person writes it."""
    return {"l1": "L1", "l2": "L2"}.get(field, field.replace("_", " "))


def _in_order(changes: tuple[Change, ...] | None) -> tuple[Change, ...] | None:
    """By step; of several of one thing in one step, as of a slider that is drawn, the last counts.

    None at all is as no list.
    """
    if changes is None or not changes:
        return None
    in_steps = sorted(changes, key=lambda change: change.step)
    last = {(change.step, change.target): change for change in in_steps}
    if len(last) > MOST_CHANGES:
        raise ValueError(f"must be {MOST_CHANGES} changes at most")
    return tuple(last.values())


Changes = Annotated[tuple[Change, ...] | None, AfterValidator(_in_order)]


def edits_at(changes: Sequence[Change] | None, step: int) -> tuple[Change, ...]:
    """The weights that are set before the step after `step`."""
    return tuple(c for c in changes or () if c.field == "weight" and c.step == step)


def has_dials(changes: Sequence[Change] | None) -> bool:
    """Whether a penalty or a dropout rate is among what changes."""
    return any(change.field in DIALS for change in changes or ())
