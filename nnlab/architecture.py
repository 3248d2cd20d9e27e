"""What a stack of layers amounts to: shapes, parameters, cost, and what cannot work.

Plain arithmetic, so that a form can show it at every edit. The shapes and counts are those that
Keras gives for the same layers.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil, prod
from typing import Any

from nnlab.experiment import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Experiment,
    Flatten,
    MaxPooling2D,
    Output,
    Problem,
    Settings,
)

Shape = tuple[int, ...]

MAX_PARAMETERS = 20_000_000
MAX_ACTIVATION_BYTES = 2 * 1024**3
# A value is kept for the backward pass, beside its gradient and a working copy; float32 each.
_BYTES_PER_VALUE = 3 * 4

_ACTIVATION_NAMES = {
    "relu": "ReLU", "leaky_relu": "leaky ReLU", "elu": "ELU", "selu": "SELU", "gelu": "GELU",
    "silu": "SiLU",
}  # fmt: skip


@dataclass(frozen=True)
class LayerSummary:
    """One layer in its place in the network.

    `index` counts the hidden layers from 0 and is None for the output. Shapes leave out the
    batch; None means unknown, because this layer or one before it cannot work. `multiply_adds`
    is the arithmetic for one image, forwards. `problem` must be mended, `hint` is worth knowing.
    """

    index: int | None
    type: str
    title: str
    input_shape: Shape | None
    output_shape: Shape | None
    parameters: int
    trainable_parameters: int
    multiply_adds: int
    problem: str | None
    hint: str | None
    settings: Settings

    @property
    def field(self) -> str:
        """Where the layer stands in an Experiment: `layers.3` or `output`."""
        return "output" if self.index is None else f"layers.{self.index}"


@dataclass(frozen=True)
class Architecture:
    """The hidden layers and then the output, with their sums and all that must be mended."""

    input_shape: Shape
    layers: tuple[LayerSummary, ...]
    parameters: int
    trainable_parameters: int
    multiply_adds: int
    problems: tuple[Problem, ...]


def summarize(
    experiment: Experiment, input_shape: Shape, n_classes: int, n_images: int | None = None
) -> Architecture:
    """Shapes, parameter counts and problems of `experiment`'s network.

    Args:
        experiment: the layers, the output and the batch size are read.
        input_shape: of one example, without the batch: `(height, width, channels)`,
            `(height, width)` for one channel, or `(features,)` for data that are not images.
        n_classes: units of the output layer.
        n_images: size of the training part, which is that of a full batch; whether such a batch
            fits into memory cannot be told without it.

    Raises:
        ValueError: an input shape that is none of these.
    """
    shape = _image_shape(input_shape)
    layers = _too_many_parameters(_chain(experiment, shape, n_classes))
    problems = [Problem(layer.field, layer.problem) for layer in layers if layer.problem]
    if all(layer.output_shape is not None for layer in layers):
        size = experiment.training.batch_size
        problems += _memory_problems(n_images if size == "full" else size, shape, layers)
    return Architecture(
        shape,
        layers,
        sum(layer.parameters for layer in layers),
        sum(layer.trainable_parameters for layer in layers),
        sum(layer.multiply_adds for layer in layers),
        tuple(problems),
    )


def activation_name(name: str) -> str:
    """An activation as a person writes it: `relu` is ReLU, `leaky_relu` is leaky ReLU."""
    return _ACTIVATION_NAMES.get(name, name)


def shape_text(shape: Shape) -> str:
    """`(28, 28, 1)` as `28×28×1`."""
    return "×".join(f"{size:,}" for size in shape)


def layer_title(layer: Settings, n_classes: int | None = None) -> str:
    """A layer in a few words, e.g. `Dense 128 · ReLU`; `n_classes` completes an output's."""
    match layer:
        case Dense():
            return f"Dense {layer.units} · {activation_name(layer.activation)}"
        case Dropout():
            return f"Dropout {layer.rate * 100:.3g} %"
        case Conv2D():
            return _conv_title(layer)
        case MaxPooling2D():
            return f"MaxPooling2D {layer.pool_size}×{layer.pool_size}"
        case Activation():
            return f"Activation {activation_name(layer.activation)}"
        case Output():
            size = "" if n_classes is None else f" {n_classes}"
            return f"Output{size} · {layer.activation}"
    return type(layer).__name__


