"""A network of 2, 3 and 1 units with values forward and gradients backward, as SVG."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nnlab.figures import palette
from nnlab.figures.svg import element, text

# What is shown from which stage on.
STAGES = (
    "inputs", "hidden sums", "hidden activations", "output", "loss",
    "gradient of the output", "gradients of the upper weights", "gradients of the hidden sums",
    "gradients of the lower weights",
)  # fmt: skip
SUMS, HIDDEN, OUTPUT, LOSS, BACK_OUTPUT, BACK_UPPER, BACK_HIDDEN, BACK_LOWER = range(1, 9)

_WIDTH, _HEIGHT, _RADIUS = 540, 350, 27
_INPUTS = ((40.0, 112.0), (40.0, 232.0))
_HIDDENS = ((262.0, 56.0), (262.0, 172.0), (262.0, 288.0))
_OUTPUT = (424.0, 172.0)
_LOSS = (510.0, 172.0)


@dataclass(frozen=True)
class _Look:
    """Where on its link a label stands, and from which stages on the link is coloured."""

    share: float
    forward: int
    back: int


_LOWER, _UPPER = _Look(0.66, SUMS, BACK_LOWER), _Look(0.47, OUTPUT, BACK_UPPER)
_VALUE, _GRADIENT = palette.BLUE, palette.VERMILLION


@dataclass(frozen=True)
class Weights:
    """The 13 parameters, or their gradients, by where they stand in the picture.

    `lower` by input and hidden unit, `upper` by hidden unit.
    """

    lower: tuple[tuple[float, ...], tuple[float, ...]]
    hidden_bias: tuple[float, ...]
    upper: tuple[float, ...]
    output_bias: float

    @classmethod
    def of(cls, row: Sequence[float]) -> "Weights":
        """From the flat row of 13 in which the lesson keeps them."""
        row = [float(value) for value in row]
        return cls(
            (tuple(row[0:3]), tuple(row[3:6])), tuple(row[6:9]), tuple(row[9:12]), row[12]
        )  # fmt: skip


def backpropagation_svg(
    inputs: tuple[float, float],
    target: float,
    parameters: Sequence[float],
    passes: Mapping[str, Any],
    stage: int,
) -> str:
    """The network as far as `stage` (a position in `STAGES`) has come.

    Args:
        inputs: x1 and x2.
        target: what the output should be.
        parameters: 13 numbers: W1 (2, 3), b1 (3,), W2 (3, 1), b2 (1,), row by row.
        passes: `z`, `h`, `dz` (3,), `y`, `loss`, `dy` and `by_hand` (13,).
        stage: 0 to 8.
    """
    weights, gradients = Weights.of(parameters), Weights.of(passes["by_hand"])
    parts = [
        *_links(weights, gradients, stage),
        *_input_nodes(inputs),
        *_hidden_nodes(weights, gradients, passes, stage),
        _output_node(weights, gradients, passes, stage),
        _loss_node(target, passes, stage),
    ]
    label = f"Network of 2, 3 and 1 units, shown up to the {STAGES[stage]}"
    return element(
        "svg",
        *parts,
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        width="100%",
        role="img",
        aria_label=label,
        font_size=13,
        text_anchor="middle",
    )


def number(value: float) -> str:
    """Three decimals, a true minus sign."""
    return f"{value:.3f}".replace("-", "−")


def _links(weights: Weights, gradients: Weights, stage: int) -> list[str]:
    """All lines, then all their labels: no line crosses a number."""
    lines, labels = [], []
    for j, hidden in enumerate(_HIDDENS):
        ends = [
            (start, hidden, _LOWER, weights.lower[i][j], gradients.lower[i][j])
            for i, start in enumerate(_INPUTS)
        ]
        ends.append((hidden, _OUTPUT, _UPPER, weights.upper[j], gradients.upper[j]))
        for start, end, look, weight, slope in ends:
            gradient = slope if stage >= look.back else None
            lines.append(_link(start, end, stage >= look.forward, gradient))
            labels.append(_link_label(start, end, look.share, weight, gradient))
    return [*lines, _loss_link(stage), *labels]


def _loss_link(stage: int) -> str:
    return _link(_OUTPUT, _LOSS, stage >= LOSS, 1.0 if stage >= BACK_OUTPUT else None)


def _link(
    start: tuple[float, float], end: tuple[float, float], lit: bool, gradient: float | None
) -> str:
    """Grey before its turn, blue once a value went through, red once a gradient came back."""
    colour = palette.NEUTRAL if not lit else _VALUE if gradient is None else _GRADIENT
    return element(
        "path",
        d=f"M{start[0]:g} {start[1]:g}L{end[0]:g} {end[1]:g}",
        stroke=colour,
        stroke_width=2 if lit else 1,
        opacity=0.75 if lit else 0.4,
    )


def _link_label(
    start: tuple[float, float],
    end: tuple[float, float],
    share: float,
    weight: float,
    gradient: float | None,
) -> str:
    """The weight on its link, its gradient below it; on a halo of the page's own colour."""
    x, y = (a + share * (b - a) for a, b in zip(start, end, strict=True))
    parts = [_haloed(x, y - 1 if gradient is not None else y + 4, f"w {number(weight)}")]
    if gradient is not None:
        parts.append(_haloed(x, y + 13, f"∂ {number(gradient)}", fill=_GRADIENT, font_weight=600))
    return "".join(parts)


