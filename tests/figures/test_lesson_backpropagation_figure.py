"""The picture of back-propagation: what is shown at which stage."""

from xml.etree import ElementTree

import numpy as np
import pytest

from nnlab.figures.backpropagation import STAGES, Weights, backpropagation_svg, number

PASSES = {
    "z": np.array([0.1, 0.2, 0.3]), "h": np.array([0.41, 0.42, 0.43]), "y": 0.77, "loss": 0.059,
    "dy": -0.46, "dz": np.array([0.011, 0.012, 0.013]), "by_hand": np.arange(13) / 1000 + 0.5,
}  # fmt: skip
PARAMETERS = tuple(np.arange(13) / 10)


def shown(stage: int) -> str:
    svg = backpropagation_svg((1.0, -0.5), 1.0, PARAMETERS, PASSES, stage)
    return " ".join(ElementTree.fromstring(svg).itertext())


def test_nothing_is_shown_before_its_stage():
    first_seen = {"0.100 ": 1, "0.410": 2, "0.770": 3, "0.059": 4, "∂y −0.460": 5, "∂ 0.509": 6,
                  "∂z 0.011": 7, "∂ 0.500": 8}  # fmt: skip
    for words, stage in first_seen.items():
        if stage > 1:
            assert words not in shown(stage - 1), words
        assert words in shown(stage) + " ", words


@pytest.mark.parametrize("stage", range(len(STAGES)))
def test_the_picture_says_in_words_how_far_it_is(stage: int):
    svg = backpropagation_svg((1.0, -0.5), 1.0, PARAMETERS, PASSES, stage)
    assert STAGES[stage] in ElementTree.fromstring(svg).get("aria-label")


def test_parameters_are_found_by_their_place():
    weights = Weights.of(range(13))
    assert weights.lower == ((0, 1, 2), (3, 4, 5))
    assert (weights.hidden_bias, weights.upper, weights.output_bias) == ((6, 7, 8), (9, 10, 11), 12)


def test_numbers_have_a_true_minus():
    assert number(-0.12345) == "−0.123"
