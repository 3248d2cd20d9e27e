"""One unit at work: inputs times weights, the sum as a table, and the activation's curve."""

from collections.abc import Callable
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.weighted_sum import NeuronPass, WeightedSum
from nnlab.figures import diverging, palette
from nnlab.figures.flow import number_text
from nnlab.figures.lesson import axis, layout
from nnlab.figures.weights import bare_axes, bars, squares

IMAGES_HEIGHT, BARS_HEIGHT, CURVE_HEIGHT = 300, 420, 300
_TITLES = ("Input", "Weight", "Input × weight")
_LEFT = (0.02, 0.365, 0.71)
_WIDTH = 0.27

_TABLE_STYLE = """<style>
.nnlab-sum{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums;
color:inherit;width:100%;max-width:560px}
.nnlab-sum th{font-weight:600;text-align:right;white-space:nowrap;padding:3px 8px;opacity:.8;
border-bottom:1px solid rgba(138,143,152,.6)}
.nnlab-sum td{text-align:right;padding:2px 8px;white-space:nowrap}
.nnlab-sum :is(td,th):first-child{text-align:left;padding-left:0;white-space:normal;width:45%}
.nnlab-sum .line td{border-top:1px solid rgba(138,143,152,.6)}
.nnlab-sum .total td{font-weight:700}
</style>"""

Values = NDArray[np.floating[Any]]


def product_images(inputs: Values, weights: Values, pixels: bool) -> dict[str, Any]:
    """Inputs, weights and their products side by side, each (height, width) with a scale below.

    Args:
        inputs: NaN makes a gap, here and in the weights.
        weights: of the same shape.
        pixels: the inputs are an image's from 0 to 1, drawn in grey.
    """
    chart = layout("Input × weight, number by number", IMAGES_HEIGHT)
    chart |= {"margin": {"l": 4, "r": 4, "t": 62, "b": 40}, "dragmode": False, "annotations": []}
    chart["shapes"] = [_frame(inputs.shape, place) for place in range(3)]
    traces = []
    for place, values in enumerate((inputs, weights, inputs * weights)):
        number = "" if place == 0 else str(place + 1)
        left = _LEFT[place]
        across, down = bare_axes(values.shape, number)
        chart[f"xaxis{number}"] = across | {"domain": [left, left + _WIDTH]}
        chart[f"yaxis{number}"] = down
        low, high = (0.0, 1.0) if pixels and place == 0 else _both_ways(values)
        middle = left + _WIDTH / 2
        chart["annotations"] += [_note(_TITLES[place], middle), _ends(low, high, middle)]
        traces.append(
            squares(values)
            | {"xaxis": f"x{number}", "yaxis": f"y{number}", "zmin": low, "zmax": high}
            | {"colorscale": diverging.SCALE if low else diverging.GREYS, "hovertemplate": _HOVER}
            | {"colorbar": _BAR | {"x": middle}}
        )
    return {"data": traces, "layout": chart}


def _frame(shape: tuple[int, ...], place: int) -> dict[str, Any]:
    """Around an image: white ink would not be seen on a white page."""
    number, (height, width) = "" if place == 0 else str(place + 1), shape
    return {
        "type": "rect", "xref": f"x{number}", "yref": f"y{number}",
        "x0": -0.5, "x1": width - 0.5, "y0": -0.5, "y1": height - 0.5,
        "line": {"color": palette.NEUTRAL, "width": 1},
    }  # fmt: skip


def _both_ways(values: Values) -> tuple[float, float]:
    end = diverging.furthest(values)
    return -end, end


def _note(words: str, x: float, y: float = 1.0, yanchor: str = "bottom") -> dict[str, Any]:
    return {
        "text": words, "x": x, "y": y, "xref": "paper", "yref": "paper", "xanchor": "center",
        "yanchor": yanchor, "showarrow": False, "font": {"size": 13},
    }  # fmt: skip


def _ends(low: float, high: float, x: float) -> dict[str, Any]:
    """What the ends of a scale are; beside them there would be no room on a tablet."""
    words = " to ".join(number_text(float(f"{end:.3g}")) for end in (low, high))
    return _note(words, x, -0.08, "top")


_HOVER = "row %{y}, column %{x}: %{z}<extra></extra>"
_BAR = {
    "orientation": "h", "len": _WIDTH, "thickness": 8, "y": -0.02, "yanchor": "top",
    "outlinewidth": 0, "showticklabels": False, "ticks": "", "xpad": 0, "ypad": 0,
}  # fmt: skip


