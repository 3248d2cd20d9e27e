import pytest

from nnlab.architecture import MAX_ACTIVATION_BYTES, Architecture, layer_title, summarize
from nnlab.experiment import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Experiment,
    Flatten,
    Layer,
    MaxPooling2D,
    Output,
    Training,
)

IMAGE = (28, 28, 1)


def summary(*layers: Layer, shape: tuple[int, ...] = IMAGE, batch_size: int = 32) -> Architecture:
    experiment = Experiment(layers=layers, training=Training(batch_size=batch_size))
    return summarize(experiment, shape, 10)


def test_beginner_network() -> None:
    built = summary(Flatten(), Dense(units=128), Dropout(rate=0.2))

    assert [layer.output_shape for layer in built.layers] == [(784,), (128,), (128,), (10,)]
    assert [layer.parameters for layer in built.layers] == [0, 100_480, 0, 1_290]
    assert [layer.multiply_adds for layer in built.layers] == [0, 784 * 128, 0, 1_280]
    assert built.parameters == built.trainable_parameters == 101_770
    assert built.multiply_adds == 784 * 128 + 1_280
    assert built.problems == ()


def test_layers_know_their_place() -> None:
    built = summary(Flatten(), Dense())

    assert [layer.index for layer in built.layers] == [0, 1, None]
    assert [layer.field for layer in built.layers] == ["layers.0", "layers.1", "output"]
    assert [layer.type for layer in built.layers] == ["Flatten", "Dense", "Output"]
    assert built.layers[1].input_shape == (784,)


def test_convolution_costs_its_kernel_at_every_place() -> None:
    built = summary(Conv2D(filters=4, kernel_size=3), Flatten())

    assert built.layers[0].parameters == 3 * 3 * 1 * 4 + 4
    assert built.layers[0].multiply_adds == 26 * 26 * 4 * 9


def test_batch_normalization_trains_half_of_its_parameters() -> None:
    layer = summary(Conv2D(filters=4), BatchNormalization(), Flatten()).layers[1]

    assert (layer.parameters, layer.trainable_parameters) == (16, 8)


@pytest.mark.parametrize(("given", "meant"), [((8, 8), (8, 8, 1)), ((32, 32, 3), (32, 32, 3))])
def test_an_image_without_channels_has_one(given: tuple[int, ...], meant: tuple[int, ...]) -> None:
    assert summary(Flatten(), shape=given).input_shape == meant


@pytest.mark.parametrize("shape", [(), (0, 28), (1, 2, 3, 4)])
def test_other_input_shapes_are_an_error(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="not the shape"):
        summary(Flatten(), shape=shape)


def test_points_need_no_flatten() -> None:
    built = summary(Dense(units=4), shape=(2,))

    assert built.parameters == 3 * 4 + 5 * 10
    assert built.problems == ()


@pytest.mark.parametrize(
    ("layers", "field", "words"),
    [
        ([Dense()], "layers.0", "image of 28×28×1: add a Flatten layer before it"),
        ([Conv2D(), Dropout()], "output", "add a Flatten layer as the last hidden layer"),
        ([], "output", "add a Flatten layer"),
        ([Flatten(), Conv2D()], "layers.1", "Conv2D needs an image but gets a flat row of 784"),
        ([Flatten(), MaxPooling2D()], "layers.1", "MaxPooling2D needs an image"),
        ([MaxPooling2D(pool_size=14), Conv2D()], "layers.1", "kernel size of at most 2"),
        ([MaxPooling2D(pool_size=9), MaxPooling2D(pool_size=4)], "layers.1", "at most 3"),
        ([MaxPooling2D(pool_size=14), MaxPooling2D(), MaxPooling2D()], "layers.2", "remove this"),
    ],
)
def test_impossible_stacks_are_refused_at_the_layer(
    layers: list[Layer], field: str, words: str
) -> None:
    built = summary(*layers)

    assert [problem.field for problem in built.problems] == [field]
    assert words in built.problems[0].message
    concerned = next(layer for layer in built.layers if layer.field == field)
    assert concerned.problem == built.problems[0].message
    assert concerned.output_shape is None


