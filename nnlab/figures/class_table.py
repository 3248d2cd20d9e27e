"""Precision, recall and F1 of each class as a table with bars (HTML).

Plain HTML and not Streamlit's table: that takes a browser 60 ms at each change, as long as all
the rest of the page, and the time slider changes it many times a second.
"""

from collections.abc import Mapping, Sequence
from html import escape
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette

_TABLE = (
    '<table class="nnlab-classes" style="width:100%;border-collapse:collapse;color:inherit;'
    'font-size:0.875rem;font-variant-numeric:tabular-nums"><thead><tr>{head}</tr></thead>'
    "<tbody>{rows}</tbody></table>"
)
_RULE = "border-bottom:1px solid rgba(138,143,152,.3);padding:0.42rem 0.5rem"
_HEAD = (
    '<th scope="col" title="{why}" style="{rule};text-align:{side};font-weight:500;'
    'opacity:.75">{name}</th>'
)
_NAME = '<th scope="row" style="{rule};text-align:left;font-weight:400">{name}</th>'
_SHARE = (
    '<td style="{rule}"><span style="display:flex;align-items:center;gap:0.6rem">'
    '<span style="flex:1;height:0.5rem;border-radius:4px;background:rgba(138,143,152,.18)">'
    '<span style="display:block;height:100%;border-radius:4px;background:{colour};'
    'width:{width:.1f}%"></span></span><span style="width:3.6rem;text-align:right">{share}</span>'
    "</span></td>"
)
_COUNT = '<td style="{rule};text-align:right">{count:,}</td>'


def class_bars(
    class_names: Sequence[str],
    shares: Mapping[str, tuple[NDArray[np.floating[Any]], str]],
    support: NDArray[np.integer[Any]],
    support_why: str,
    things: str = "images",
) -> str:
    """A row for each class.

    Args:
        class_names: in the order of the class numbers; any text.
        shares: by the name of the column: float (classes,) from 0 to 1, and what it means.
        support: images of each class, int (classes,).
        support_why: what that is, in words.
        things: what has the classes, where not images.
    """
    head = _head("Class", "", "left")
    head += "".join(_head(name, why, "left") for name, (_, why) in shares.items())
    head += _head(things.capitalize(), support_why, "right")
    columns = [values for values, _ in shares.values()]
    rows = "".join(
        _row(name, [float(values[label]) for values in columns], int(support[label]))
        for label, name in enumerate(class_names)
    )
    return _TABLE.format(head=head, rows=rows)


def _head(name: str, why: str, side: str) -> str:
    return _HEAD.format(name=escape(name), why=escape(why, quote=True), side=side, rule=_RULE)


def _row(name: str, shares: Sequence[float], support: int) -> str:
    cells = "".join(map(_share, shares))
    return (
        f"<tr>{_NAME.format(name=escape(name), rule=_RULE)}{cells}"
        f"{_COUNT.format(count=support, rule=_RULE)}</tr>"
    )


def _share(share: float) -> str:
    known = isfinite(share)
    return _SHARE.format(
        width=100 * share if known else 0,
        share=f"{share:.1%}" if known else "–",
        colour=palette.RIGHT,
        rule=_RULE,
    )
