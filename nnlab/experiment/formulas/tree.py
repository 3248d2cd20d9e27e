"""A formula as a tree, and the tree as text: for people, and as NumPy code."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

# Name to NumPy's name and the number of arguments.
FUNCTIONS: dict[str, tuple[str, int]] = {
    "sin": ("sin", 1),
    "cos": ("cos", 1),
    "tan": ("tan", 1),
    "tanh": ("tanh", 1),
    "exp": ("exp", 1),
    "log": ("log", 1),
    "sqrt": ("sqrt", 1),
    "abs": ("abs", 1),
    "sign": ("sign", 1),
    "min": ("minimum", 2),
    "max": ("maximum", 2),
    "atan2": ("arctan2", 2),
}
VARIABLES = ("x", "y")
CONSTANTS = ("pi", "e")
NEGATIVE = "neg"
# Operator to how tightly it binds; a sign stands between product and power.
BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, NEGATIVE: 3, "**": 4}
_ATOM = 5
_COMMUTATIVE = ("+", "*", "min", "max")


@dataclass(frozen=True)
class Formula:
    """A node: an operator or function of `parts`, a name, or, with an empty `name`, a number."""

    name: str
    parts: tuple["Formula", ...] = ()
    number: float = 0.0

    @property
    def depth(self) -> int:
        """Nodes from here down to the furthest leaf."""
        return 1 + max((part.depth for part in self.parts), default=0)

    @property
    def constant(self) -> bool:
        """Whether neither x nor y is in it."""
        return self.name not in VARIABLES and all(part.constant for part in self.parts)

    def nodes(self) -> Iterator["Formula"]:
        """This one and all below it."""
        yield self
        for part in self.parts:
            yield from part.nodes()


def in_order(formula: Formula) -> Formula:
    """The same with the two sides of a sum or product in one order: `y*x` becomes `x*y`.

    Only where that changes no bit of the result and needs no brackets.
    """
    parts = tuple(map(in_order, formula.parts))
    binding = BINDING.get(formula.name, 0)
    loose = any(BINDING.get(part.name, _ATOM) <= binding for part in parts)
    if formula.name in _COMMUTATIVE and not loose:
        parts = tuple(sorted(parts, key=formula_text))
    return Formula(formula.name, parts, formula.number)


def formula_text(formula: Formula) -> str:
    """As a person writes it, with no bracket too many: the one text of equal trees."""
    return _write(formula, code=False)


def formula_code(formula: Formula) -> str:
    """An expression of NumPy in float arrays `x` and `y`."""
    return _write(formula, code=True)


def _write(formula: Formula, *, code: bool) -> str:
    name, parts = formula.name, formula.parts
    if not name:
        return _number(formula.number, code=code)
    if name in FUNCTIONS:
        called = f"np.{FUNCTIONS[name][0]}" if code else name
        inner = ", " if code else ","
        return f"{called}({inner.join(_write(part, code=code) for part in parts)})"
    if not parts:
        return f"np.{name}" if code and name in CONSTANTS else name
    if name == NEGATIVE:
        return f"-{_side(parts[0], BINDING[name], code=code)}"
    # Powers group from the right, all else from the left.
    tight = BINDING[name]
    left = _side(parts[0], tight + (name == "**"), code=code)
    # A sign in front of the right side of `*` or `+` would read as an operator.
    right = _side(parts[1], tight if name == "**" else tight + 1, code=code)
    if parts[1].name == NEGATIVE and not right.startswith("("):
        right = f"({right})"
    between = f" {name} " if code and name != "**" else name
    return f"{left}{between}{right}"


def _side(formula: Formula, least: int, *, code: bool) -> str:
    text = _write(formula, code=code)
    return text if _binding(formula) >= least else f"({text})"


def _binding(formula: Formula) -> int:
    return BINDING.get(formula.name, _ATOM)


def _number(value: float, *, code: bool) -> str:
    if code:
        return repr(value)
    text = format(Decimal(repr(value)), "f")
    return text.removesuffix(".0")
