"""How the numbers in each layer were spread over the run, how large gradients were, and units that
tell nothing."""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from nnlab.analysis.layers_over_time import (
    QUANTITIES,
    Layer,
    LayersOverTime,
    Quantity,
    gradient_ratio,
)
from nnlab.analysis.rebinning import Scale, by_decades
from nnlab.datasets import info
from nnlab.figures.distributions import at_moment, distributions_figure
from nnlab.figures.layer_lines import gradient_figure
from nnlab.figures.moments_axis import number_words
from nnlab.runs.moments import Distribution
from nnlab.runs.run import Run
from nnlab.runs.timeline import Place
from nnlab.ui.inside.layers import layer_name, layers_of, moment_of
from nnlab.ui.inside.tables import distribution_table, gradient_table
from nnlab.ui.inside.units import units_part
from nnlab.ui.live_chart import live_chart
from nnlab.ui.tied import tied
from nnlab.ui.wording import percent

_KEY = "nnlab_over_time"
_SCALES = ("Linear", "By decades")
_WHAT = {
    "weights": "What the layer has learned, without its biases.",
    "activations": "What the layer gives out for a sample of the training images.",
    "gradients": "How the loss on a sample of the training images changes with each weight.",
}


@dataclass
class _Look:
    """What a visitor looks at in one run.

    Attributes:
        quantity: weights, activations or gradients.
        layer: its position in the network, None for the first there is.
        scales: of the axis of values, by quantity; gradients differ by powers of ten.
    """

    quantity: Quantity = "weights"
    layer: int | None = None
    scales: dict[Quantity, str] = field(
        default_factory=lambda: {
            "weights": "Linear", "activations": "Linear", "gradients": "By decades",
        }
    )  # fmt: skip
    scale: str = "Linear"

    def turn_to_quantity(self) -> None:
        """Another quantity was chosen: its own scale."""
        self.scale = self.scales[self.quantity]

    def keep_scale(self) -> None:
        """Another scale was chosen, for this quantity."""
        self.scales[self.quantity] = self.scale


def over_time_whole(run: Run, place: Place) -> None:
    """Weights, activations and gradients by layer over the run; dead and saturated units.

    Needs no worker. Nothing but words for a run of which nothing was recorded.

    Args:
        run: which is looked at.
        place: the moment that is marked.
    """
    layers = layers_of(run)
    if not layers.layers:
        st.info(
            "Nothing was recorded of this run's layers. Runs that are trained from now on have it:"
            " train it once more on the Train page.",
            icon=":material/history_toggle_off:",
        )
        return
    index, note = moment_of(run, layers, place)
    if note:
        st.caption(note)
    _distributions(run, layers, index)
    _gradients(run, layers, index)
    units_part(run, layers, index)


# The same, redrawn without the rest of the page.
over_time = st.fragment(over_time_whole)


def _distributions(run: Run, layers: LayersOverTime, index: int) -> None:
    st.subheader("Weights, activations and gradients", anchor=False)
    look = _look(run)
    layer = _choose(run, layers, look)
    parts = layer.of(look.quantity)
    scale = _scale(parts, look.scale)
    figure = _drawn(run.id, layers.steps, layer.position, look.quantity, look.scale, layers)
    name = layer_name(run, layer)
    words = _words(parts[index], look.quantity, name, layers, index)
    live_chart(at_moment(figure, parts, scale, index), "inside-distributions", words)
    meaning = info(run.experiment.dataset.name).words(_WHAT[look.quantity])
    st.caption(f"{words} {meaning}")
    with st.expander("All moments as a table", icon=":material/table:"):
        distribution_table(layers, parts)


def _choose(run: Run, layers: LayersOverTime, look: _Look) -> Layer:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "What", QUANTITIES, default=look.quantity, required=True, format_func=str.capitalize,
            **tied(look, "quantity", f"inside-quantity-{run.id}", look.turn_to_quantity),
        )  # fmt: skip
        offered = {layer.position: layer for layer in layers.with_(look.quantity)}
        chosen = look.layer if look.layer in offered else next(iter(offered))
        st.selectbox(
            "Layer", tuple(offered), index=list(offered).index(chosen), width=250,
            format_func=lambda position: layer_name(run, offered[position]),
            **tied(look, "layer", f"inside-layer-{run.id}-{look.quantity}"),
        )  # fmt: skip
        st.segmented_control(
            "Axis of values", _SCALES, default=look.scale, required=True,
            help="By decades: 0.001, 0.01, 0.1 … at equal distances, on both sides of 0.",
            **tied(look, "scale", f"inside-scale-{run.id}-{look.quantity}", look.keep_scale),
        )  # fmt: skip
    return offered[chosen]


def _scale(parts: list[Distribution], name: str) -> Scale:
    return Scale() if name == "Linear" else by_decades(parts)


@st.cache_resource(show_spinner=False, max_entries=64)
def _drawn(
    run_id: str,  # noqa: ARG001 - part of the key, as the steps are
    steps: tuple[int, ...],  # noqa: ARG001
    position: int,
    quantity: Quantity,
    scale: str,
    _layers: LayersOverTime,
) -> dict[str, Any]:
    """The figure but for the moment that is looked at; to be read only."""
    parts = _layers.layers[position].of(quantity)
    title = f"{quantity.capitalize()} of the layer over the training"
    return distributions_figure(parts, _layers.epochs, _scale(parts, scale), title)


def _words(part: Distribution, quantity: str, name: str, layers: LayersOverTime, index: int) -> str:
    when = Place(layers.steps[index], layers.epochs[index]).label
    zeros = f"{percent(part.zeros)} are exactly 0" if part.zeros else "none is exactly 0"
    low, high, mean, std = map(number_words, (part.low, part.high, part.mean, part.std))
    return (
        f"Layer {name}, {when}: {quantity} from {low} to {high}, mean {mean}, standard deviation"
        f" {std}; {zeros}."
    )


def _gradients(run: Run, layers: LayersOverTime, index: int) -> None:
    shown = layers.with_("gradients")
    if not shown:
        return
    st.subheader("How large the gradients are, layer by layer", anchor=False)
    names = [layer_name(run, layer) for layer in shown]
    stds = {
        name: [part.std for part in layer.of("gradients")]
        for name, layer in zip(names, shown, strict=True)
    }
    words = _gradient_words(shown, names, index)
    live_chart(gradient_figure(stds, layers.epochs, index), "inside-gradients", words)
    st.caption(words)
    with st.expander("All gradients as a table", icon=":material/table:"):
        gradient_table(layers, stds)


def _gradient_words(shown: list[Layer], names: list[str], index: int) -> str:
    sizes = ", ".join(
        f"{name}: {number_words(layer.of('gradients')[index].std)}"
        for name, layer in zip(names, shown, strict=True)
    )
    words = f"Standard deviation of the gradients at this moment: {sizes}."
    ratio = gradient_ratio(shown, index)
    if ratio is None or 0.1 < ratio < 10:
        return words
    how = f"{ratio:,.0f} times smaller" if ratio > 1 else f"{1 / ratio:,.0f} times larger"
    end = (
        "Where they get ever smaller towards the input they are said to vanish: the first layers"
        " then hardly learn."
        if ratio > 1
        else "Where they get ever larger towards the input they are said to explode."
    )
    return f"{words} In the first of these layers they are {how} than in the last. {end}"


def _look(run: Run) -> _Look:
    return st.session_state.setdefault(_KEY, {}).setdefault(run.id, _Look())
