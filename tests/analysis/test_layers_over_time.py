"""A run's layers over its moments: which units tell nothing, and how gradients compare."""

import numpy as np
import pytest

from nnlab.analysis.layers_over_time import Layer, LayersOverTime, gradient_ratio, over_time, seen
from nnlab.runs.moments import BINS, Distribution, LayerFacts, Moment


def told(std: float = 1.0) -> Distribution:
    return Distribution(0.0, std, 0.0, -1.0, 1.0, (1,) * BINS)


def facts(
    activation: str | None, zeros: list[float], saturated: list[float], gradient: float | None
) -> LayerFacts:
    kernel = None if gradient is None else told()
    return LayerFacts(
        "layer", "Dense" if kernel else "Flatten", activation, told(), kernel,
        None if gradient is None else told(gradient),
        np.array(zeros, np.float32), np.array(saturated, np.float32),
    )  # fmt: skip


def moment(step: int, *layers: LayerFacts) -> Moment:
    nothing = np.zeros(0, np.int32)
    return Moment(step, step / 10, np.zeros((0, 2), np.float16), nothing, nothing, layers)


@pytest.fixture
def layers() -> LayersOverTime:
    def at(step: int, dead: float, saturated: float, first: float) -> Moment:
        return moment(
            step,
            facts(None, [1.0] * 3, [0.0] * 3, None),
            facts("relu", [0.2, dead, 1.0, 0.999], [0.0] * 4, first),
            facts("tanh", [1.0, 0.0], [saturated, 0.94], 0.02),
            facts("softmax", [0.0, 0.0], [0.0, 0.0], 0.1),
        )

    return over_time([seen(at(0, 0.9, 0.5, 0.01)), seen(at(10, 1.0, 0.95, 1e-4))])


def test_only_units_that_are_silent_for_all_images_are_dead(layers: LayersOverTime):
    rectified = layers.layers[1]
    assert [moment.dead.tolist() for moment in rectified.moments] == [[2], [1, 2]]
    assert [rectified.silent(index) for index in (0, 1)] == [1, 2]
    assert (rectified.may_die, rectified.may_saturate) == (True, False)


def test_units_at_an_end_of_their_range_are_saturated(layers: LayersOverTime):
    squashed = layers.layers[2]
    assert [moment.saturated.tolist() for moment in squashed.moments] == [[], [0]]
    assert [moment.dead.size for moment in squashed.moments] == [0, 0]


def test_zeros_elsewhere_are_no_dead_units(layers: LayersOverTime):
    assert [layer.silent(0) for layer in layers.layers] == [0, 1, 0, 0]
    assert not layers.layers[0].may_die


def test_layers_that_hand_on_have_nothing_to_see(layers: LayersOverTime):
    def positions(found: list[Layer]) -> list[int]:
        return [layer.position for layer in found]

    assert positions(layers.with_("weights")) == [1, 2, 3]
    assert positions(layers.with_("gradients")) == [1, 2, 3]
    assert positions(layers.with_("activations")) == [1, 2, 3]
    with pytest.raises(ValueError, match="layer 0 has no weights"):
        layers.layers[0].of("weights")


@pytest.mark.parametrize(("step", "index"), [(0, 0), (9, 0), (10, 1), (500, 1), (-1, 0)])
def test_the_moment_at_a_step_is_the_last_one_not_after_it(
    layers: LayersOverTime, step: int, index: int
):
    assert layers.index(step) == index


def test_how_many_times_smaller_gradients_are_in_the_first_layer(layers: LayersOverTime):
    shown = layers.with_("gradients")
    assert gradient_ratio(shown, 0) == pytest.approx(10)
    assert gradient_ratio(shown, 1) == pytest.approx(1000)
    assert gradient_ratio(shown[:1], 0) is None


@pytest.mark.parametrize("bad", [0.0, float("nan")])
def test_gradients_that_are_no_numbers_are_not_compared(bad: float):
    one = over_time([seen(moment(0, facts("relu", [0], [0], bad), facts(None, [0], [0], 1.0)))])
    assert gradient_ratio(one.layers, 0) is None


def test_without_a_moment_there_is_no_layer():
    assert over_time([]).layers == ()
