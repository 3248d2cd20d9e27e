"""Norms, images and onward weights of units, by hand; mosaics and patches."""

import numpy as np
import pytest

from nnlab.analysis.layer_weights import LayerWeights, layer_weights, norms, outgoing, unit_images
from nnlab.analysis.mosaic import in_cells, mosaic
from nnlab.analysis.patches import patch_at
from nnlab.experiment import Conv2D, Dense, Experiment, Flatten

RNG = np.random.default_rng(3)


def layer(*shape: int) -> LayerWeights:
    settings = Conv2D() if len(shape) == 4 else Dense()
    kernel = RNG.normal(0, 1, shape).astype(np.float32)
    return LayerWeights(0, settings, kernel, np.zeros(shape[-1], np.float32))


def test_norms_are_numpy_s():
    for shape in ((6, 4), (3, 3, 2, 5)):
        kernel = layer(*shape).kernel
        expected = [np.linalg.norm(kernel[..., n].ravel()) for n in range(shape[-1])]
        np.testing.assert_allclose(norms(kernel), expected, rtol=1e-6)


def test_a_unit_s_image_is_laid_out_as_flatten_took_it():
    kernel = layer(2 * 3 * 1, 4).kernel
    pictures = unit_images(kernel, (2, 3, 1))
    assert pictures is not None
    for row, column, unit in np.ndindex(2, 3, 4):
        assert pictures[unit, row, column, 0] == kernel[3 * row + column, unit]
    assert unit_images(kernel, (6,)) is None
    filters = layer(3, 3, 1, 5)
    found = unit_images(filters.kernel, (9, 9, 1))
    np.testing.assert_array_equal(found[2], filters.kernel[..., 2])


def test_onward_weights_from_dense_to_dense_are_the_row():
    first, following = layer(6, 4), layer(4, 3)
    found = outgoing(first, 2, following)
    assert found.signed
    np.testing.assert_array_equal(found.values, following.kernel[2])


def test_onward_weights_of_a_filter_are_norms():
    first = layer(3, 3, 1, 4)
    filters, dense = layer(3, 3, 4, 5), layer(2 * 2 * 4, 3)
    for following, parts in (
        (filters, filters.kernel[:, :, 1]),
        (dense, dense.kernel.reshape(2, 2, 4, 3)[:, :, 1]),
    ):
        found = outgoing(first, 1, following)
        assert not found.signed
        expected = np.linalg.norm(parts.reshape(-1, following.units), axis=0)
        np.testing.assert_allclose(found.values, expected, rtol=1e-6)


def test_layers_that_do_not_follow_are_refused():
    with pytest.raises(ValueError, match="do not follow"):
        outgoing(layer(6, 4), 0, layer(7, 3))
    with pytest.raises(ValueError, match="do not follow"):
        outgoing(layer(3, 3, 1, 4), 0, layer(3, 3, 5, 2))


def test_weights_of_another_network_are_refused():
    experiment = Experiment(layers=(Flatten(), Dense(units=4)))
    with pytest.raises(ValueError, match=r"model\.0 is missing"):
        layer_weights(experiment, {})
    wrong = {f"model.{n}": np.zeros((3, 4), np.float32) for n in range(4)}
    with pytest.raises(ValueError, match="no kernel with its bias"):
        layer_weights(experiment, wrong)


def test_half_precision_comes_out_as_float32():
    experiment = Experiment(layers=(Flatten(),))
    half = {"model.0": np.full((2, 10), 0.1, np.float16), "model.1": np.zeros(10, np.float16)}
    (found,) = layer_weights(experiment, half)
    assert found.kernel.dtype == np.float32
    assert found.kernel[0, 0] == np.float16(0.1)


def test_a_mosaic_has_lines_between_and_nothing_in_what_is_left():
    tiles = np.arange(5 * 2 * 3, dtype=float).reshape(5, 2, 3)
    whole = mosaic(tiles)
    assert whole.shape == (5, 11)
    np.testing.assert_array_equal(whole[:2, 4:7], tiles[1])
    np.testing.assert_array_equal(whole[3:, :3], tiles[3])
    assert np.isnan(whole[2]).all()
    assert np.isnan(whole[3:, 8:]).all()
    assert np.count_nonzero(~np.isnan(whole)) == tiles.size
    np.testing.assert_array_equal(mosaic(tiles[:1]), tiles[0])


def test_a_row_in_cells():
    whole = in_cells(np.arange(5.0), 3)
    assert whole.shape == (2, 3)
    assert whole[1, 1] == 4
    assert np.isnan(whole[1, 2])


def test_patches_beyond_the_map_are_refused():
    image = RNG.random((5, 5, 2))
    np.testing.assert_array_equal(patch_at(image, (1, 2), 3, 1, "valid"), image[1:4, 2:5])
    for place in ((3, 0), (0, 3), (-1, 0)):
        with pytest.raises(ValueError, match="no place"):
            patch_at(image, place, 3, 1, "valid")
