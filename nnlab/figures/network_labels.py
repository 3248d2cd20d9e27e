"""The words above and below each layer of a network picture."""

from math import erf, exp, log1p, tanh

from nnlab.architecture import activation_name
from nnlab.experiment import (
    Conv2D,
    Dense,
    Dropout,
    MaxPooling2D,
    Output,
    Settings,
)
from nnlab.figures.network_shapes import Cell
from nnlab.figures.svg import element, text

_NAMES = {"BatchNormalization": "BatchNorm"}
_BADGE_WIDTH, _BADGE_HEIGHT = 20, 14
_REACH = 3.0

_FORMULAS = {
    "linear": lambda x: x,
    "relu": lambda x: max(x, 0.0),
    "leaky_relu": lambda x: x if x > 0 else 0.2 * x,
    "elu": lambda x: x if x > 0 else exp(x) - 1,
    "selu": lambda x: 1.0507 * (x if x > 0 else 1.67326 * (exp(x) - 1)),
    "gelu": lambda x: x * (1 + erf(x / 2**0.5)) / 2,
    "silu": lambda x: x / (1 + exp(-x)),
    "sigmoid": lambda x: 1 / (1 + exp(-x)),
    "tanh": tanh,
    "softplus": lambda x: log1p(exp(x)),
}


def count(parameters: int) -> str:
    """A number of parameters in words: none, one, or 100,480."""
    if parameters == 0:
        return "no parameters"
    return "1 parameter" if parameters == 1 else f"{parameters:,} parameters"


def heading(cell: Cell, y: float) -> str:
    """Name, size and activation, from the baseline `y` downwards."""
    settings = cell.layer.settings if cell.layer else None
    lines = [text(cell.x, y, _NAMES.get(cell.type, cell.type), font_size=15, font_weight=600)]
    size = _size(cell, settings)
    if size:
        lines.append(text(cell.x, y + 19, size, fill_opacity=0.85))
    activation = getattr(settings, "activation", None)
    if activation:
        lines.append(_activation(cell, y + (37 if size else 19), activation))
    return "".join(lines)


def caption(cell: Cell, y: float) -> str:
    """Output shape and parameters, from the baseline `y` downwards."""
    if cell.layer is None:
        return text(cell.x, y, _shape(cell), font_weight=600)
    if cell.shape is None:
        words = "needs mending" if cell.layer.problem else "not known yet"
        return text(cell.x, y, words, fill_opacity=1 if cell.layer.problem else 0.6)
    parameters = cell.layer.parameters
    return text(cell.x, y, _shape(cell), font_weight=600) + text(
        cell.x, y + 18, _brief(parameters), font_size=12, fill_opacity=0.85 if parameters else 0.65
    )


def _brief(parameters: int) -> str:
    """Short enough to stand under its layer."""
    return f"{parameters / 1e6:.2f} M parameters" if parameters >= 1e6 else count(parameters)


def _shape(cell: Cell) -> str:
    return " × ".join(f"{size:,}" for size in cell.shape or ())


def _size(cell: Cell, settings: Settings | None) -> str:
    match settings:
        case Dense():
            return _plural(settings.units, "unit")
        case Conv2D():
            return f"{_plural(settings.filters, 'filter')} {_by(settings.kernel_size)}"
        case MaxPooling2D():
            return f"largest of {_by(settings.pool_size)}"
        case Dropout():
            return f"drops {settings.rate * 100:.3g} %"
        case Output() if cell.shape:
            return "a number" if cell.shape[0] == 1 else f"{cell.shape[0]:,} classes"
    return _other_size(cell)


def _other_size(cell: Cell) -> str:
    names = {"Flatten": "one long row", "BatchNormalization": "mean 0, spread 1"}
    if cell.type == "Input":
        return "one image" if cell.kind == "image" else "one example"
    return names.get(cell.type, "")


def _plural(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _by(size: int) -> str:
    return f"{size}×{size}"


def _activation(cell: Cell, y: float, name: str) -> str:
    """The curve of an activation and its name beside it, together centred on the cell."""
    words = activation_name(name)
    left = cell.x - (_BADGE_WIDTH + 6 + 6.6 * len(words)) / 2
    label = text(left + _BADGE_WIDTH + 6, y, words, text_anchor="start", fill_opacity=0.85)
    return _badge(left, y - 11, name) + label


def _badge(left: float, top: float, name: str) -> str:
    if name == "softmax":
        return _bars(left, top)
    formula = _FORMULAS[name]
    xs = [-_REACH + _REACH * i / 8 for i in range(17)]
    ys = [formula(x) for x in xs]
    low, span = min(ys), max(ys) - min(ys)
    places = " ".join(
        f"{left + _BADGE_WIDTH * (x + _REACH) / (2 * _REACH):.1f},"
        f"{top + _BADGE_HEIGHT * (1 - (y - low) / span):.1f}"
        for x, y in zip(xs, ys, strict=True)
    )
    return element("polyline", points=places, fill="none", stroke="currentColor", stroke_width=1.6)


def _bars(left: float, top: float) -> str:
    heights = (4, 14, 2, 7)
    return "".join(
        element("rect", x=left + 5 * i, y=top + _BADGE_HEIGHT - height, width=3.4, height=height,
                fill="currentColor")
        for i, height in enumerate(heights)
    )  # fmt: skip
