import numpy as np
import pytest

from nnlab.analysis.first_layer import first_layer_of

RNG = np.random.default_rng(0)


def test_units_of_a_dense_layer_are_images_of_what_they_multiply():
    kernel = RNG.normal(size=(784, 5)).astype(np.float16)
    found = first_layer_of({"model.0": kernel, "model.1": np.zeros(5), "model.2": np.eye(5)})
    assert not found.filters
    assert found.images.shape == (5, 28, 28)
    assert found.images.dtype == np.float32
    image = RNG.random((28, 28))
    expected = image.reshape(-1) @ kernel.astype(float)
    np.testing.assert_allclose((found.images * image).sum((1, 2)), expected, rtol=1e-3)


def test_filters_of_a_convolution():
    kernel = RNG.normal(size=(3, 3, 1, 4)).astype(np.float32)
    found = first_layer_of({"model.0": kernel, "model.1": np.zeros(4)})
    assert found.filters
    for number in range(4):
        np.testing.assert_array_equal(found.images[number], kernel[:, :, 0, number])


def test_names_count_as_numbers_and_what_has_one_dimension_is_no_kernel():
    kernel = RNG.normal(size=(64, 2))
    weights = {"model.10": np.eye(2), "model.4": kernel} | {
        f"model.{place}": np.zeros(2) for place in range(4)
    }  # a batch normalization of the pixels comes first
    np.testing.assert_allclose(first_layer_of(weights).images[1].ravel(), kernel[:, 1], rtol=1e-6)


@pytest.mark.parametrize("weights", [{}, {"model.0": np.zeros(3)}, {"model.0": np.zeros((10, 3))}])
def test_where_there_are_no_square_images(weights: dict):
    assert first_layer_of(weights) is None
