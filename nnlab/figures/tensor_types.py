"""What a data type makes of a sum of pixels, and what may be changed (SVG)."""

from collections.abc import Mapping, Sequence
from typing import Any

from nnlab.figures import palette
from nnlab.figures.broadcasting import HEIGHT
from nnlab.figures.cells import cell, frame, sign, warning, words
from nnlab.figures.svg import element, text

_DARK, _BRIGHT = "#111111", "#FFFFFF"
_SIDE, _ROW = 54, 69  # of a pixel, and from row to row
_PIXELS_AT = (136, 234, 332)
_CELL_WIDTH, _CELL_HEIGHT = 46, 34


def pixel_picture(answer: Mapping[str, Any]) -> str:
    """Two pixels and their sum, painted, in each arithmetic; below it the error of mixing.

    Args:
        answer: of `nnlab.lessons.tensors.pixels`.
    """
    rows = [
        _sum_row(0, "uint8", "whole, 0 to 255", answer["uint8"], 255, 0),
        _sum_row(1, "float32", "with a fraction", answer["float32"], 255, 0),
        _sum_row(2, "float32 ÷ 255", "0 black, 1 white", answer["scaled"], 1, 3),
    ]
    mixed = words(0, 3 * _ROW + 24, "uint8 × float32: types are never mixed silently.",
                  font_weight=600)  # fmt: skip
    error = warning(0, 3 * _ROW + 44, answer["error"], 60)
    told = words(0, 3 * _ROW + 102, "So images become float32 and are divided by 255: sums come "
                 "out right, and inputs are between 0 and 1.", 66)  # fmt: skip
    return frame(HEIGHT, pixels_in_words(answer), *rows, mixed, error, told)


def pixels_in_words(answer: Mapping[str, Any]) -> str:
    """The three sums."""
    a, b, wrapped = answer["uint8"]
    return (
        f"{a} + {b} is {wrapped} in uint8, {answer['float32'][2]:g} in float32, and "
        f"{answer['scaled'][2]:.3f} when both were divided by 255 first."
    )


def change_picture(answer: Mapping[str, Any], position: int, new: int) -> str:
    """A constant that refuses, a variable that changes.

    Args:
        answer: of `nnlab.lessons.tensors.change`.
        position: of the value to be replaced.
        new: the value to put there.
    """
    before = [str(value) for value in answer["constant"]]
    after = [str(value) for value in answer["variable"]]
    constant = [
        words(0, 26, "t = tf.constant([1, 2, 3])", font_weight=600),
        _cells(before, 1, 40, palette.BLUE, None),
        _arrow(168, 57, f"t[{position}] = {new}"),
        warning(310, 52, "refused: a tensor is immutable", 26),
        warning(0, 100, answer["error"], 60),
    ]
    variable = [
        words(0, 182, "v = tf.Variable([1, 2, 3])", font_weight=600),
        _cells(before, 1, 196, palette.BLUE, None),
        _arrow(168, 213, f"v[{position}].assign({new})"),
        _cells(after, 330, 196, palette.BLUE, position),
    ]
    told = words(0, 262, "A network's weights are variables: training changes them, step by step. "
                 "Images, labels and results are plain tensors.", 66)  # fmt: skip
    return frame(HEIGHT, change_in_words(answer), *constant, *variable, told)


def change_in_words(answer: Mapping[str, Any]) -> str:
    """What the two hold in the end."""
    return (
        f"The constant still holds {_list(answer['constant'])}; "
        f"the variable holds {_list(answer['variable'])}."
    )


def _list(values: Sequence[Any]) -> str:
    return f"[{', '.join(str(value) for value in values)}]"


def _sum_row(
    row: int, name: str, range_: str, values: Sequence[float], white: float, digits: int
) -> str:
    y = row * _ROW + 6
    a, b, total = (_pixel(x, y, value, white, digits)
                   for x, value in zip(_PIXELS_AT, values, strict=True))  # fmt: skip
    signs = sign(_PIXELS_AT[1] - 24, y + _SIDE / 2, "+") + sign(
        _PIXELS_AT[2] - 24, y + _SIDE / 2, "="
    )
    label = words(0, y + 24, name, font_weight=600) + words(
        0, y + 42, range_, font_size=12, fill_opacity=0.8
    )
    return label + a + b + total + signs + _remark(y, values, white)


def _remark(y: float, values: Sequence[float], white: float) -> str:
    a, b, total = values
    if abs(a + b - total) > white / 2:
        return warning(_PIXELS_AT[2] + _SIDE + 10, y + 24, f"wrapped: {a + b:g} − 256", 11)
    if total > white:
        return words(_PIXELS_AT[2] + _SIDE + 10, y + 24, "right, above white", 12, font_size=12)
    return words(_PIXELS_AT[2] + _SIDE + 10, y + 32, "right", font_size=12)


def _pixel(x: float, y: float, value: float, white: float, digits: int) -> str:
    """A square of the pixel's grey with its value in it."""
    grey = round(255 * min(value / white, 1))
    box = element("rect", x=x, y=y, width=_SIDE, height=_SIDE, rx=3,
                  fill=f"#{grey:02x}{grey:02x}{grey:02x}", stroke=palette.GREY)  # fmt: skip
    ink = _DARK if grey > 127 else _BRIGHT
    return box + text(x + _SIDE / 2, y + _SIDE / 2 + 5, f"{value:.{digits}f}", fill=ink)


def _cells(values: Sequence[str], x: float, y: float, colour: str, changed: int | None) -> str:
    return "".join(
        cell(x + i * (_CELL_WIDTH + 4), y, _CELL_WIDTH, _CELL_HEIGHT, value,
             palette.ORANGE if i == changed else colour)
        for i, value in enumerate(values)
    )  # fmt: skip


def _arrow(x: float, y: float, words_on_it: str) -> str:
    line = element("path", d=f"M{x:g} {y:g}h124m-7 -5l7 5l-7 5", fill="none",
                   stroke="currentColor", stroke_width=1.4)  # fmt: skip
    return line + text(x + 58, y - 8, words_on_it, font_family="monospace")
