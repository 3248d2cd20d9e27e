"""A cell of the confusion matrix over the training: when did the network tell 4 from 9?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from nnlab.analysis.evaluation import normalise_rows
from nnlab.figures import palette
from nnlab.figures.over_time import Line, shares_over_time
from nnlab.runs.run import Run
from nnlab.runs.timeline import Place
from nnlab.ui.evaluate.answers import counts_at
from nnlab.ui.evaluate.look import ANY, Look
from nnlab.ui.live_chart import live_chart
from nnlab.ui.wording import percent


@dataclass(frozen=True)
class CellHistory:
    """What the chart of one cell is drawn from.

    Attributes:
        run: the run.
        places: its moments, at least two.
        place: the one that is looked at.
        choose: goes to the moment whose point was clicked.
    """

    run: Run
    places: Sequence[Place]
    place: Place
    choose: Callable[[Place], None]


def cell_history(look: Look, names: Sequence[str], history: CellHistory | None) -> None:
    """The share of the true class that went into the chosen cell, moment by moment.

    An empty place where no single cell is chosen.
    """
    true, predicted = look.cells.true, look.cells.predicted
    if history is None or ANY in (true, predicted):
        st.empty()
        return
    shares = [_share(history.run, place, true, predicted) for place in history.places]
    at = history.places.index(history.place)
    colour = palette.RIGHT if true == predicted else palette.WRONG
    figure = shares_over_time(
        [Line("share", shares, colour)],
        [place.epoch for place in history.places],
        at,
        f"This cell over time: {names[true]} as {names[predicted]}",
        f"Share of class {names[true]}",
    )
    live_chart(
        figure,
        look.key("cell-history"),
        cell_words(history.places, shares, at),
        on_click=lambda position: history.choose(history.places[position]),
    )


def cell_words(places: Sequence[Place], shares: Sequence[float | None], at: int) -> str:
    """The chart for those who hear the page: where it stands, and every moment."""
    told = [
        f"{place.label} {percent(share)}"
        for place, share in zip(places, shares, strict=True)
        if share is not None
    ]
    return f"Now {percent(shares[at])} ({places[at].label}). All moments: {', '.join(told)}."


def _share(run: Run, place: Place, true: int, predicted: int) -> float | None:
    counts = counts_at(run, place)
    return None if counts is None else float(normalise_rows(counts)[true, predicted])
