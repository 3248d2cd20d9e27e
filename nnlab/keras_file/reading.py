"""The zip and its `config.json` → layers as an Experiment has them."""

import json
from dataclasses import dataclass, field
from typing import Any

from nnlab.datasets.uploaded import MOST_BYTES, NotAnImageSet
from nnlab.datasets.uploaded.limits import megabytes
from nnlab.datasets.uploaded.zipped import open_zip, read_entry
from nnlab.experiment import Layer, Output
from nnlab.keras_file.known import checked_layers
from nnlab.keras_file.layers import hidden_layers
from nnlab.keras_file.refusal import NotANetwork, shown

CONFIG, METADATA, WEIGHTS = "config.json", "metadata.json", "model.weights.h5"
MOST_CONFIG = 1_000_000
# Weights are not packed; with Adam's momenta they take three times as many bytes as alone.
MOST_WEIGHTS = MOST_BYTES
_NO_KERAS = (
    "This is no .keras file. Save the model with Keras 3: model.save('model.keras'). Older files "
    "(.h5, SavedModel) and pickles are not read."
)


@dataclass(frozen=True)
class KerasFile:
    """A network that has a counterpart here.

    Attributes:
        input_shape: of one example, as the file has it: (28, 28), (28, 28, 1), (784,) or (2,).
        layers: the hidden ones.
        output: the last one.
        classes: units of the last one.
        pixels_to_255: its first layer divides by 255, so it is to be given what is here times 255.
        config: its layers as Keras wrote them, checked; nothing but what is on our lists.
        weights: the content of its file of weights, not looked into.
    """

    input_shape: tuple[int, ...]
    layers: tuple[Layer, ...]
    output: Output
    classes: int
    pixels_to_255: bool
    config: dict[str, Any] = field(repr=False)
    weights: bytes = field(repr=False)


def read_keras_file(content: bytes) -> KerasFile:
    """The network in a file's content.

    Raises:
        NotANetwork: it is too large, damaged, no Keras model, or has a layer or setting that has
            no counterpart here; names it.
    """
    if not 0 < len(content) <= MOST_BYTES:
        size = megabytes(len(content))
        raise NotANetwork(f"The file has {size}; at most {megabytes(MOST_BYTES)} are read.")
    if not content.startswith(b"PK"):
        raise NotANetwork(_NO_KERAS)
    config_text, weights = _members(content)
    config = checked_layers(_json(config_text))
    found = hidden_layers(config["config"]["layers"])
    return KerasFile(**found, config=config, weights=weights)


def _members(content: bytes) -> tuple[bytes, bytes]:
    try:
        with open_zip(content) as archive:
            names = archive.namelist()
            if sorted(names) != sorted((CONFIG, METADATA, WEIGHTS)):
                extra = sorted(set(names) - {CONFIG, METADATA, WEIGHTS})
                told = f"it also holds {shown(extra[0])}" if extra else "a part of it is missing"
                raise NotANetwork(
                    f"A .keras file holds {CONFIG}, {METADATA} and {WEIGHTS}, each once, and "
                    f"nothing else; {told}."
                )
            config = read_entry(archive, archive.getinfo(CONFIG), MOST_CONFIG)
            return config, read_entry(archive, archive.getinfo(WEIGHTS), MOST_WEIGHTS)
    except NotANetwork:
        raise
    except NotAnImageSet as error:
        raise NotANetwork(str(error)) from None


def _json(text: bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise NotANetwork(f"The file's {CONFIG} is no JSON.") from None
