"""A sheet of predictions: each image with the answer, the truth and a bar for each class.

Plain HTML and CSS, bars included: Streamlit's `st.html` lets no SVG through.
"""

from collections.abc import Sequence
from html import escape
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.evaluation import predicted
from nnlab.figures.evaluation import bar_colour
from nnlab.figures.images import data_uri

# Names up to this long are written under the bars; longer ones show under the pointer.
_SHORT_NAME = 2
# Classes named to those who hear the chart instead of seeing it.
_SPOKEN = 3

_STYLE = """<style>
.nnlab-cards{display:grid;gap:12px;grid-template-columns:repeat(auto-fill,minmax(215px,1fr));
color:inherit}
.nnlab-card{min-width:0;box-sizing:border-box;padding:10px 12px 8px;border-radius:8px;
border:1px solid rgba(138,143,152,.45);border-left-width:5px;
display:flex;flex-direction:column;justify-content:space-between}
.nnlab-card .top{display:flex;gap:10px;align-items:center}
.nnlab-card img{width:80px;height:80px;flex:none;object-fit:contain;image-rendering:pixelated;
border-radius:3px}
.nnlab-card .words{min-width:0;line-height:1.35;font-size:.875rem;overflow-wrap:anywhere}
.nnlab-card .answer{font-size:1.15rem;font-weight:700;line-height:1.2}
.nnlab-card .number{opacity:.7}
.nnlab-card .bars{display:flex;gap:2px;height:52px;margin-top:8px;
border-bottom:1px solid rgba(138,143,152,.8)}
.nnlab-card .bars span{flex:1;min-width:0;display:flex;align-items:flex-end}
.nnlab-card .bars i{display:block;width:100%;border-radius:2px 2px 0 0}
.nnlab-card .names{display:flex;gap:2px;font-size:.75rem;line-height:1.4}
.nnlab-card .names span{flex:1;min-width:0;text-align:center;opacity:.75}
.nnlab-card .names b{opacity:1;font-weight:700}
</style>"""


def prediction_sheet(
    images: NDArray[np.uint8],
    probabilities: NDArray[np.floating[Any]],
    y_true: NDArray[np.integer[Any]],
    class_names: Sequence[str],
    indices: Sequence[int] | NDArray[np.integer[Any]],
    numbers: Sequence[int] | NDArray[np.integer[Any]] | None = None,
) -> str:
    """An HTML grid of cards for the chosen images, in the order of `indices`.

    A right answer is blue and has a ✓, a wrong one is red and has a ✗; in the chart the answer's
    bar has the same colour, and the bar of the true class is always blue.

    Args:
        images: the whole set, uint8 (n, height, width) or (n, height, width, 3).
        probabilities: float (n, classes).
        y_true: int (n,).
        class_names: in the order of the class numbers; any text.
        indices: which of the n images.
        numbers: those that are shown, one for each; their indices if not said.
    """
    chosen = np.asarray(indices, dtype=np.intp)
    shown = chosen if numbers is None else numbers
    answers = predicted(probabilities[chosen])
    cards = (
        _card(images[index], probabilities[index], int(answer), int(y_true[index]),
              class_names, int(number))
        for index, number, answer in zip(chosen, shown, answers, strict=True)
    )  # fmt: skip
    return f'{_STYLE}<div class="nnlab-cards" role="list">{"".join(cards)}</div>'


def _card(
    image: NDArray[np.uint8],
    probabilities: NDArray[np.floating[Any]],
    answer: int,
    true: int,
    class_names: Sequence[str],
    index: int,
) -> str:
    colour = bar_colour(answer, answer, true)
    alt = escape(f"image {index} of the set, true class {class_names[true]}")
    return (
        f'<div class="nnlab-card" role="listitem" style="border-left-color:{colour}">'
        f'<div class="top"><img src="{data_uri(image)}" alt="{alt}">'
        f"{_words(probabilities, answer, true, class_names, index)}</div>"
        f"{_bars(probabilities, answer, true, class_names)}"
        f"{_names(answer, class_names)}</div>"
    )


def _words(
    probabilities: NDArray[np.floating[Any]],
    answer: int,
    true: int,
    class_names: Sequence[str],
    index: int,
) -> str:
    sign, verdict = ("✓", "right") if answer == true else ("✗", "wrong")
    return (
        f'<div class="words"><div class="answer" style="color:{bar_colour(answer, answer, true)}">'
        f'<span role="img" aria-label="{verdict}" title="{verdict}">{sign}</span> '
        f"{escape(class_names[answer])}</div>"
        f"<div>{_sure(probabilities[answer])}</div>"
        f"<div>true: <b>{escape(class_names[true])}</b></div>"
        f'<div class="number">no. {index}</div></div>'
    )


def _bars(
    probabilities: NDArray[np.floating[Any]], answer: int, true: int, class_names: Sequence[str]
) -> str:
    bars = "".join(
        f'<span title="{escape(name)}: {_percent(share)}"><i style="height:{_height(share)};'
        f'background:{bar_colour(label, answer, true)}"></i></span>'
        for label, (name, share) in enumerate(zip(class_names, probabilities, strict=True))
    )
    spoken = escape(_spoken(probabilities, class_names))
    return f'<div class="bars" role="img" aria-label="{spoken}">{bars}</div>'


def _names(answer: int, class_names: Sequence[str]) -> str:
    """The class names under their bars, where they are short enough; the answer's in bold."""
    if max(map(len, class_names)) > _SHORT_NAME:
        return ""
    names = (escape(name) for name in class_names)
    cells = (
        f"<span>{f'<b>{name}</b>' if label == answer else name}</span>"
        for label, name in enumerate(names)
    )
    return f'<div class="names" aria-hidden="true">{"".join(cells)}</div>'


def _spoken(probabilities: NDArray[np.floating[Any]], class_names: Sequence[str]) -> str:
    best = np.argsort(-probabilities, kind="stable")[:_SPOKEN]
    parts = (f"{class_names[label]} {_percent(probabilities[label])}" for label in best)
    return "probabilities: " + ", ".join(parts)


def _sure(share: float) -> str:
    return f"{_percent(share)} sure" if isfinite(share) else _percent(share)


def _percent(share: float) -> str:
    return f"{share:.1%}" if isfinite(share) else "not a number"


def _height(share: float) -> str:
    """As tall as probable, and never quite nothing, so that each class can be seen."""
    return f"{max(100 * share, 1.5):.1f}%" if isfinite(share) else "0"
