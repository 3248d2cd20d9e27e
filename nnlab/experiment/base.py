"""What every settings class has in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Settings(BaseModel):
    """A frozen, validated group of settings. Unknown fields are refused, not dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def bounds(model: type[BaseModel], field: str) -> tuple[Any, Any]:
    """Smallest and largest allowed value of a numeric field, None where it has no bound.

    Forms read their limits from here, so that a limit is written down once.

    Raises:
        KeyError: the model has no such field.
    """
    low = high = None
    for rule in model.model_fields[field].metadata:
        low = getattr(rule, "ge", getattr(rule, "gt", low))
        high = getattr(rule, "le", getattr(rule, "lt", high))
    return low, high
