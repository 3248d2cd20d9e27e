import json

import numpy as np
import pytest

from nnlab.figures.softmax import FLOAT32, softmax_figure

NAMES = tuple("012")


def _answer(z: list[float]) -> dict[str, np.ndarray]:
    with np.errstate(all="ignore"):
        exact = np.array(z)
        e = np.exp(exact.astype(np.float32))
        stable = np.exp(exact - exact.max())
        return {
            "logits": exact,
            "exponentials": e,
            "stable_exponentials": stable,
            "naive": e / e.sum(),
            "stable": stable / stable.sum(),
        }


def test_exponentials_stand_at_their_powers_of_ten() -> None:
    naive, stable, *_ = softmax_figure(_answer([0.0, 80.0, -50.0]), NAMES)["data"]
    np.testing.assert_allclose(naive["y"], np.log10(np.exp([0, 80, -50])), atol=1e-3)
    np.testing.assert_allclose(stable["y"], np.log10(np.exp([-80, 0, -130])), atol=1e-3)


def test_the_bands_begin_where_float32_ends() -> None:
    assert FLOAT32[1] == pytest.approx(38.53, abs=0.01)
    assert FLOAT32[0] == pytest.approx(-37.93, abs=0.01)
    above, below = softmax_figure(_answer([0.0, 1.0, 2.0]), NAMES)["layout"]["shapes"]
    assert (above["y0"], below["y1"]) == (FLOAT32[1], FLOAT32[0])


def test_what_float32_lost_is_written_and_nan_is_told() -> None:
    figure = softmax_figure(_answer([100.0, 0.0, -120.0]), NAMES)
    naive, _, lost, _, bars = figure["data"]
    assert naive["y"] == [None, 0, None]
    assert [lost["text"][k] for k in (0, 2)] == ["∞", "0"]
    np.testing.assert_allclose([lost["y"][k] for k in (0, 2)], [43.429, -52.115], atol=1e-3)
    assert lost["y"][1] is None
    assert bars["y"] == [None, 0, 0]
    told = [note["text"] for note in figure["layout"]["annotations"]]
    assert any("1 of 3 are NaN" in words for words in told)
    json.dumps(figure, allow_nan=False)


def test_nothing_is_said_while_nothing_is_lost() -> None:
    figure = softmax_figure(_answer([0.0, 1.0, 2.0]), NAMES)
    assert not any("NaN" in note["text"] for note in figure["layout"]["annotations"])


def test_scales_stand_still() -> None:
    calm, broken = (softmax_figure(_answer(z), NAMES) for z in ([0.0, 1.0, 2.0], [110.0] * 3))
    for axis in ("xaxis", "yaxis", "xaxis2", "yaxis2"):
        assert calm["layout"][axis]["range"] == broken["layout"][axis]["range"]
    low, high = calm["layout"]["yaxis"]["range"]
    assert low < np.log10(np.e) * -110 < np.log10(np.e) * 110 < high
