"""Single units of a hidden layer, or many of them, switched off."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from nnlab.architecture import layer_title
from nnlab.experiment import Conv2D, Dense
from nnlab.ui.resources import engine
from nnlab.ui.sliders import Slider, sliders
from nnlab.ui.tied import tied
from nnlab.ui.what_if.difference import difference, headline
from nnlab.ui.what_if.look import Look
from nnlab.ui.what_if.subject import Subject
from nnlab.ui.what_if.unit_curves import CHOSEN, WAYS, Orders, units_chart
from nnlab.ui.what_if.work import Work, work_of


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
    orders = Orders(subject, layer, norms)
    off = _off(look, orders)
    now = subject.ask(orders.question(off))
    units = "unit" if len(off) == 1 else "units"
    headline(subject, now, "units", f"{len(off):,} {units} off")
    work = work_of(f"units-{layer}", orders.asked(), look)
    units_chart(orders, look, len(off), work)
    difference(subject, now, "units")
    return work


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


def _off(look: Look, orders: Orders) -> list[int]:
    """Which units are off now, by the controls."""
    st.segmented_control(
        "Which of its units are off",
        tuple(WAYS),
        default=look.way,
        required=True,
        format_func=WAYS.__getitem__,
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


def _by_number(look: Look, orders: Orders) -> list[int]:
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