def _conv_title(layer: Conv2D) -> str:
    parts = [f"Conv2D {layer.filters}", f"{layer.kernel_size}×{layer.kernel_size}"]
    if layer.strides > 1:
        parts.append(f"stride {layer.strides}")
    if layer.padding == "same":
        parts.append("same")
    return " · ".join([*parts, activation_name(layer.activation)])


def _image_shape(shape: Shape) -> Shape:
    if len(shape) not in (1, 2, 3) or min(shape) < 1:
        raise ValueError(f"not the shape of an image or of a row of numbers: {shape}")
    return (*shape, 1) if len(shape) == 2 else tuple(shape)


# One step: what a layer makes of a shape.


@dataclass(frozen=True)
class _Step:
    output_shape: Shape
    trainable: int = 0
    frozen: int = 0
    multiply_adds: int = 0
    hint: str | None = None


class _RefusedError(Exception):
    """A layer cannot take what it is given; the message says what to do."""


def _dense(layer: Dense, shape: Shape) -> _Step:
    return _fully_connected("Dense", layer.units, shape, "add a Flatten layer before it")


def _fully_connected(who: str, units: int, shape: Shape, advice: str) -> _Step:
    if len(shape) > 1:
        raise _RefusedError(
            f"{who} needs a flat row of numbers but gets an image of {shape_text(shape)}: {advice}."
        )
    return _Step((units,), (shape[0] + 1) * units, multiply_adds=shape[0] * units)


def _flatten(_: Flatten, shape: Shape) -> _Step:
    flat = "Its input is flat already, so this layer changes nothing." if len(shape) == 1 else None
    return _Step((prod(shape),), hint=flat)


