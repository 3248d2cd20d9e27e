"""Answers of several networks to one drawing, side by side, as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from nnlab.figures import palette
from nnlab.figures.images import as_pixels, data_uri

_GRID = (
    '<div style="display:grid;gap:1rem;color:inherit;'
    'grid-template-columns:repeat(auto-fit,minmax(14rem,1fr))">{cards}</div>'
)
_CARD = (
    '<section aria-label="{name}" style="border:1px solid var(--st-border-color);'
    'border-radius:0.6rem;padding:0.8rem 0.9rem">'
    '<div style="font-weight:600;line-height:1.3;overflow-wrap:anywhere">{name}</div>'
    '<div style="font-size:0.8rem;opacity:0.75;min-height:1.3em">{detail}</div>'
    '<div style="display:flex;align-items:center;gap:0.9rem;margin:0.45rem 0 0.6rem">'
    '<span style="font-size:{size}rem;font-weight:700;line-height:1;overflow-wrap:anywhere">'
    '{label}</span><span style="flex:1">{sure}</span>'
    '<img src="{image}" alt="What this network sees" style="width:4rem;aspect-ratio:1;'
    'background:#000;image-rendering:pixelated;border-radius:4px"></div>'
    '<div role="img" aria-label="{spoken}" style="display:grid;gap:2px 0.5rem;align-items:center;'
    'grid-template-columns:auto 1fr 3.2rem;font-size:0.75rem;font-variant-numeric:tabular-nums">'
    "{bars}</div></section>"
)
_BAR = (
    '<span style="text-align:right">{name}</span>'
    '<span style="background:rgba(138,143,152,0.18);border-radius:2px">'
    '<span style="display:block;height:0.65rem;border-radius:2px;width:{width:.1f}%;'
    'background:{colour}"></span></span><span style="text-align:right">{share}</span>'
)


@dataclass(frozen=True)
class NetworkAnswer:
    """One network's answer.

    Attributes:
        name, detail: which network, and what there is to know of it.
        label, sure: the answer in large type, and how sure the network is.
        probabilities: float (classes,).
        classes: their names.
        seen: what it was given, float (side, side) from 0 to 1.
    """

    name: str
    detail: str
    label: str
    sure: str
    probabilities: NDArray[np.floating]
    classes: Sequence[str]
    seen: NDArray[np.floating]


def answers_side_by_side(answers: Sequence[NetworkAnswer]) -> str:
    """A card for each network, with a bar for each of its classes."""
    return _GRID.format(cards="".join(map(_card, answers)))


def _card(answer: NetworkAnswer) -> str:
    best = int(np.argmax(answer.probabilities))
    pairs = list(zip(answer.classes, answer.probabilities, strict=True))
    return _CARD.format(
        name=escape(answer.name, quote=True),
        detail=escape(answer.detail),
        label=escape(answer.label),
        size=3 if len(answer.label) <= 2 else 1.2,
        sure=escape(answer.sure),
        image=data_uri(as_pixels(np.asarray(answer.seen), 1.0)),
        spoken=escape(", ".join(f"{name} {share:.1%}" for name, share in pairs), quote=True),
        bars="".join(_bar(name, share, i == best) for i, (name, share) in enumerate(pairs)),
    )


def _bar(name: str, share: float, best: bool) -> str:
    colour = palette.RIGHT if best else palette.NEUTRAL
    width, written = 100 * float(share), f"{float(share):.1%}"
    return _BAR.format(name=escape(name), width=width, colour=colour, share=written)
