"""The layer editor: add, remove, reorder, duplicate; and the output."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from nnlab.architecture import Architecture, LayerSummary, shape_text
from nnlab.datasets import info_of
from nnlab.experiment import (
    INITIALIZERS,
    LAYER_TYPES,
    Conv2D,
    Flatten,
    Layer,
    MaxPooling2D,
    Task,
)
from nnlab.ui.controls import choice, row
from nnlab.ui.once import once
from nnlab.ui.state import State, fresh_layer_id
from nnlab.ui.train.layer_fields import INITIALIZER_HELP, all_hidden, layer_fields, stddev

MAX_LAYERS = 24
_IMAGE_LAYERS = (Conv2D, MaxPooling2D)
_OUTPUT_NAMES: dict[Task, dict[str, str]] = {
    "classification": {"softmax": "softmax: probabilities", "linear": "linear: logits"},
    "regression": {"linear": "linear: any number", "tanh": "tanh: from −1 to 1"},
}
_OUTPUT_HELP: dict[Task, str] = {
    "classification": "With logits the loss applies softmax itself, which is numerically safer.",
    "regression": "All targets lie from −1 to 1, so both can reach them.",
}
_OUTPUT_PATHS = ("output.activation", "output.kernel_initializer", "output.kernel_stddev")


def layer_editor(state: State, architecture: Architecture) -> None:
    """One card a layer, then the output, then buttons to add more."""
    summaries = {s.index: s for s in architecture.layers}
    cards = [
        (layer_id, layer, summaries[position])
        for position, (layer_id, layer) in enumerate(state.layers())
        if not (state.hidden("layers") and all_hidden(state, f"layers.{position}", layer))
    ]
    for layer_id, layer, summary in cards:
        _card(state, layer_id, layer, summary)
    output_shown = not all(map(state.hidden, _OUTPUT_PATHS))
    if output_shown:
        _output_card(state, architecture.layers[-1])
    if not state.locked("layers"):
        _add_buttons(state)
    elif not cards and not output_shown:
        st.caption("The layers are fixed by the task.")


def _card(state: State, layer_id: int, layer: Layer, summary: LayerSummary) -> None:
    with st.container(border=True, gap="small", key=f"layer-{layer_id}"):
        _header(state, layer_id, summary)
        layer_fields(state, f"layers.{summary.index}", layer, f"layer-{layer_id}")
        _findings(summary)


def _header(state: State, layer_id: int, summary: LayerSummary) -> None:
    index = summary.index or 0
    last = len(state.layer_ids) - 1
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
        st.markdown(_heading(f"{index + 1} · {summary.type}", summary), width="stretch")
        if state.locked("layers"):
            return
        _button("Move up", "arrow_upward", layer_id, "up", index == 0, _move, (state, layer_id, -1))
        _button(
            "Move down",
            "arrow_downward",
            layer_id,
            "down",
            index == last,
            _move,
            (state, layer_id, 1),
        )
        full = len(state.layer_ids) >= MAX_LAYERS
        _button("Duplicate", "content_copy", layer_id, "copy", full, _duplicate, (state, layer_id))
        _button("Remove", "delete", layer_id, "remove", False, _remove, (state, layer_id))


def _heading(title: str, summary: LayerSummary) -> str:
    if summary.output_shape is None:
        return f"**{title}**"
    shape, count = shape_text(summary.output_shape), summary.parameters
    parameters = f" · {count:,} parameters" if count else ""
    return f"**{title}** :gray[:small[→ {shape}{parameters}]]"


def _button(
    help_text: str,
    icon: str,
    layer_id: int,
    name: str,
    disabled: bool,
    action: Callable[..., None],
    arguments: tuple[Any, ...],
) -> None:
    st.button(
        "",
        icon=f":material/{icon}:",
        help=help_text,
        key=f"layer-{layer_id}-{name}",
        type="tertiary",
        disabled=disabled,
        on_click=once(action),
        args=arguments,
    )


def _findings(summary: LayerSummary) -> None:
    if summary.problem:
        st.error(summary.problem, icon=":material/error:")
    elif summary.hint:
        st.caption(summary.hint)


def _output_card(state: State, summary: LayerSummary) -> None:
    output = state.experiment.output
    with st.container(border=True, gap="small", key="layer-output"):
        numbers = info_of(state.experiment.dataset).regression
        words = "one unit, which gives the number" if numbers else "one unit a class"
        st.markdown(_heading(f"Output · Dense, {words}", summary))
        fields = [
            ("output.activation", lambda: _output_activation(state)),
            ("output.kernel_initializer", lambda: _output_initializer(state)),
        ]
        if output.kernel_initializer == "random_normal":
            name = "layer-output"
            fields.append(("output.kernel_stddev", lambda: stddev(state, "output", output, name)))
        row(state, len(fields), *fields)
        _findings(summary)


def _output_activation(state: State) -> None:
    task, current = info_of(state.experiment.dataset).task, state.experiment.output.activation
    names = _OUTPUT_NAMES[task]
    choice(
        state,
        "Activation",
        "output.activation",
        current,
        tuple(dict.fromkeys((*names, current))),  # what does not suit is shown, and told above
        format_func=lambda name: names.get(name, name),
        help=_OUTPUT_HELP[task],
    )


def _output_initializer(state: State) -> None:
    choice(
        state,
        "Initializer",
        "output.kernel_initializer",
        state.experiment.output.kernel_initializer,
        INITIALIZERS,
        help=INITIALIZER_HELP,
    )


def _add_buttons(state: State) -> None:
    st.caption("Add a layer")
    full = len(state.layer_ids) >= MAX_LAYERS
    with st.container(horizontal=True, gap="xsmall"):
        for name, kind in LAYER_TYPES.items():
            st.button(
                name,
                icon=":material/add:",
                key=f"add-{name}",
                disabled=full,
                help=(kind.__doc__ or "").splitlines()[0],
                on_click=once(_add),
                args=(state, kind()),
            )
    if full:
        st.caption(f"{MAX_LAYERS} layers is the most.")


# --- edits --------------------------------------------------------------------------------


def _add(state: State, layer: Layer) -> None:
    """At the end; a layer that works on images goes before the first Flatten, where it fits."""
    layers = state.layers()
    flats = [i for i, (_, known) in enumerate(layers) if isinstance(known, Flatten)]
    at = flats[0] if flats and isinstance(layer, _IMAGE_LAYERS) else len(layers)
    state.set_layers([*layers[:at], (fresh_layer_id(), layer), *layers[at:]])


def _move(state: State, layer_id: int, by: int) -> None:
    layers = state.layers()
    at = state.layer_ids.index(layer_id)
    layers.insert(at + by, layers.pop(at))
    state.set_layers(layers)


def _duplicate(state: State, layer_id: int) -> None:
    layers = state.layers()
    at = state.layer_ids.index(layer_id)
    layers.insert(at + 1, (fresh_layer_id(), layers[at][1]))
    state.set_layers(layers)


def _remove(state: State, layer_id: int) -> None:
    state.set_layers([pair for pair in state.layers() if pair[0] != layer_id])