def _conv2d(layer: Conv2D, shape: Shape) -> _Step:
    height, width, channels = _image("Conv2D", shape)
    kernel, stride = layer.kernel_size, layer.strides
    if layer.padding == "same":
        size = (ceil(height / stride), ceil(width / stride))
    else:
        _must_fit_kernel(kernel, shape)
        size = ((height - kernel) // stride + 1, (width - kernel) // stride + 1)
    weights = kernel * kernel * channels * layer.filters
    return _Step(
        (*size, layer.filters), weights + layer.filters, multiply_adds=weights * prod(size)
    )


def _must_fit_kernel(kernel: int, shape: Shape) -> None:
    largest = min(shape[:2])
    if kernel > largest:
        raise _RefusedError(
            f"A kernel of {kernel}×{kernel} does not fit into an image of {shape_text(shape[:2])}: "
            f'choose a kernel size of at most {largest}, or padding "same".'
        )


def _max_pooling(layer: MaxPooling2D, shape: Shape) -> _Step:
    height, width, channels = _image("MaxPooling2D", shape)
    pool, largest = layer.pool_size, min(height, width)
    if pool > largest:
        advice = f"choose a pool size of at most {largest}" if largest > 1 else "remove this layer"
        raise _RefusedError(
            f"A pool of {pool}×{pool} does not fit into an image of {shape_text(shape[:2])}: "
            f"{advice}, or shrink the image less in the layers before."
        )
    return _Step((height // pool, width // pool, channels))


def _image(who: str, shape: Shape) -> Shape:
    if len(shape) == 3:
        return shape
    raise _RefusedError(
        f"{who} needs an image but gets a flat row of {shape[0]:,} numbers: "
        "move it to where there is still an image (before Flatten), or use Dense instead."
    )


def _batch_normalization(_: BatchNormalization, shape: Shape) -> _Step:
    channels = shape[-1]
    return _Step(shape, 2 * channels, frozen=2 * channels, multiply_adds=prod(shape))


def _unchanged(_: Settings, shape: Shape) -> _Step:
    return _Step(shape)


_STEPS: dict[type[Settings], Callable[[Any, Shape], _Step]] = {
    Dense: _dense,
    Dropout: _unchanged,
    Flatten: _flatten,
    Conv2D: _conv2d,
    MaxPooling2D: _max_pooling,
    BatchNormalization: _batch_normalization,
    Activation: _unchanged,
}


def _take(layer: Settings, shape: Shape, n_classes: int) -> _Step:
    if isinstance(layer, Output):
        advice = "add a Flatten layer as the last hidden layer"
        return _fully_connected("The output", n_classes, shape, advice)
    return _STEPS[type(layer)](layer, shape)


# The chain.


def _chain(experiment: Experiment, input_shape: Shape, n_classes: int) -> list[LayerSummary]:
    summaries: list[LayerSummary] = []
    shape: Shape | None = input_shape
    broken = None
    for layer in (*experiment.layers, experiment.output):
        summary = _summary(len(summaries), layer, shape, n_classes, broken)
        summaries.append(summary)
        shape = summary.output_shape
        if summary.problem:
            broken = f"Unknown until layer {len(summaries)} ({summary.title}) is mended."
    return summaries


def _summary(
    position: int, layer: Settings, shape: Shape | None, n_classes: int, broken: str | None
) -> LayerSummary:
    step, problem = None, None
    if shape is not None:
        try:
            step = _take(layer, shape, n_classes)
        except _RefusedError as refused:
            problem = str(refused)
    return LayerSummary(
        index=None if isinstance(layer, Output) else position,
        type=type(layer).__name__,
        title=layer_title(layer, n_classes),
        input_shape=shape,
        output_shape=step.output_shape if step else None,
        parameters=step.trainable + step.frozen if step else 0,
        trainable_parameters=step.trainable if step else 0,
        multiply_adds=step.multiply_adds if step else 0,
        problem=problem,
        hint=step.hint if step else broken,
        settings=layer,
    )


# Limits.


def _too_many_parameters(layers: list[LayerSummary]) -> tuple[LayerSummary, ...]:
    """The layers, the largest of them marked where all together are too large."""
    total = sum(layer.parameters for layer in layers)
    if total <= MAX_PARAMETERS:
        return tuple(layers)
    largest = max(layers, key=lambda layer: layer.parameters)
    marked = replace(largest, problem=largest.problem or _size_message(largest, total))
    return tuple(marked if layer is largest else layer for layer in layers)


def _size_message(largest: LayerSummary, total: int) -> str:
    remedy = {"Dense": "give it fewer units", "Conv2D": "give it fewer filters or a smaller kernel"}
    advice = remedy.get(largest.type, "make it smaller")
    if (largest.input_shape or (0,))[0] > 4096:
        advice += ", or shrink the image before it with MaxPooling2D"
    return (
        f"The network would have {total:,} parameters, {largest.parameters:,} of them in this "
        f"layer; at most {MAX_PARAMETERS:,} are allowed: {advice}."
    )


def _memory_problems(
    batch_size: int | None, input_shape: Shape, layers: tuple[LayerSummary, ...]
) -> list[Problem]:
    shapes = [input_shape, *(layer.output_shape or () for layer in layers)]
    bytes_per_image = sum(prod(shape) for shape in shapes) * _BYTES_PER_VALUE
    largest_batch = MAX_ACTIVATION_BYTES // bytes_per_image
    if batch_size is None or batch_size <= largest_batch:
        return []
    needed = batch_size * bytes_per_image / 1024**3
    start = f"a batch of {batch_size:,} would fill about {needed:.1f} GiB of memory"
    if largest_batch == 0:
        return [Problem("layers", f"even {start}; use fewer filters or shrink the image sooner")]
    return [Problem("training.batch_size", f"{start}; at most {largest_batch:,} fit this network")]
