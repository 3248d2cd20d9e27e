"""Digits side by side are taken apart, and one digit stays one."""

import random
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from pen import pen_digits
from pen_numbers import WIDTH, Number, number

from nnlab.drawing import TooManyPieces, prepare, separate


def numbers(shared_data: Path, count: int, gap: tuple[float, float], fitted: bool) -> list[Number]:
    by_writer = defaultdict(list)
    for sample in pen_digits(shared_data):
        by_writer[sample["writer"]].append(sample)
    writers = [samples for samples in by_writer.values() if len(samples) >= 4]
    rng = random.Random(3)
    return [
        number(rng.sample(rng.choice(writers), rng.randint(2, 4)), rng, rng.uniform(*gap), fitted)
        for _ in range(count)
    ]


@pytest.mark.parametrize("fitted", [False, True])
def test_numbers_come_apart(shared_data: Path, fitted: bool) -> None:
    """Measured: 1.00 of either kind."""
    drawn = numbers(shared_data, 60, (0.05, 0.4), fitted)
    assert np.mean([len(separate(n.canvas)) == len(n.inks) for n in drawn]) >= 0.95


def test_strokes_separate_digits_that_touch(shared_data: Path) -> None:
    """Measured: 0.98."""
    drawn = numbers(shared_data, 60, (-0.1, 0.0), True)
    assert np.mean([len(separate(n.canvas, n.strokes)) == len(n.inks) for n in drawn]) >= 0.9


def test_a_single_digit_stays_in_one_piece(shared_data: Path) -> None:
    rng = random.Random(0)
    singles = [number([s], rng, 0, False) for s in rng.sample(pen_digits(shared_data), 300)]
    assert np.mean([len(separate(n.canvas)) == 1 for n in singles]) >= 0.99


def test_parts_are_in_order_with_their_boxes(shared_data: Path) -> None:
    drawn = numbers(shared_data, 1, (0.3, 0.3), False)[0]
    parts = separate(drawn.canvas)
    assert len(parts) == len(drawn.inks)
    for part, ink in zip(parts, drawn.inks, strict=True):
        rows, columns = np.nonzero(ink > 20)
        assert part.box == (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        assert prepare(part.rgba).any()


def test_an_empty_canvas_has_no_parts_and_odd_strokes_do_no_harm() -> None:
    canvas = np.zeros((50, WIDTH, 4), np.uint8)
    canvas[..., 3] = 255
    assert separate(canvas) == []
    canvas[10:40, 20:25, :3] = 255
    canvas[10:40, 60:65, :3] = 255
    odd = [{}, {"path": "x"}, {"path": [["M", "a", 1], [], ["L", float("nan"), 2]]}]
    assert len(separate(canvas, odd)) == 2
    with pytest.raises(ValueError, match="uint8"):
        separate(canvas[..., :3])


def test_ten_thousand_strokes_are_refused_or_read_at_once() -> None:
    rng = np.random.default_rng(0)
    noise = (rng.random((248, 544)) > 0.6).astype(np.uint8) * 255
    canvas = np.dstack([noise] * 3 + [np.full_like(noise, 255)])
    strokes = [{"path": [["M", 10.0, 10.0], ["L", 200.0, 200.0]]}] * 10_000
    with pytest.raises(TooManyPieces, match="separate pieces are too many"):
        separate(canvas, strokes)
    line = np.zeros_like(canvas)
    line[20:220, 100:112] = 255
    assert len(separate(line, strokes)) == 1