def product_bars(inputs: Values, weights: Values) -> dict[str, Any]:
    """The same for rows of numbers (n,): three charts of bars, one below the other."""
    chart = layout("Input × weight, number by number", BARS_HEIGHT)
    chart |= {"margin": {"l": 60, "r": 8, "t": 44, "b": 48}, "dragmode": False, "bargap": 0.15}
    chart["showlegend"] = False
    traces = []
    for place, values in enumerate((inputs, weights, inputs * weights)):
        number = "" if place == 0 else str(place + 1)
        top = 1 - 0.35 * place
        across = axis("Number of the input") if place == 2 else axis("")
        chart[f"xaxis{number}"] = across | {
            "anchor": f"y{number}", "showgrid": False, "fixedrange": True, "range": [-0.6,
            len(values) - 0.4], "showticklabels": place == 2,
        }  # fmt: skip
        chart[f"yaxis{number}"] = axis(_TITLES[place]) | {
            "domain": [top - 0.28, top], "anchor": f"x{number}", "zeroline": True,
            "fixedrange": True, "nticks": 4,
        }  # fmt: skip
        shown = [float(f"{v:.5g}") for v in values.tolist()]
        traces.append(
            bars(shown)
            | {"xaxis": f"x{number}", "yaxis": f"y{number}"}
            | {"hovertemplate": f"{_TITLES[place]} %{{x}}: %{{y}}<extra></extra>"}
        )
    return {"data": traces, "layout": chart}


def activation_curve(found: NeuronPass, name: str) -> dict[str, Any]:
    """The activation around the unit's sum, and the point where the unit stands.

    Args:
        found: the unit at work.
        name: of the activation, as a person writes it.
    """
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": np.round(found.grid.astype(float), 4).tolist(),
        "y": [float(f"{v:.5g}") for v in found.curve.tolist()],
        "line": {"color": palette.BLUE, "width": 3},
        "hovertemplate": "f(%{x:.3f}) = %{y:.4f}<extra></extra>",
    }
    point = {
        "type": "scatter",
        "mode": "markers",
        "x": [found.z],
        "y": [found.output],
        "marker": {"color": palette.ORANGE, "size": 13, "line": {"color": "#111", "width": 2}},
        "hovertemplate": "here: f(%{x:.4f}) = %{y:.4f}<extra></extra>",
        "cliponaxis": False,
    }
    chart = layout(f"Activation: {name}", CURVE_HEIGHT) | {
        "margin": {"l": 56, "r": 14, "t": 44, "b": 48},
        "xaxis": axis("Sum z") | {"fixedrange": True},
        "yaxis": axis("Output f(z)") | {"fixedrange": True, "automargin": True},
        "showlegend": False,
        "dragmode": False,
        "shapes": [_dotted(found, "x"), _dotted(found, "y")],
    }
    return {"data": [line, point], "layout": chart}


def _dotted(found: NeuronPass, along: str) -> dict[str, Any]:
    """From the point to the axis."""
    ends = {"x0": found.z, "x1": found.z, "y0": 0, "y1": found.output}
    if along == "x":
        ends = {"x0": 0, "x1": found.z, "y0": found.output, "y1": found.output}
    return {"type": "line", "line": {"color": palette.GREY, "width": 1, "dash": "dot"}, **ends}


def sum_table(
    added: WeightedSum, found: NeuronPass, name: Callable[[int], str], activation: str
) -> str:
    """The addition as an HTML table: the largest products, the rest, the bias, z and f(z).

    Args:
        added: its figures add up as they are shown.
        found: the unit at work.
        name: of an input by its position; plain text.
        activation: the activation's name; plain text.
    """
    inputs, weights = found.inputs.ravel(), found.weights.ravel()
    terms = [
        _row("", escape(name(int(at))), number_text(float(inputs[at])),
             number_text(float(weights[at])), added.text(product))
        for at, product in zip(added.positions, added.products, strict=True)
    ]  # fmt: skip
    weighted = added.total - added.bias
    end = [
        _row("", rest_words(added), "", "", added.text(added.rest)),
        _row("line", "weighted sum", "", "", added.text(weighted)),
        _row("", "bias", "", "", added.text(added.bias)),
        _row("line total", "sum z", "", "", added.text(added.total)),
        _row("total", f"output f(z), {escape(activation)}", "", "", number_text(found.output)),
    ]
    head = "<tr><th>input</th><th>value</th><th>× weight</th><th>= product</th></tr>"
    return f'{_TABLE_STYLE}<table class="nnlab-sum">{head}{"".join([*terms, *end])}</table>'


def rest_words(added: WeightedSum) -> str:
    """What the line after the largest products stands for."""
    nothing = f"{added.zeros:,} are zero"
    if not added.others:
        return f"all others: {nothing}"
    return f"{added.others:,} others together" + (f"; {nothing}" if added.zeros else "")


def _row(kind: str, *cells: str) -> str:
    return f'<tr class="{kind}">' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
