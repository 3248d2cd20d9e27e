"""What a file may name at all: Keras's own layers, initializers and regularizers, by list.

Keras looks up what a file names, so nothing goes to it that was not found here first.
"""

from typing import Any

from nnlab.keras_file.refusal import NotANetwork, shown

MOST_LAYERS = 40
MOST_DEPTH = 12
LAYERS = (
    "InputLayer", "Rescaling", "Reshape", "Flatten", "Dense", "Dropout", "Conv2D", "MaxPooling2D",
    "BatchNormalization", "Activation", "ReLU", "Softmax",
)  # fmt: skip
_INITIALIZERS = (
    "GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal", "LecunUniform", "LecunNormal",
    "RandomNormal", "RandomUniform", "TruncatedNormal", "VarianceScaling", "Orthogonal",
    "Zeros", "Ones", "Constant",
)  # fmt: skip
_REGULARIZERS = ("L1", "L2", "L1L2")
_KNOWN = {
    *(("keras.layers", name) for name in LAYERS),
    *(("keras.initializers", name) for name in _INITIALIZERS),
    *(("keras.regularizers", name) for name in _REGULARIZERS),
    ("keras", "DTypePolicy"),
}
_PARTS = {"module", "class_name", "config", "registered_name", "build_config", "shared_object_id"}


def checked_layers(config: Any) -> dict[str, Any]:
    """A Sequential model's config with nothing but its layers in it, each of them known.

    How it was compiled is left out unread: it is not needed to evaluate a network.

    Raises:
        NotANetwork: it is another kind of model, or names what is not on the lists.
    """
    if not isinstance(config, dict) or not isinstance(config.get("config"), dict):
        raise NotANetwork("The file's config.json describes no model.")
    kind = (config.get("module"), config.get("class_name"), config.get("registered_name"))
    if kind[:2] != ("keras", "Sequential") or kind[2] not in (None, "Sequential"):
        raise NotANetwork(
            f"The model is a {shown(config.get('class_name'))} of {shown(config.get('module'))}. "
            "Only Keras's Sequential models, one layer after the other, can be shown here."
        )
    layers = config["config"].get("layers")
    if not isinstance(layers, list) or not 2 <= len(layers) <= MOST_LAYERS:
        raise NotANetwork(f"A network here has 1 to {MOST_LAYERS - 1} layers after its input.")
    checked = [_checked(layer, f"Layer {number}") for number, layer in enumerate(layers)]
    inner = {"name": "brought_in", "trainable": True, "layers": checked}
    return _object("keras", "Sequential", inner)


def _checked(layer: Any, place: str) -> dict[str, Any]:
    """One layer, without what Keras notes beside its settings."""
    if not isinstance(layer, dict) or not isinstance(layer.get("config"), dict):
        raise NotANetwork(f"{place} is no layer.")
    name, module = layer.get("class_name"), layer.get("module")
    own = layer.get("registered_name") not in (None, name)
    if name == "Lambda" or module == "builtins":
        raise NotANetwork(
            f"{place} is a Lambda layer, which holds code that would be run. It is refused, and "
            "nothing was run."
        )
    if module != "keras.layers" or own:
        raise NotANetwork(
            f"{place}, {shown(name)}, is of {shown(module)} and not Keras's own. Layers that bring "
            "code of their own are refused, and nothing was run."
        )
    if name not in LAYERS:
        raise NotANetwork(
            f"{place} is a {shown(name)} layer, which has no counterpart here. There are "
            f"{', '.join(LAYERS[1:])}."
        )
    return _object(module, name, {key: _walk(v, place, 0) for key, v in layer["config"].items()})


def _walk(value: Any, place: str, depth: int) -> Any:
    """The same without notes; every object in it is on the lists."""
    if depth > MOST_DEPTH:
        raise NotANetwork(f"{place} has settings within settings without end.")
    if isinstance(value, list):
        return [_walk(each, place, depth + 1) for each in value]
    if not isinstance(value, dict):
        return value
    name, module = value.get("class_name"), value.get("module")
    told = isinstance(module, str) and isinstance(name, str)
    if not told or (module, name) not in _KNOWN or value.get("registered_name") not in (None, name):
        raise NotANetwork(
            f"{place} names {shown(name)} of {shown(module)}, which is not among what is known "
            "here. It is refused, and nothing was run."
        )
    if not set(value) <= _PARTS or not isinstance(value.get("config"), dict):
        raise NotANetwork(f"{place} has a damaged description of {shown(name)}.")
    inner = {key: _walk(each, place, depth + 1) for key, each in value["config"].items()}
    return _object(module, name, inner)


def _object(module: Any, name: Any, config: dict[str, Any]) -> dict[str, Any]:
    return {"module": module, "class_name": name, "config": config, "registered_name": None}
