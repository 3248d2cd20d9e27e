"""Curves over how many units of a hidden layer are switched off."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.surgery import ORDERS, Order, Surgery, numbers_off, unit_order
from nnlab.figures.palette import BLUE, GREEN, ORANGE
from nnlab.figures.what_if import Series, accuracy_curves
from nnlab.ui.what_if.curves import from_to, show_curve
from nnlab.ui.what_if.look import Look
from nnlab.ui.what_if.subject import Subject
from nnlab.ui.what_if.work import Work
from nnlab.work.what_if import Question

# Random orders that are averaged.
DRAWS = 5
CHOSEN = "chosen"
WAYS = {
    "random": "Random ones",
    "weakest": "The weakest",
    "strongest": "The strongest",
    CHOSEN: "By number",
}
_COLOURS: dict[Order, str] = {"random": BLUE, "weakest": GREEN, "strongest": ORANGE}


class Orders:
    """A layer's units in the orders in which they are switched off."""

    def __init__(self, subject: Subject, layer: int, norms: NDArray[np.float32]) -> None:
        self.subject = subject
        self.layer = layer
        self.units = len(norms)
        seed = subject.run.experiment.training.seed
        self._orders: dict[Order, list[NDArray[np.int64]]] = {
            "random": [unit_order("random", norms, [seed, layer, n]) for n in range(DRAWS)],
            "weakest": [unit_order("weakest", norms, [])],
            "strongest": [unit_order("strongest", norms, [])],
        }

    def first(self, order: Order, number: int) -> list[int]:
        """The units that go first; of random orders, of the first one."""
        return self._orders[order][0][:number].tolist()

    def question(self, off: Sequence[int]) -> Question:
        """What is asked with these units off."""
        units = tuple(sorted(off))
        return Question(surgery=Surgery(layer=self.layer, off=units)) if units else Question()

    def questions(self, order: Order, number: int) -> list[Question]:
        """What is asked with so many units off: one question, or one for each random order."""
        return [self.question(one[:number].tolist()) for one in self._orders[order]]

    def asked(self) -> list[tuple[Subject, Question]]:
        """All that the curves need, a few points of every order first."""
        return [
            (self.subject, question)
            for number in _coarse_first(numbers_off(self.units))
            for order in ORDERS
            for question in self.questions(order, number)
        ]

    def known(self, order: Order) -> list[tuple[int, float, float]]:
        """How many are off, mean accuracy and its spread, where all orders have answered."""
        found = []
        for number in numbers_off(self.units):
            said = [self.subject.known(one) for one in self.questions(order, number)]
            values = [self.subject.accuracy(one) for one in said if one is not None]
            if len(values) == len(said):
                spread = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
                found.append((number, float(np.mean(values)), spread))
        return found


def _coarse_first(numbers: list[int]) -> list[int]:
    """The ends, then every fourth, then the rest: the shape is seen early."""
    first = [numbers[0], numbers[-1], *numbers[4:-1:4]]
    return [*first, *(number for number in numbers if number not in first)]


def units_chart(orders: Orders, look: Look, number: int, work: Work) -> None:
    """The curves of all orders, the chosen one with the nearest point to `number` marked."""
    known = {order: orders.known(order) for order in ORDERS}
    series = [_series(order, known[order], number if order == look.way else None)
              for order in ORDERS]  # fmt: skip
    figure = accuracy_curves(
        "Accuracy by units switched off", "Units switched off", orders.units, series
    )
    rows = [(WAYS[order], *row) for order in ORDERS for row in known[order]]
    names = ("First off", "Units off", "Accuracy", "Spread")
    table = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    show_curve(figure, work, table, "units", " ".join(from_to(one.name, one.y) for one in series))
    st.caption(
        f"The random curve is the mean of {DRAWS} orders drawn from the run's seed; the band is"
        " one standard deviation of them to either side. Small weights need not mean a small part:"
        " compare the weakest with random ones."
    )


def _series(order: Order, known: list[tuple[int, float, float]], number: int | None) -> Series:
    marked = None
    if number is not None and known:
        marked = int(np.argmin([abs(off - number) for off, *_ in known]))
    return Series(
        name=WAYS[order],
        x=[off for off, *_ in known],
        y=[accuracy for _, accuracy, _ in known],
        words=[f"{off:,} off" for off, *_ in known],
        colour=_COLOURS[order],
        spread=[spread for *_, spread in known] if order == "random" else (),
        marked=marked,
    )
