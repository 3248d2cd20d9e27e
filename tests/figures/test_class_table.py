import re

import numpy as np
import pytest

from nnlab.figures.class_table import class_bars


def table(*shares: float) -> str:
    names = ["T-shirt & <top>", "7", "9"][: len(shares)]
    support = np.array([1000, 20, 3][: len(shares)])
    return class_bars(names, {"Recall": (np.array(shares), 'of "all"')}, support, "how many")


def test_a_row_for_each_class_with_its_share_as_text_and_bar():
    shown = table(0.875, 0.0, 1.0)
    assert re.findall(r"width:(\d+\.\d)%", shown) == ["87.5", "0.0", "100.0"]
    assert [re.sub(r"[^\d.%]", "", cell) for cell in re.findall(r">(\d+\.\d%)<", shown)] == [
        "87.5%", "0.0%", "100.0%",
    ]  # fmt: skip
    assert re.findall(r">([\d,]+)</td>", shown) == ["1,000", "20", "3"]


def test_names_and_words_are_text():
    shown = table(0.5)
    assert "T-shirt &amp; &lt;top&gt;" in shown
    assert 'title="of &quot;all&quot;"' in shown


@pytest.mark.parametrize("share", [float("nan"), float("inf")])
def test_what_is_not_a_number_has_no_bar(share: float):
    shown = table(share)
    assert "width:0.0%" in shown
    assert ">–<" in shown