def test_layers_after_a_problem_are_unknown() -> None:
    first, second, third, output = summary(Flatten(), Conv2D(), Dense()).layers

    assert first.output_shape == second.input_shape == (784,)
    assert second.problem is not None
    for later in (third, output):
        assert later.input_shape is later.output_shape is later.problem is None
        assert later.parameters == later.multiply_adds == 0
        assert later.hint == "Unknown until layer 2 (Conv2D 32 · 3×3 · ReLU) is mended."


def test_same_padding_lets_a_kernel_be_larger_than_its_image() -> None:
    built = summary(Conv2D(kernel_size=15, padding="same"), Flatten(), shape=(8, 8))

    assert built.problems == ()
    assert built.layers[0].output_shape == (8, 8, 32)


def test_flattening_twice_is_only_hinted_at() -> None:
    built = summary(Flatten(), Flatten())

    assert built.problems == ()
    assert built.layers[0].hint is None
    assert "changes nothing" in (built.layers[1].hint or "")


def test_too_many_parameters_are_refused_at_the_largest_layer() -> None:
    wide = [Dense(units=4096) for _ in range(3)]
    built = summary(Flatten(), Dense(units=1024), *wide)

    (problem,) = built.problems
    assert problem.field == "layers.3"
    assert "at most 20,000,000" in problem.message
    assert f"{built.parameters:,} parameters" in problem.message
    assert "fewer units" in problem.message
    assert built.layers[-1].output_shape == (10,)


def test_twenty_million_parameters_are_allowed() -> None:
    layers = (Flatten(), Dense(units=4096), Dense(units=4074))
    built = summary(*layers)
    assert 19_900_000 < built.parameters <= 20_000_000
    assert built.problems == ()


def test_an_image_flattened_too_early_should_be_shrunk() -> None:
    built = summary(Conv2D(filters=256), Flatten(), Dense(units=4096))

    assert "MaxPooling2D" in built.problems[0].message


def test_largest_batch_that_fits_is_named_and_fits() -> None:
    layers = [Conv2D(filters=256, padding="same"), Conv2D(filters=256, padding="same"), Flatten()]
    (problem,) = summary(*layers, batch_size=4096).problems
    values = 784 + 3 * 784 * 256 + 10
    largest = MAX_ACTIVATION_BYTES // (values * 12)

    assert problem.field == "training.batch_size"
    assert f"at most {largest:,} fit" in problem.message
    assert summary(*layers, batch_size=largest).problems == ()
    assert summary(*layers, batch_size=largest + 1).problems != ()


def test_a_full_batch_is_as_large_as_the_training_part() -> None:
    layers = (Flatten(), Dense(units=1000))
    experiment = Experiment(layers=layers, training=Training(batch_size="full"))
    largest = MAX_ACTIVATION_BYTES // ((784 + 784 + 1000 + 10) * 12)

    assert summarize(experiment, IMAGE, 10, largest).problems == ()
    (problem,) = summarize(experiment, IMAGE, 10, largest + 1).problems
    assert problem.field == "training.batch_size"
    assert f"at most {largest:,} fit" in problem.message


def test_images_too_large_for_any_batch() -> None:
    layers = [Conv2D(filters=256, padding="same"), MaxPooling2D(pool_size=14), Flatten()]
    (problem,) = summary(*layers, shape=(1024, 1024, 3), batch_size=1).problems

    assert problem.field == "layers"


@pytest.mark.parametrize(
    ("layer", "title"),
    [
        (Dense(units=128), "Dense 128 · ReLU"),
        (Dropout(rate=0.25), "Dropout 25 %"),
        (Conv2D(filters=8, kernel_size=5), "Conv2D 8 · 5×5 · ReLU"),
        (Conv2D(strides=2, padding="same"), "Conv2D 32 · 3×3 · stride 2 · same · ReLU"),
        (MaxPooling2D(pool_size=3), "MaxPooling2D 3×3"),
        (Activation(activation="leaky_relu"), "Activation leaky ReLU"),
        (BatchNormalization(), "BatchNormalization"),
        (Flatten(), "Flatten"),
        (Output(), "Output · softmax"),
    ],
)
def test_titles(layer: Layer, title: str) -> None:
    assert layer_title(layer) == title


def test_output_title_names_the_classes() -> None:
    assert summary(Flatten()).layers[-1].title == "Output 10 · softmax"