def _haloed(x: float, y: float, words: str, **attributes: str | float) -> str:
    """Text that stays readable across lines."""
    halo = "paint-order:stroke;stroke:var(--st-background-color);stroke-width:5px"
    return text(x, y, words, style=halo, font_size=11.5, **attributes)


def _input_nodes(inputs: tuple[float, float]) -> list[str]:
    names = ("x₁", "x₂")
    return [
        _node(place, name, number(value))
        for place, name, value in zip(_INPUTS, names, inputs, strict=True)
    ]


def _hidden_nodes(
    weights: Weights, gradients: Weights, passes: Mapping[str, Any], stage: int
) -> list[str]:
    parts = []
    for j, place in enumerate(_HIDDENS):
        bias, bias_gradient = weights.hidden_bias[j], gradients.hidden_bias[j]
        value = passes["h" if stage >= HIDDEN else "z"][j] if stage >= SUMS else None
        name = f"{'h' if stage >= HIDDEN else 'z'}{'₁₂₃'[j]}"
        gradient = f"∂z {number(passes['dz'][j])}" if stage >= BACK_HIDDEN else ""
        parts.append(_node(place, name, "" if value is None else number(value), gradient))
        parts.append(_bias(place, bias, bias_gradient, stage, BACK_LOWER))
    return parts


def _output_node(
    weights: Weights, gradients: Weights, passes: Mapping[str, Any], stage: int
) -> str:
    value = number(passes["y"]) if stage >= OUTPUT else ""
    gradient = f"∂y {number(passes['dy'])}" if stage >= BACK_OUTPUT else ""
    bias = _bias(_OUTPUT, weights.output_bias, gradients.output_bias, stage, BACK_UPPER)
    return _node(_OUTPUT, "y", value, gradient) + bias


def _bias(place: tuple[float, float], bias: float, gradient: float, stage: int, since: int) -> str:
    """Under a node: its bias, and that one's gradient from stage `since` on."""
    x, y = place
    parts = [_haloed(x, y + _RADIUS + 13, f"b {number(bias)}")]
    if stage >= since:
        shown = f"∂ {number(gradient)}"
        parts.append(_haloed(x, y + _RADIUS + 27, shown, fill=_GRADIENT, font_weight=600))
    return "".join(parts)


def _loss_node(target: float, passes: Mapping[str, Any], stage: int) -> str:
    x, y = _LOSS
    parts = [
        _haloed(x, y + 42, "target"),
        _haloed(x, y + 57, number(target), font_weight=600),
        element(
            "rect", x=x - 26, y=y - 24, width=52, height=48, rx=8,
            fill="var(--st-background-color)", stroke_width=2,
            stroke=_VALUE if stage >= LOSS else palette.NEUTRAL,
        ),
        text(x, y - 5, "loss", font_size=12),
    ]  # fmt: skip
    if stage >= LOSS:
        parts.append(text(x, y + 13, number(passes["loss"]), font_weight=600))
    return "".join(parts)


def _node(place: tuple[float, float], name: str, value: str, gradient: str = "") -> str:
    x, y = place
    parts = [
        element(
            "circle", cx=x, cy=y, r=_RADIUS, fill="var(--st-background-color)",
            stroke=_VALUE if value else palette.NEUTRAL, stroke_width=2,
        ),
        text(x, y - 6, name, font_size=12),
    ]  # fmt: skip
    if value:
        parts.append(text(x, y + 12, value, font_weight=600))
    if gradient:
        parts.append(_haloed(x, y - _RADIUS - 6, gradient, fill=_GRADIENT, font_weight=600))
    return "".join(parts)
