"""Cells with values in them, as the pictures of tensors have them (SVG)."""

from html import escape
from textwrap import wrap

from nnlab.figures import palette
from nnlab.figures.svg import element, text

WIDTH = 510


def frame(height: float, alt: str, *parts: str) -> str:
    """The SVG around `parts`, as wide as the page lets it, described by `alt`."""
    return element(
        "svg",
        element("title", escape(alt)),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        aria_label=alt,
        viewBox=f"0 0 {WIDTH} {height:g}",
        font_size=13,
        text_anchor="middle",
        style="display:block;width:100%;height:auto",
    )


def cell(
    x: float, y: float, width: float, height: float, words: str, colour: str, copy: bool = False
) -> str:
    """A value in a box of `colour`; a copy of another value is dashed and paler."""
    drawn = {"stroke_dasharray": "3 2"} if copy else {}
    box = element(
        "rect", x=x, y=y, width=width, height=height, rx=3, fill=colour,
        fill_opacity=0.08 if copy else 0.38, stroke=colour, stroke_width=1.3, **drawn,
    )  # fmt: skip
    faded = {"fill_opacity": 0.75} if copy else {}
    return box + text(x + width / 2, y + height / 2 + 4.5, words, **faded)


def words(x: float, y: float, content: str, width: int = 0, **attributes: str | float) -> str:
    """Text from `x` to the right; broken into lines of at most `width` letters, if given."""
    lines = wrap(content, width) if width else [content]
    style = {"text_anchor": "start"} | attributes
    return "".join(text(x, y + 17 * i, line, **style) for i, line in enumerate(lines))


def sign(x: float, y: float, mark: str) -> str:
    """An operator between two values."""
    return text(x, y + 7, mark, font_size=20)


def warning(x: float, y: float, content: str, width: int) -> str:
    """What went wrong, in lines of at most `width` letters."""
    return words(x, y, content, width, fill=palette.WRONG, font_weight=600)
