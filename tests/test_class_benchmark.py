"""What stands for a browser in the class benchmark: where it may go, what it makes of changes."""

import random
from typing import Any

import pytest

from benchmarks.class_hour import gained
from benchmarks.classroom.app import Sample
from benchmarks.classroom.chart import made
from benchmarks.classroom.web import loopback
from nnlab.ui.figure_changes import change


@pytest.mark.parametrize("url", ["http://192.0.2.7:8501", "http://example.org", "http://0.0.0.0"])
def test_only_this_machine_is_loaded(url: str) -> None:
    with pytest.raises(ValueError, match="Only a loopback address"):
        loopback(url)


def test_this_machine_is() -> None:
    assert loopback("http://127.0.0.1:8501") == ("127.0.0.1", 8501)


@pytest.mark.parametrize("seed", range(50))
def test_a_change_makes_the_new_figure_of_the_old_one(seed: int) -> None:
    chance = random.Random(seed)
    old, new = _value(chance, 3), _value(chance, 3)
    assert made(old, change(old, new)) == new


def test_memory_gained_is_the_slope_and_not_the_peaks() -> None:
    samples = [Sample(float(at), {"app 1": 1000 + 10 * at}) for at in range(100)]
    samples[50].memory["app 1"] = 10**6
    total, hourly = gained(samples, "app 1")
    assert total == pytest.approx(990)
    assert hourly == pytest.approx(36_000)


def _value(chance: random.Random, depth: int) -> Any:
    """Something of what a figure consists of: dictionaries, lists of them, lists of numbers."""
    kind = chance.choice("dlnv") if depth else "n"
    if kind == "d":
        keys = chance.sample("abcd", chance.randint(1, 4))
        return {key: _value(chance, depth - 1) for key in keys}
    if kind == "l":
        return [{"x": _value(chance, depth - 1)} for _ in range(chance.randint(1, 3))]
    if kind == "v":
        return chance.choice([None, "line", 0.5])
    return [chance.randint(0, 2) for _ in range(chance.randint(0, 6))]
