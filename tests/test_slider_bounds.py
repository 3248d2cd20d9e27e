import pytest

from nnlab.ui.sliders import Slider, _inside

WHOLE = Slider("bias", "Bias", -2, 2, 0.05)


@pytest.mark.parametrize(("sent", "kept"), [(-2, -2.0), (-3, -2.0), (2, 2.0), (9, 2.0), (1, 1.0)])
def test_a_value_is_kept_between_the_ends_and_always_a_float(sent: float, kept: float) -> None:
    """TensorFlow would make whole numbers int32, and does not mix these with float32."""
    assert _inside(WHOLE, sent) == kept
    assert type(_inside(WHOLE, sent)) is float


def test_what_is_no_number_becomes_the_low_end() -> None:
    assert _inside(WHOLE, float("nan")) == -2.0
