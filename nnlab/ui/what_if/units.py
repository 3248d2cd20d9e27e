"""Single units of a hidden layer, or many of them, switched off."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.surgery import ORDERS, Order, Surgery, numbers_off, unit_order
from nnlab.architecture import layer_title
from nnlab.experiment import Conv2D, Dense
from nnlab.figures.palette import BLUE, GREEN, ORANGE
from nnlab.figures.what_if import Series, accuracy_curves
from nnlab.ui.resources import engine
from nnlab.ui.sliders import Slider, sliders
from nnlab.ui.tied import tied
from nnlab.ui.what_if.curves import from_to, show_curve
from nnlab.ui.what_if.difference import difference, headline
from nnlab.ui.what_if.look import Look
from nnlab.ui.what_if.subject import Subject
from nnlab.ui.what_if.work import Work, work_of
from nnlab.work.what_if import Question

# Random orders that are averaged.
DRAWS = 5
CHOSEN = "chosen"
_WAYS = {
    "random": "Random ones",
    "weakest": "The weakest",
    "strongest": "The strongest",
    CHOSEN: "By number",
}
_COLOURS: dict[Order, str] = {"random": BLUE, "weakest": GREEN, "strongest": ORANGE}


def units_panel(subject: Subject, look: Look) -> Work | None:
    """A layer, which of its units are off, and the curve over how many."""
    st.caption(
        "A unit that is switched off sends 0 to the next layer: how many can a network lose before"
        " it forgets, and does every class forget alike?"
    )
    layers = _layers(subject)
    if not layers:
        st.info(
            "This network has no hidden layer with units, only the output. Train one with a Dense"
            " or a Conv2D layer.",
            icon=":material/layers_clear:",
        )
        return None
    layer = _layer(look, layers)
    norms = _norms(subject)[layer]
    orders = _Orders(subject, layer, norms)
    off = _off(look, orders)
    now = subject.ask(orders.question(off))
    units = "unit" if len(off) == 1 else "units"
    headline(subject, now, "units", f"{len(off):,} {units} off")
    work = work_of(f"units-{layer}", orders.asked(), look)
    _chart(orders, look, len(off), work)
    difference(subject, now, "units")
    return work


class _Orders:
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
        units = tuple(sorted(off))
        return Question(surgery=Surgery(layer=self.layer, off=units)) if units else Question()

    def questions(self, order: Order, number: int) -> list[Question]:
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


def _layers(subject: Subject) -> dict[int, str]:
    """Titles of the hidden layers that have units or filters, by their place."""
    return {
        place: layer_title(layer)
        for place, layer in enumerate(subject.run.experiment.layers)
        if isinstance(layer, Dense | Conv2D)
    }


def _layer(look: Look, layers: dict[int, str]) -> int:
    options = list(layers)
    if look.layer not in layers:
        look.layer = options[-1]
    st.segmented_control(
        "Hidden layer",
        options,
        default=look.layer,
        required=True,
        format_func=lambda place: f"{place + 1}. {layers[place]}",
        **tied(look, "layer", look.key("layer")),
    )
    return look.layer


@st.cache_resource(
    show_spinner=False,
    max_entries=64,
    hash_funcs={Subject: lambda subject: (subject.run.id, subject.step)},
)
def _norms(subject: Subject) -> dict[int, NDArray[np.float32]]:
    return engine().unit_norms(subject.run.id, subject.owner, subject.step)


def _off(look: Look, orders: _Orders) -> list[int]:
    """Which units are off now, by the controls."""
    st.segmented_control(
        "Which of its units are off",
        tuple(_WAYS),
        default=look.way,
        required=True,
        format_func=_WAYS.__getitem__,
        help="Weak and strong by the norm of the weights that come into a unit.",
        **tied(look, "way", look.key("way")),
    )
    if look.way == CHOSEN:
        return _by_number(look, orders)
    number = min(look.n_off.get(orders.layer, orders.units // 4), orders.units)

    def move(values: dict[str, float]) -> None:
        look.n_off[orders.layer] = round(values["off"])

    spec = Slider("off", f"Units off, of {orders.units:,}", 0, orders.units, 1, 0, play=True)
    sliders([spec], {"off": number}, look.key(f"off-{orders.layer}"), move)
    return orders.first(look.way, number)  # type: ignore[arg-type]


def _by_number(look: Look, orders: _Orders) -> list[int]:
    key = look.key(f"units-{orders.layer}")

    def take() -> None:
        look.chosen[orders.layer] = st.session_state[key]

    return st.multiselect(
        f"Units off, by number from 0 to {orders.units - 1:,}",
        range(orders.units),
        default=look.chosen.get(orders.layer, []),
        key=key,
        on_change=take,
        placeholder="Choose or type a number",
    )


def _chart(orders: _Orders, look: Look, number: int, work: Work) -> None:
    known = {order: orders.known(order) for order in ORDERS}
    series = [_series(order, known[order], number if order == look.way else None)
              for order in ORDERS]  # fmt: skip
    figure = accuracy_curves(
        "Accuracy by units switched off", "Units switched off", orders.units, series
    )
    rows = [(_WAYS[order], *row) for order in ORDERS for row in known[order]]
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
        name=_WAYS[order],
        x=[off for off, *_ in known],
        y=[accuracy for _, accuracy, _ in known],
        words=[f"{off:,} off" for off, *_ in known],
        colour=_COLOURS[order],
        spread=[spread for *_, spread in known] if order == "random" else (),
        marked=marked,
    )
