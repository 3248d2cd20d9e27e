import numpy as np

from nnlab.analysis.mistakes import Mistake, frequent_mistakes

COUNTS = np.array([[50, 2, 0], [7, 40, 2], [0, 0, 9]])


def test_the_largest_come_first_and_equals_keep_their_order() -> None:
    assert frequent_mistakes(COUNTS, 2) == [Mistake(1, 0, 7), Mistake(0, 1, 2)]


def test_right_answers_and_empty_cells_are_no_mistakes() -> None:
    found = frequent_mistakes(COUNTS, 100)
    assert len(found) == 3
    assert all(m.true != m.predicted and m.count > 0 for m in found)


def test_a_network_without_mistakes_has_none() -> None:
    assert frequent_mistakes(np.diag([3, 4, 5]), 8) == []
