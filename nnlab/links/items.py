"""One group of settings as a word: `dense-64-tanh`, `sgd-0.1-momentum:0.9`.

The kind comes first, where there are several; then its main numbers in their order; then words,
each of which can be the value of one field only; then everything else as `field:value`.
"""

import re
from dataclasses import dataclass, field
from typing import Any, get_args

from nnlab.experiment import InvalidExperiment, Problem, Settings
from nnlab.links.values import parse_value, write_value

# A hyphen parts two tokens, but not within `1e-7`.
_PARTING = re.compile(r"(?<![0-9]e)-")
_NUMBER = re.compile(r"[0-9.]")


@dataclass(frozen=True)
class Item:
    """How a group of settings is written.

    Attributes:
        model: the settings.
        name: of the kind; empty where there is only one.
        numbers: fields given by position.
        words: fields whose value tells which field it is.
        always: fields written even where they have their default value.
    """

    model: type[Settings]
    name: str = ""
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    named: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        rest = [f for f in self.model.model_fields if f not in (*self.numbers, *self.words, "type")]
        object.__setattr__(self, "named", tuple(rest))

    def write(self, settings: Settings) -> str:
        """The word for `settings`, which are of this item's model."""
        tokens = [self.name] if self.name else []
        tokens += [write_value(getattr(settings, name)) for name in self._written(settings)]
        tokens += [getattr(settings, name) for name in self.words if self._told(settings, name)]
        tokens += [
            f"{name}:{write_value(getattr(settings, name))}"
            for name in self.named
            if self._told(settings, name)
        ]
        return "-".join(tokens)

    def read(self, tokens: list[str], path: str) -> dict[str, Any]:
        """The fields that the tokens after the name give.

        Raises:
            InvalidExperiment: a token that is not known here, or a field given twice.
        """
        found: dict[str, Any] = {}
        numbers = iter(self.numbers)
        for token in tokens:
            name, text = self._field_of(token, numbers, path)
            if name in found:
                raise refusal(f"{path}.{name}", "is given twice")
            found[name] = parse_value(self.model, name, text, f"{path}.{name}")
        return found

    def _written(self, settings: Settings) -> tuple[str, ...]:
        """The numbers up to the last that has to be told; the first always."""
        told = [i for i, name in enumerate(self.numbers) if self._told(settings, name)]
        return self.numbers[: max([0, *told]) + 1]

    def _told(self, settings: Settings, name: str) -> bool:
        default = self.model.model_fields[name].default
        return name in self.always or getattr(settings, name) != default

    def _field_of(self, token: str, numbers: Any, path: str) -> tuple[str, str]:
        name, colon, text = token.partition(":")
        if colon and name in (*self.numbers, *self.words, *self.named):
            return name, text
        for known in self.words:
            if token in _options(self.model, known):
                return known, token
        if _NUMBER.match(token):
            name = next(numbers, "")
            if name:
                return name, token
        raise refusal(path, f"{token[:40]!r} is not known here; allowed: {self._allowed()}")

    def _allowed(self) -> str:
        parts = [f"a number for {name}" for name in self.numbers]
        parts += [" or ".join(_options(self.model, name)) for name in self.words]
        parts += [f"{name}:…" for name in self.named]
        return "; ".join(parts) or "nothing more"


def tokens_of(text: str) -> list[str]:
    """The parts of an item's word."""
    return _PARTING.split(text)


def refusal(path: str, message: str) -> InvalidExperiment:
    """One problem as an exception."""
    return InvalidExperiment([Problem(path, message)])


def _options(model: type[Settings], name: str) -> tuple[str, ...]:
    return get_args(model.model_fields[name].annotation)
