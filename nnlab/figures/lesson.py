"""What the figures of lessons have in common, so that they look like one family."""

from typing import Any

from nnlab.figures import palette

GRID = "rgba(138, 143, 152, 0.25)"
# Of a legend with a name a line, in pixels.
LEGEND_LINE = 20


def layout(title: str, height: int) -> dict[str, Any]:
    """The layout of a chart with a title, its legend above; axes are to be added.

    Args:
        title: also the chart's lasting identity: what the user zoomed stays zoomed.
        height: in pixels.
    """
    return {
        "title": {"text": title, "font": {"size": 15}, "x": 0.01, "y": 0.97, "yanchor": "top"},
        "height": height,
        "margin": {"l": 60, "r": 16, "t": 64, "b": 48},
        "font": {"size": 13},
        "legend": {
            "orientation": "h", "x": 0, "xanchor": "left", "y": 1.01, "yanchor": "bottom",
        },
        "hovermode": "closest",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "uirevision": title,
    }  # fmt: skip


def names_below(made: dict[str, Any], names: int) -> dict[str, Any]:
    """The layout `made` with its legend below the chart, which grows by a line a name.

    Above, a legend of several lines would grow into the title.
    """
    below = {"orientation": "v", "x": 0, "xanchor": "left", "y": -0.16, "yanchor": "top"}
    return made | {"height": made["height"] + LEGEND_LINE * names, "legend": below}


def axis(title: str, low: float | None = None, high: float | None = None) -> dict[str, Any]:
    """An axis with a name; fixed from `low` to `high` where they are given, as it should be
    wherever a slider moves the data: a scale that moves along hides the movement."""
    made: dict[str, Any] = {
        "title": {"text": title, "font": {"size": 13}, "standoff": 8},
        "gridcolor": GRID,
        "zeroline": False,
    }
    if low is not None and high is not None:
        made["range"] = [low, high]
    return made


def upright(
    x: float, colour: str = palette.ORANGE, width: float = 1.5, dash: str = "dot"
) -> dict[str, Any]:
    """A line from bottom to top at `x`: where one stands; a shape for the layout.

    Args:
        x: where.
        colour, width, dash: of the line; one that no line of data on the chart has.
    """
    return {
        "type": "line", "xref": "x", "yref": "paper",
        "x0": x, "x1": x, "y0": 0, "y1": 1,
        "line": {"color": colour, "width": width, "dash": dash},
    }  # fmt: skip
