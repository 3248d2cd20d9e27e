"""What is changed by hand while a network trains."""

from typing import Literal

from pydantic import Field

from nnlab.experiment.base import Settings

ChangedField = Literal["learning_rate", "l1", "l2", "dropout", "weight"]


class Change(Settings):
    """One change, made before the step after `step`.

    Attributes:
        step: how many steps were done.
        field: what is set; "dropout" is the rate of all Dropout layers.
        value: to what.
        layer: of a weight: its layer's position, the output layer being the one after the last.
        unit: of a weight: which unit of the layer.
        input: of a weight: which of the layer's inputs; None for the unit's bias.
    """

    step: int = Field(0, ge=0)
    field: ChangedField
    value: float
    layer: int | None = Field(None, ge=0)
    unit: int | None = Field(None, ge=0)
    input: int | None = Field(None, ge=0)
