"""Every field of a layer in a Keras file: read, of no matter, or as it is here; or refused.

To leave a field unread could make another network of it.
"""

from typing import Any

from nnlab.keras_file.refusal import NotANetwork, shown

Config = dict[str, Any]
# They matter while a network trains, or before, and not when it is asked.
_TRAINING_ONLY = {
    "name", "trainable", "seed", "kernel_initializer", "bias_initializer", "kernel_regularizer",
    "bias_regularizer", "activity_regularizer", "kernel_constraint", "bias_constraint",
    "beta_initializer", "gamma_initializer", "moving_mean_initializer",
    "moving_variance_initializer", "beta_regularizer", "gamma_regularizer", "beta_constraint",
    "gamma_constraint", "noise_shape", "synchronized", "renorm_momentum",
}  # fmt: skip
_AS_OURS: Config = {
    "use_bias": True, "data_format": "channels_last", "dilation_rate": [1, 1], "groups": 1,
    "epsilon": 1e-3, "center": True, "scale": True, "max_value": None, "negative_slope": 0.0,
    "threshold": 0.0, "renorm": False, "renorm_clipping": None, "quantization_config": None,
    "lora_rank": None, "lora_alpha": None, "sparse": False, "ragged": False, "optional": False,
}  # fmt: skip
_READ = {
    "InputLayer": {"batch_shape"},
    "Rescaling": {"scale", "offset"},
    "Reshape": {"target_shape"},
    "Flatten": set(),
    "Dense": {"units", "activation"},
    "Dropout": {"rate"},
    "Conv2D": {"filters", "kernel_size", "strides", "padding", "activation"},
    "MaxPooling2D": {"pool_size", "strides", "padding"},
    "BatchNormalization": {"axis", "momentum"},
    "Activation": {"activation"},
    "ReLU": set(),
    "Softmax": {"axis"},
}  # fmt: skip


def require_ours(layer: Config, number: int) -> None:
    """Refuse a layer with a field that layers here do not have, or have otherwise.

    Args:
        layer: `class_name` and `config`, as Keras writes them.
        number: in the network, the input being 0.

    Raises:
        NotANetwork: with the field, its value, and the value that it should have.
    """
    name, config = layer["class_name"], layer["config"]
    for key, value in config.items():
        if key in _TRAINING_ONLY or key in _READ[name]:
            continue
        if key == "dtype":
            _require_float32(value, number, name)
        elif key in _AS_OURS:
            if value != _AS_OURS[key]:
                raise other(number, name, key, value, _AS_OURS[key])
        elif value not in (None, False):
            raise other(number, name, key, value, None)


def _require_float32(value: Any, number: int, name: str) -> None:
    policy = value["config"].get("name") if isinstance(value, dict) else value
    if policy not in (None, "float32"):
        raise other(number, name, "dtype", policy, "float32")


def other(number: int, name: str, key: str, value: Any, ours: Any) -> NotANetwork:
    """The refusal of a layer's field that has a `value` where there is `ours` here."""
    return NotANetwork(
        f"Layer {number} ({name}) has {shown(key)} = {shown(value)}; layers here have "
        f"{shown('none' if ours is None else ours)}."
    )
