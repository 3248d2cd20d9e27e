"""What every settings class has in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class AddedLater:
    """Marks an optional field that came when figures were stored by fingerprint already.

    While it is None, `known_settings` leaves it out, so that older fingerprints stay as they are.
    """


class Settings(BaseModel):
    """A frozen, validated group of settings. Unknown fields are refused, not dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def known_settings(settings: Settings) -> dict[str, Any]:
    """All fields as JSON has them, without those `AddedLater` that are None."""
    data = settings.model_dump(mode="json")
    for name, field in type(settings).model_fields.items():
        value = getattr(settings, name)
        if isinstance(value, Settings):
            data[name] = known_settings(value)
        elif isinstance(value, tuple):
            data[name] = [known_settings(v) if isinstance(v, Settings) else v for v in value]
        elif value is None and any(isinstance(mark, AddedLater) for mark in field.metadata):
            del data[name]
    return data


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
