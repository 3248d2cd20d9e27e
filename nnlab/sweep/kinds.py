"""What kind of value a setting takes, read from the fields of the Experiment model."""

from dataclasses import dataclass
from math import isfinite
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from nnlab.datasets import TITLES
from nnlab.experiment import Experiment
from nnlab.sweep.axis import ADDED_LAYER

_DATA_SET = "dataset.name"  # to the Experiment any name; there are only so many


@dataclass(frozen=True)
class Kind:
    """The values of a setting.

    Attributes:
        types: among int, float, bool, str and NoneType.
        words: texts that are allowed, where only these are.
    """

    types: frozenset[type]
    words: tuple[str, ...] = ()

    @property
    def number(self) -> bool:
        """Whether a number is allowed."""
        return bool(self.types & {int, float})

    @property
    def whole(self) -> bool:
        """Whether a number must be a whole one."""
        return int in self.types and float not in self.types

    @property
    def allowed(self) -> str:
        """What is told about it, e.g. `a whole number or full`."""
        numbers = ["a whole number" if self.whole else "a number"] if self.number else []
        switch = ["on", "off"] if bool in self.types else []
        text = ["a name"] if str in self.types else []
        none = ["none"] if NoneType in self.types else []
        every = [*numbers, *switch, *text, *self.words, *none]
        return " or ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)

    def read(self, value: Any) -> Any:
        """`value` as the setting has it: 8 for 8.0 where whole numbers are asked for.

        Raises:
            ValueError: it is not of this kind.
        """
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self._number(value)
        known = value in self.words if isinstance(value, str) else False
        if known or type(value) in self.types:
            return value
        raise ValueError

    def _number(self, value: int | float) -> int | float:
        fits = self.number and isfinite(value)
        if not fits or (self.whole and value != int(value)):
            raise ValueError
        if {int, float} <= self.types:  # a share or a count: they are told apart by the point
            return value
        return int(value) if self.whole else float(value)


def kind_of(path: str) -> Kind | None:
    """The kind of the setting at `path`, whatever experiment has it; None where none has."""
    if path == ADDED_LAYER:
        return Kind(frozenset({int}))
    if path == _DATA_SET:
        return Kind(frozenset(), tuple(TITLES))
    found: list[Any] = [Experiment]
    for part in path.split("."):
        if not part.isdigit():  # the number of a layer: all layers are open already
            found = [leaf for model in found for leaf in _of_field(model, part)]
    types = frozenset(leaf for leaf in found if leaf in (int, float, bool, str, NoneType))
    words = tuple(dict.fromkeys(leaf for leaf in found if isinstance(leaf, str)))
    return Kind(types, words) if types or words else None


def _of_field(model: Any, name: str) -> list[Any]:
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    field = model.model_fields.get(name)
    return [] if field is None else _leaves(field.annotation)


def _leaves(annotation: Any) -> list[Any]:
    """Types and literal words that a field's annotation is made of."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return list(parts)
    if origin is Annotated:
        return _leaves(parts[0])
    if not parts:
        return [annotation]
    return [leaf for part in parts if part is not ... for leaf in _leaves(part)]
