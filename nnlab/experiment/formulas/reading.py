"""Text → formula: the one place where what a person typed is found to be one."""

import functools
from typing import TYPE_CHECKING, Any

from nnlab.experiment.formulas.tree import (
    CONSTANTS,
    FUNCTIONS,
    NEGATIVE,
    VARIABLES,
    Formula,
    in_order,
)
from nnlab.experiment.formulas.values import raw_values

if TYPE_CHECKING:
    from lark import Lark, Token

LONGEST = 80  # characters
_DEEPEST = 16
_LARGEST_NUMBER = 1_000_000
_NUMBER_LENGTH = 12
# Learned from are points on a square of this reach, and a few that stray from it.
REACH = 6.0
_STRAYING = 15.0
LARGEST_INPUT = 1e6
_LARGEST_STRAYING = 1e30

_GRAMMAR = r"""
?start: sum
?sum: product | sum "+" product -> add | sum "-" product -> subtract
?product: signed | product "*" signed -> multiply | product "/" signed -> divide
?signed: power | "-" signed -> negative | "+" signed
?power: atom | atom ("**" | "^") signed -> raised
?atom: NUMBER -> number | NAME -> name | "(" sum ")"
     | NAME "(" sum ("," sum)* ")" -> call
NUMBER: /[0-9]+(\.[0-9]*)?|\.[0-9]+/
NAME: /[a-z_][a-z0-9_]*/
%ignore " "
"""
_OPERATORS = {
    "add": "+", "subtract": "-", "multiply": "*", "divide": "/", "raised": "**",
    "negative": NEGATIVE,
}  # fmt: skip
ALLOWED = (
    f"numbers, x, y, {', '.join(CONSTANTS)}, + - * / ^ ( ) and the functions {', '.join(FUNCTIONS)}"
)


class InvalidFormula(ValueError):
    """What was typed is no formula, with the place and what is allowed."""


@functools.lru_cache(maxsize=512)
def read_formula(text: str) -> Formula:
    """The tree of a formula in x and y, e.g. of `sqrt(x^2 + y^2)`.

    Nothing of the text is ever run: it is taken apart by a grammar, and the tree holds only names
    from a fixed list.

    Raises:
        InvalidFormula: it is too long or too deep, is no formula, or has somewhere no finite
            value; with the position or the place.
    """
    if len(text) > LONGEST:
        raise InvalidFormula(f"is too long: at most {LONGEST} characters (got {len(text):,})")
    _check_characters(text)
    formula = in_order(_tree(_parsed(text.lower())))
    if formula.depth > _DEEPEST:
        raise InvalidFormula(
            f"is nested too deeply: at most {_DEEPEST} levels (got {formula.depth})"
        )
    if formula.constant:
        raise InvalidFormula("must contain x or y; a constant tells nothing of a point")
    _check_constants(formula)
    _check_values(formula)
    return formula


def _check_characters(text: str) -> None:
    for position, character in enumerate(text, start=1):
        if not (character.isascii() and (character.isalnum() or character in " _+-*/^().,")):
            raise _at(position, f"{character!r} is not allowed")


def _at(position: int, what: str) -> InvalidFormula:
    return InvalidFormula(f"character {position}: {what}; allowed are {ALLOWED}")


@functools.cache
def _parser() -> "Lark":
    from lark import Lark  # not needed by most who import this

    return Lark(_GRAMMAR, parser="lalr", propagate_positions=True)


def _parsed(text: str) -> Any:
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    try:
        return _parser().parse(text)
    except UnexpectedCharacters as error:
        raise _at(error.column, f"{text[error.column - 1]!r} is not expected here") from None
    except UnexpectedToken as error:
        if error.token.type == "$END":
            raise _at(len(text) + 1, "the formula ends too early") from None
        position = error.token.column or 1
        hint = ""
        if error.token.type in ("NAME", "LPAR") and position > 1:
            hint = " (write * to multiply)"
        raise _at(position, f"{str(error.token)!r} is not expected here{hint}") from None


def _tree(parsed: Any) -> Formula:
    kind, parts = parsed.data, parsed.children
    if kind == "number":
        return _number(parts[0])
    if kind == "name":
        if parts[0] not in (*VARIABLES, *CONSTANTS):
            raise _unknown(parts[0])
        return Formula(str(parts[0]))
    if kind == "call":
        return _call(parts[0], [_tree(part) for part in parts[1:]])
    if kind == "signed":  # a plus in front
        return _tree(parts[0])
    return Formula(_OPERATORS[kind], tuple(_tree(part) for part in parts))


def _number(token: "Token") -> Formula:
    if len(token) > _NUMBER_LENGTH or float(token) > _LARGEST_NUMBER:
        raise _at(
            token.column or 1,
            f"numbers have at most {_NUMBER_LENGTH} characters and are at most {_LARGEST_NUMBER:,}",
        )
    return Formula("", number=float(token))


def _call(token: "Token", parts: list[Formula]) -> Formula:
    if token not in FUNCTIONS:
        raise _unknown(token)
    wanted = FUNCTIONS[str(token)][1]
    if len(parts) != wanted:
        many = "one value" if wanted == 1 else f"{wanted} values"
        raise _at(token.column or 1, f"{token} takes {many} (got {len(parts)})")
    return Formula(str(token), tuple(parts))


def _unknown(token: "Token") -> InvalidFormula:
    return _at(token.column or 1, f"{str(token)!r} is not known")


def _check_constants(formula: Formula) -> None:
    """Each part without x and y is a number, so that a script computes it as we do."""
    for node in formula.nodes():
        if node.constant and not abs(float(raw_values(node, 0.0, 0.0))) <= _LARGEST_STRAYING:
            raise InvalidFormula("has a part without x and y that is no number, or too large")


def _check_values(formula: Formula) -> None:
    """Tried on a fine grid, with poles of people's formulas on it: tenths and eighths."""
    import numpy as np

    places = np.union1d(np.arange(-150, 151) / 10, np.arange(-120, 121) / 8)
    x, y = places[None, :], places[:, None]
    found = np.broadcast_to(raw_values(formula, x, y), (len(places), len(places)))
    distance = np.maximum(abs(x), abs(y))
    most = np.where(distance <= REACH, LARGEST_INPUT, _LARGEST_STRAYING)
    with np.errstate(invalid="ignore"):
        bad = ~(abs(found) <= most)
    if not bad.any():
        return
    row, column = np.unravel_index(np.argmin(np.where(bad, abs(x) + abs(y), np.inf)), bad.shape)
    value = found[row, column]
    where = f"x = {places[column]:g}, y = {places[row]:g}"
    if np.isfinite(value):
        raise InvalidFormula(
            f"is too large at {where}: {value:.3g}; at most {LARGEST_INPUT:,.0f} is allowed from "
            f"{-REACH:g} to {REACH:g}"
        )
    raise InvalidFormula(
        f"has no finite value at {where}; it needs one from {-_STRAYING:g} to {_STRAYING:g}"
    )
