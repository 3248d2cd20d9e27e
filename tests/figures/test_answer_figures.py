"""Answers side by side, and a number digit by digit."""

import re

import numpy as np

from nnlab.figures import palette
from nnlab.figures.answers import NetworkAnswer, answers_side_by_side
from nnlab.figures.number import ReadDigit, digits_in_a_row, separated

CLASSES = [str(digit) for digit in range(10)]
SEEN = np.zeros((28, 28), np.float32)


def answer(best: int, share: float, name: str = "Mine") -> NetworkAnswer:
    probabilities = np.full(10, (1 - share) / 9)
    probabilities[best] = share
    return NetworkAnswer(name, "mnist", str(best), "sure", probabilities, CLASSES, SEEN)


def test_each_network_has_a_card_with_a_bar_for_each_class():
    markup = answers_side_by_side([answer(7, 0.82, "First"), answer(1, 0.55, "Second")])
    assert [f'aria-label="{name}"' in markup for name in ("First", "Second")] == [True, True]
    widths = [float(width) for width in re.findall(r"width:([\d.]+)%;background", markup)]
    assert widths == [2.0] * 7 + [82.0] + [2.0] * 2 + [5.0] + [55.0] + [5.0] * 8
    assert markup.count(palette.RIGHT) == 2
    assert "7 82.0%" in markup  # for those who do not see the bars


def test_a_name_from_outside_is_shown_as_text():
    markup = answers_side_by_side([answer(7, 0.8, '<b onload="x">')])
    assert "<b" not in markup
    assert "&lt;b onload=&quot;x&quot;&gt;" in markup


def digits() -> list[ReadDigit]:
    return [
        ReadDigit((20, 30, 60, 100), SEEN, "4", "97.1 %"),
        ReadDigit((80, 28, 130, 104), SEEN, "0", "88.0 %"),
    ]


def test_the_digits_of_a_number_stand_in_their_order():
    markup = digits_in_a_row(digits())
    assert re.findall(r"line-height:1.3\">(\d)<", markup) == ["4", "0"]
    assert markup.index("97.1 %") < markup.index("88.0 %")
    assert "digit 2" in markup


def test_each_part_of_the_canvas_is_framed():
    markup = separated(np.zeros((248, 544)), digits())
    assert 'viewBox="0 0 544 248"' in markup
    frames = re.findall(r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"', markup)
    assert frames == [("16", "26", "48", "78"), ("76", "24", "58", "84")]
    assert "separated into 2 digits" in markup
