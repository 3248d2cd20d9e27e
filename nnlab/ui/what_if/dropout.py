"""Dropout left on while the network answers, as it is in training."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from nnlab.analysis.surgery import Surgery
from nnlab.architecture import layer_title
from nnlab.experiment import Dropout
from nnlab.figures.palette import BLUE
from nnlab.figures.what_if import Series, accuracy_curves
from nnlab.ui.columns import folding_columns
from nnlab.ui.sliders import Slider, sliders
from nnlab.ui.tied import tied
from nnlab.ui.what_if.curves import from_to, show_curve
from nnlab.ui.what_if.difference import difference, figure
from nnlab.ui.what_if.look import ALL, Look
from nnlab.ui.what_if.subject import UNTOUCHED, Subject
from nnlab.ui.what_if.work import Work, work_of
from nnlab.ui.wording import percent
from nnlab.work.what_if import Question, Said

# Passes with other random units off.
PASSES = 5
RATES = tuple(round(n * 0.05, 2) for n in range(20))


@dataclass(frozen=True)
class _At:
    """Accuracy of several passes at one rate: mean and standard deviation."""

    rate: float
    mean: float
    spread: float


def dropout_panel(subject: Subject, look: Look) -> Work | None:
    """Which Dropout layers stay on, their rate, and the curve over it."""
    st.caption(
        "In training a Dropout layer sets random units to 0 at every step, and it rests while the"
        " network answers: what if it did not?"
    )
    layers = _layers(subject)
    if not layers:
        st.info(
            "This network has no Dropout layer. Add one on the Train page, train again, and"
            " compare.",
            icon=":material/layers_clear:",
        )
        return None
    left_on = _left_on(look, layers)
    trained = layers[left_on[0]].rate
    at = _rate(look, trained)
    passes = [subject.ask(question) for question in _questions(left_on, RATES[at])]
    _headline(subject, passes)
    asked = [(subject, question) for rate in RATES for question in _questions(left_on, rate)]
    work = work_of("dropout", asked, look)
    _chart(subject, left_on, at, work)
    st.caption(
        f"The curve is the mean of {PASSES} passes, each with other units off; the band is one"
        f" standard deviation to either side. Trained with {percent(trained, 0)}. Below: the"
        " first of the passes."
    )
    difference(subject, passes[0], "dropout")
    return work


def _layers(subject: Subject) -> dict[int, Dropout]:
    return {
        place: layer
        for place, layer in enumerate(subject.run.experiment.layers)
        if isinstance(layer, Dropout)
    }


def _left_on(look: Look, layers: dict[int, Dropout]) -> tuple[int, ...]:
    if len(layers) == 1:
        return tuple(layers)
    options = [ALL, *layers]
    look.dropped = look.dropped if look.dropped in layers else ALL
    st.segmented_control(
        "Which layer stays on",
        options,
        default=look.dropped,
        required=True,
        format_func=lambda place: (
            "All" if place == ALL else f"{place + 1}. {layer_title(layers[place])}"
        ),
        **tied(look, "dropped", look.key("dropped")),
    )
    return tuple(layers) if look.dropped == ALL else (look.dropped,)


def _rate(look: Look, trained: float) -> int:
    """The chosen rate, a number of the curve's point; at first that nearest to the trained."""
    at = look.rate_at
    if at is None:
        at = int(np.argmin([abs(rate - trained) for rate in RATES]))

    def move(values: dict[str, float]) -> None:
        look.rate_at = round(values["rate"])

    words = tuple(percent(rate, 0) for rate in RATES)
    spec = Slider("rate", "Share of the units that are off", 0, len(RATES) - 1, 1, words=words)
    sliders([spec], {"rate": at}, look.key("rate"), move)
    return at


def _questions(layers: tuple[int, ...], rate: float) -> list[Question]:
    if not rate:
        return [UNTOUCHED]
    dropout = tuple((layer, rate) for layer in layers)
    return [Question(surgery=Surgery(dropout=dropout, draw=draw)) for draw in range(PASSES)]


def _mean_and_spread(subject: Subject, rate: float, passes: list[Said]) -> _At:
    values = [subject.accuracy(said) for said in passes]
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else 0.0
    return _At(rate, float(np.mean(values)), spread)


def _headline(subject: Subject, passes: list[Said]) -> None:
    at = _mean_and_spread(subject, 0.0, passes)
    off = subject.accuracy(subject.ask(UNTOUCHED))
    alike = np.all([said.predicted == passes[0].predicted for said in passes], axis=0).mean()
    places = folding_columns(4, "what-if-figures-dropout", narrow=2)
    figure(places[0], "Dropout off", percent(off))
    figure(places[1], "Dropout on", percent(at.mean), change=at.mean - off)
    figure(
        places[2],
        "Spread",
        f"± {100 * at.spread:.1f} points",
        help=f"Standard deviation of {len(passes)} passes, each with other units off.",
    )
    figure(
        places[3],
        "Always the same",
        percent(float(alike)),
        help="Share of the test images that get the same answer in all passes.",
    )


def _chart(subject: Subject, layers: tuple[int, ...], chosen: int, work: Work) -> None:
    known = []
    for rate in RATES:
        said = [subject.known(question) for question in _questions(layers, rate)]
        answered = [one for one in said if one is not None]
        if len(answered) == len(said):
            known.append(_mean_and_spread(subject, rate, answered))
    marked = next((n for n, at in enumerate(known) if at.rate == RATES[chosen]), None)
    series = Series(
        name="dropout on",
        x=[at.rate for at in known],
        y=[at.mean for at in known],
        words=[f"{percent(at.rate, 0)} off" for at in known],
        colour=BLUE,
        spread=[at.spread for at in known],
        marked=marked,
    )
    level = subject.accuracy(subject.ask(UNTOUCHED)), "dropout off"
    chart = accuracy_curves(
        "Accuracy with dropout left on",
        "Share of the units that are off",
        RATES[-1],
        [series],
        level,
        x_percent=True,
    )
    table = {
        "Rate": [percent(at.rate, 0) for at in known],
        "Accuracy": series.y,
        "Spread": series.spread,
    }
    show_curve(chart, work, table, "dropout", from_to("Dropout left on", series.y))
