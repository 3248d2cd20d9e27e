"""Elements of SVG as strings."""

from html import escape


def element(name: str, *children: str, **attributes: str | float) -> str:
    """`element("circle", r=2.5, stroke_width=1)`: `_` becomes `-`, values are escaped.

    Children are markup already; text goes through `text` or `html.escape`.
    """
    shown = "".join(f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
                    for key, value in attributes.items())  # fmt: skip
    inner = "".join(children)
    return f"<{name}{shown}>{inner}</{name}>" if inner else f"<{name}{shown}/>"


def text(x: float, y: float, words: str, **attributes: str | float) -> str:
    """A line of text in the page's own colour, unless `fill` says otherwise."""
    colour = attributes.pop("fill", "currentColor")
    return element("text", escape(words), x=x, y=y, fill=colour, **attributes)


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """Path data of a straight line."""
    return f"M{_value(x1)} {_value(y1)}L{_value(x2)} {_value(y2)}"


def square(x: float, y: float, side: float) -> str:
    """Path data of a filled square, its upper left corner at (x, y)."""
    size = _value(side)
    return f"M{_value(x)} {_value(y)}h{size}v{size}h-{size}z"


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else f"{round(value, 2):g}"
