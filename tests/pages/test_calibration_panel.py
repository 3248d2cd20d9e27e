"""How sure, and how often right: the section of the Evaluate page."""

import subprocess
import sys

import numpy as np
from page_elements import components
from streamlit.testing.v1 import AppTest

from nnlab.ui.evaluate.answers import Answers
from nnlab.ui.evaluate.sure_enough import LABELS, LEVELS

NAMES = tuple("abc")


def page() -> None:
    """The section alone, as the page has it."""
    import streamlit as st

    from nnlab.ui.evaluate.calibration import calibration_whole

    calibration_whole("run", st.session_state["answers"])


def answers(sure: list[float], right: list[bool]) -> Answers:
    """Of three classes; the right one is always the first."""
    shares = np.array(sure, np.float32)[:, np.newaxis]
    probabilities = np.concatenate([shares, (1 - shares) * 0.6, (1 - shares) * 0.4], axis=1)
    wrong = ~np.array(right)
    probabilities[wrong] = probabilities[wrong][:, [1, 0, 2]]
    y = np.zeros(len(sure), np.int64)
    return Answers.of(probabilities, y, NAMES)


def opened(given: Answers) -> AppTest:
    at = AppTest.from_function(page, default_timeout=30)
    at.session_state["answers"] = given
    at.session_state["calibration-run"] = True  # opens it
    at.run()
    assert not at.exception, at.exception
    return at


def words(at: AppTest) -> str:
    return "\n".join(element.value for kind in (at.markdown, at.caption) for element in kind)


# 96 % sure: 90 of 100 right. 66 % sure: 60 of 100 right.
TOO_SURE = answers(
    [0.96] * 100 + [0.66] * 100, [n % 100 < 90 - 30 * (n // 100) for n in range(200)]
)


def test_the_figures_and_what_they_mean():
    at = opened(TOO_SURE)
    figures = {metric.label: metric.value for metric in at.metric}
    assert figures["Calibration error"] == "6.00 %"  # 6 points in both bins
    assert set(figures) == {"Calibration error", "Brier score", "Negative log-likelihood"}
    assert "claims 81.0 % on average and is right in 75.0 %" in words(at)
    assert "Guo and others, 2017" in words(at)


def test_a_difference_that_so_few_images_cannot_tell_is_not_called_one():
    few = answers([0.96] * 20, [n < 18 for n in range(20)])
    assert "On average its claims hold, as far as 20 images can tell." in words(opened(few))
    many = answers([0.96] * 4000, [n % 10 < 9 for n in range(4000)])
    assert "**6.0 points too sure**" in words(opened(many))
    modest = answers([0.6] * 4000, [n % 10 < 9 for n in range(4000)])
    assert "**30.0 points not sure enough**" in words(opened(modest))


def test_the_charts_say_the_same_in_words():
    charts = components(opened(TOO_SURE), "nnlab_live_chart")
    assert [chart["figure"]["layout"]["title"]["text"] for chart in charts] == [
        "Reliability: is it right as often as it is sure?",
        "How sure it is, right and wrong",
        "What is answered, and how well",
    ]
    assert (
        "100 images 66% sure and 60% right; 100 images 96% sure and 90% right" in charts[0]["alt"]
    )
    assert "at least 90 % sure are 90 of the right and 10 of the 50 wrong" in charts[1]["alt"]


def test_the_threshold_begins_at_ninety_and_can_be_moved():
    at = opened(TOO_SURE)
    begun = "At least 90 % sure: **50.0 % answered** (100 of 200), **90.00 % of these right**"
    assert begun in words(at)
    at.session_state["nnlab_least_confidence"] = {"run": 0}  # what the slider sets
    at.run()
    assert "**100.0 % answered** (200 of 200), **75.00 % of these right** (50 wrong)" in words(at)
    at.session_state["nnlab_least_confidence"] = {"run": len(LEVELS) - 1}
    at.run()
    assert "At least 99.99 % sure: **no answer** to any of the 200 images." in words(at)


def test_the_slider_has_words_for_each_of_its_places():
    (slider,) = components(opened(TOO_SURE), "nnlab_sliders")[0]["sliders"]
    assert slider["words"] == list(LABELS)
    assert len(LABELS) == slider["high"] + 1
    assert LABELS[:2] + LABELS[-3:] == ("0 %", "1 %", "99.5 %", "99.9 %", "99.99 %")


def test_the_tables_have_the_same_figures():
    bins, thresholds = (element.value for element in opened(TOO_SURE).dataframe)
    assert bins["Confidence"].tolist() == ["60% to 70%", "90% to 100%"]
    assert bins["Images"].tolist() == [100, 100]
    np.testing.assert_allclose(bins["Right"], [0.6, 0.9])
    assert thresholds["Images"].tolist() == [200, 200, 100, 100, 100, 0, 0]
    assert thresholds["Wrong"].tolist() == [50, 50, 10, 10, 10, 0, 0]


def test_answers_that_are_not_numbers_are_told():
    broken = np.full((3, 3), np.nan, np.float32)
    y = np.zeros(3, np.int64)
    given = Answers.of(broken, y, NAMES)
    at = opened(given)
    assert "not numbers" in at.info[0].value
    assert not at.metric


def test_a_few_answers_that_are_not_numbers_are_left_out():
    given = answers([0.96] * 4, [True] * 4)
    given.probabilities[0] = np.nan
    at = opened(given)
    assert {metric.label: metric.value for metric in at.metric}["Brier score"] == "not a number"
    assert "(3 of 4)" in words(at)


def test_the_modules_do_without_scikit_learn_until_it_is_used():
    code = "import sys, nnlab.ui.evaluate.calibration; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
