"""Dead and saturated units: named at the moment, counted over the run."""

from collections.abc import Mapping

import streamlit as st

from nnlab.analysis.layers_over_time import Layer, LayersOverTime
from nnlab.datasets import info, sizes
from nnlab.figures.layer_lines import units_figure
from nnlab.figures.unit_words import DEAD_MEANS, SATURATED_MEANS, units_words
from nnlab.runs.run import Run
from nnlab.training.recording.plan import SAMPLE
from nnlab.ui.inside.layers import layer_name
from nnlab.ui.inside.tables import units_table
from nnlab.ui.live_chart import live_chart


def units_part(run: Run, layers: LayersOverTime, index: int) -> None:
    """Which units tell nothing at moment `index`, and how many did at each."""
    st.subheader("Dead and saturated units", anchor=False)
    can = [layer for layer in layers.layers if layer.may_die or layer.may_saturate]
    if not can:
        st.markdown(
            "This network has no layer with ReLU, whose units can die, nor one with sigmoid or"
            " tanh, whose units can saturate."
        )
        return
    shown = {layer_name(run, layer): layer for layer in can}
    sample = min(SAMPLE, sizes(run.experiment.dataset)[0])
    worded = info(run.experiment.dataset.name).words
    lines = [
        f"- **{name}**: {worded(units_words(layer, index, sample))}"
        for name, layer in shown.items()
        if layer.silent(index)
    ]
    st.markdown("\n".join(lines) or f"{_none(can)} at this moment.")
    st.caption(worded(_meaning(can)))
    _over_time(shown, layers, index)


def _meaning(can: list[Layer]) -> str:
    """What it means, for what this network can suffer from."""
    words = ["Units are counted from 0."]
    if any(layer.may_die for layer in can):
        words.append(DEAD_MEANS)
    if any(layer.may_saturate for layer in can):
        words.append(SATURATED_MEANS)
    return " ".join(words)


def _none(can: list[Layer]) -> str:
    kinds = {"dead": any(x.may_die for x in can), "saturated": any(x.may_saturate for x in can)}
    return f"No unit is {' or '.join(word for word, there in kinds.items() if there)}"


def _over_time(shown: Mapping[str, Layer], layers: LayersOverTime, index: int) -> None:
    counts = {
        name: [layer.silent(moment) for moment in range(len(layer.moments))]
        for name, layer in shown.items()
    }
    if not any(map(any, counts.values())):
        st.markdown("There was none at any other moment either.")
        return
    sizes_of = {name: layer.units for name, layer in shown.items()}
    now = ", ".join(f"{name}: {values[index]}" for name, values in counts.items())
    live_chart(
        units_figure(counts, sizes_of, layers.epochs, index),
        "inside-units",
        f"Number of dead or saturated units over the training; at this moment {now}",
    )
    with st.expander("All dead and saturated units as a table", icon=":material/table:"):
        units_table(layers, shown)
