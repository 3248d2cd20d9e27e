"""Single weights of a network, set by hand."""

from collections.abc import Iterable

import keras
import numpy as np

from nnlab.experiment import Change


def write_edits(model: keras.Sequential, edits: Iterable[Change]) -> None:
    """Set the weights and biases that `edits` name, in their order; nothing else changes.

    Args:
        model: of the experiment's layers.
        edits: of the field "weight", found to fit the layers by `nnlab.check`.
    """
    for edit in edits:
        layer = model.layers[edit.layer]
        variable = layer.bias if edit.input is None else layer.kernel
        values = np.array(variable.numpy())
        values[(..., edit.unit) if edit.input is None else (edit.input, edit.unit)] = edit.value
        variable.assign(values)
