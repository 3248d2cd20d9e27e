"""Changes of the network's layers by a press: more or fewer units and layers."""

from typing import Any

from nnlab.experiment import Dense, Dropout, Experiment, Layer, bounds
from nnlab.ui.state import fresh_layer_id

Stack = list[tuple[int, Layer]]
MOST_LAYERS: int = next(
    rule.max_length
    for rule in Experiment.model_fields["layers"].metadata
    if hasattr(rule, "max_length")
)
_NEW = Dense(units=4, activation="tanh")


def with_another_layer(stack: Stack) -> Stack:
    """One more hidden layer before the output, like the one before it."""
    last = next((layer for _, layer in reversed(stack) if isinstance(layer, Dense)), _NEW)
    return [*stack, (fresh_layer_id(), last)]


def without_last_layer(stack: Stack) -> Stack:
    """Without the last hidden layer, and what follows it."""
    hidden = [at for at, (_, layer) in enumerate(stack) if isinstance(layer, Dense)]
    return stack[: hidden[-1]] if hidden else stack


def with_units(stack: Stack, index: int, by: int) -> Stack:
    """The hidden layer at a position of the stack with so many units more.

    At its bounds it stays as it is, and a position without a hidden layer is none of this.
    """
    if not 0 <= index < len(stack) or not isinstance(stack[index][1], Dense):
        return stack
    layer_id, layer = stack[index]
    low, high = bounds(Dense, "units")
    units = min(max(layer.units + by, low), high)  # type: ignore[union-attr]
    return [*stack[:index], (layer_id, _changed(layer, units=units)), *stack[index + 1 :]]


def with_activation(stack: Stack, activation: str) -> Stack:
    """Every hidden layer with this activation."""
    return [
        (at, _changed(layer, activation=activation) if isinstance(layer, Dense) else layer)
        for at, layer in stack
    ]


def with_dropout(stack: Stack, rate: float) -> Stack:
    """Dropout of this rate wherever there is one; after each hidden layer where there is none."""
    if any(isinstance(layer, Dropout) for _, layer in stack):
        return [
            (at, _changed(layer, rate=rate) if isinstance(layer, Dropout) else layer)
            for at, layer in stack
        ]
    made: Stack = []
    for at, layer in stack:
        made.append((at, layer))
        if isinstance(layer, Dense):
            made.append((fresh_layer_id(), Dropout(rate=rate)))
    return made


def activation_of(experiment: Experiment) -> str | None:
    """That of the hidden layers; None where there are none, or several."""
    found = {layer.activation for layer in experiment.layers if isinstance(layer, Dense)}
    return found.pop() if len(found) == 1 else None


def dropout_of(experiment: Experiment) -> float | None:
    """The first rate, None without dropout."""
    rates = [layer.rate for layer in experiment.layers if isinstance(layer, Dropout)]
    return rates[0] if rates else None


def _changed(layer: Layer, **fields: Any) -> Layer:
    return type(layer).model_validate(layer.model_dump() | fields)
