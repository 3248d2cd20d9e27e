"""What people's drawings have that a clean canvas has not: stray dots, other papers, cut edges."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from nnlab.drawing import is_empty, prepare

SEVEN = [[(90, 80), (200, 80), (130, 250)], [(105, 170), (185, 165)]]
WHITE, BLACK = (255, 255, 255, 255), (0, 0, 0, 255)


def drawn(
    strokes: list[list[tuple[int, int]]],
    ink: tuple[int, ...] = WHITE,
    paper: tuple[int, ...] = BLACK,
    size: tuple[int, int] = (336, 336),
) -> NDArray[np.uint8]:
    image = Image.new("RGBA", size, paper)
    for stroke in strokes:
        ImageDraw.Draw(image).line(stroke, ink, 18)
    return np.array(image)


def likeness(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    return float(np.corrcoef(prepare(one).ravel(), prepare(other).ravel())[0, 1])


def test_a_dropped_dot_far_away_changes_nothing() -> None:
    dotted = drawn(SEVEN)
    dotted[310:328, 310:328, :3] = 255
    np.testing.assert_array_equal(prepare(dotted), prepare(drawn(SEVEN)))


@pytest.mark.parametrize(
    "part",
    [[(105, 40), (195, 40)], [(215, 150), (255, 150)]],
    ids=["separate top stroke", "dash that does not touch"],
)
def test_a_separate_part_of_a_digit_stays(part: list[tuple[int, int]]) -> None:
    assert likeness(drawn([*SEVEN, part]), drawn(SEVEN)) < 0.9


def test_a_gap_in_a_stroke_loses_neither_side() -> None:
    whole, broken = drawn([[(168, 60), (168, 280)]]), drawn([[(168, 60), (168, 280)]])
    broken[160:168] = BLACK
    assert likeness(whole, broken) > 0.95


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        (BLACK, WHITE),
        ((20, 40, 160, 255), (250, 240, 200, 255)),
        ((230, 230, 60, 255), (30, 90, 60, 255)),
        (BLACK, (0, 0, 0, 0)),
        (WHITE, (255, 255, 255, 0)),
    ],
    ids=[
        "dark on white",
        "blue on cream",
        "yellow on green",
        "black on nothing",
        "white on nothing",
    ],
)
def test_ink_and_paper_of_any_colour(ink: tuple[int, ...], paper: tuple[int, ...]) -> None:
    assert likeness(drawn(SEVEN, ink, paper), drawn(SEVEN)) > 0.99


def test_a_photograph_with_shadow_and_noise() -> None:
    shadow = np.linspace(120, 230, 336)[None, :, None] * np.ones((336, 336, 3))
    shadow[drawn(SEVEN)[..., 0] > 0] *= 0.3
    noise = np.random.default_rng(1).normal(0, 4, shadow.shape)
    photo = np.full((336, 336, 4), 255, np.uint8)
    photo[..., :3] = np.clip(shadow + noise, 0, 255)
    assert likeness(photo, drawn(SEVEN)) > 0.97


def test_noisy_paper_without_ink_is_empty() -> None:
    noise = np.random.default_rng(1).normal(200, 4, (200, 200, 3))
    photo = np.full((200, 200, 4), 255, np.uint8)
    photo[..., :3] = np.clip(noise, 0, 255)
    assert is_empty(prepare(photo))


def test_ink_cut_off_at_the_edge_and_other_shapes_of_canvas() -> None:
    moved = [[(x + 130, y) for x, y in stroke] for stroke in SEVEN]
    assert likeness(drawn(moved), drawn(moved, size=(900, 336))) > 0.85
    assert likeness(drawn(SEVEN, size=(900, 300)), drawn(SEVEN)) > 0.99


def test_a_digit_that_leans_far_is_set_more_upright() -> None:
    slanted = prepare(drawn([[(280, 40), (60, 300)]]))
    assert np.ptp(np.flatnonzero(slanted.any(axis=0))) < 16
