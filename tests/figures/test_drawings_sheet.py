"""The sheet of kept drawings: grouped, and mistakes told by more than a colour."""

import re

import numpy as np

from nnlab.figures.drawings import Shown, drawings_sheet

IMAGE = np.zeros((28, 28), np.uint8)


def test_a_row_for_each_digit_with_its_count() -> None:
    sheet = drawings_sheet(
        [Shown(IMAGE, 1, 1, False), Shown(IMAGE, 1, 7, False), Shown(IMAGE, 4, 4, False)]
    )
    assert sheet.count('role="listitem"') == 3
    assert re.findall(r">(\d of \d)<", sheet) == ["1 of 2", "1 of 1"]


def test_mistakes_are_told_by_words_and_shape() -> None:
    right, wrong = (drawings_sheet([Shown(IMAGE, 1, answer, False)]) for answer in (1, 7))
    assert "✗ as 7" in wrong
    assert 'alt="drawing of 1, wrongly read as 7"' in wrong
    assert "dashed" in wrong
    assert "dashed" not in right
    assert "✓" in right


def test_what_was_trained_on_is_marked_and_not_counted() -> None:
    sheet = drawings_sheet([Shown(IMAGE, 1, 1, True), Shown(IMAGE, 1, 2, False)])
    assert "trained on" in sheet
    assert "0 of 1" in sheet


def test_without_answers_nothing_is_called_right_or_wrong() -> None:
    sheet = drawings_sheet([Shown(IMAGE, 1, None, False)])
    assert "✓" not in sheet
    assert "✗" not in sheet
    assert ">1<" in sheet
