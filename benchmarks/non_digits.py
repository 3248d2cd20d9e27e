"""What people draw that is no digit: scribbles, simple drawings and capital letters, as strokes.

Each is a list of strokes of (x, y), longer side 1, y down, as in the file of pen-written digits;
so the same pen draws them (`tests/pen.py`). Every one is turned and stretched a little, and drawn
with an unsteady hand.
"""

import random
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Strokes = list[list[list[float]]]

# A turn either way, and how much wider or narrower than drawn here.
_TURN, _STRETCH = np.radians(12), 0.18
# How far an unsteady hand strays, as a share of the drawing.
_STRAY = 0.025


def scribble(rng: random.Random) -> Strokes:
    """A zigzag, a spiral, hatching, a tangle, or several curves across each other."""
    return _finished(rng.choice(_SCRIBBLES)(rng), rng)


def shape(rng: random.Random) -> Strokes:
    """A star, triangle, square, heart, smiley, arrow, house or cross."""
    return named(rng.choice(list(SHAPES)), rng)


def letter(rng: random.Random) -> Strokes:
    """A capital letter that is no digit's likeness: not O, I, S, Z, B, D, G, L, Q or T."""
    return named(rng.choice(sorted(LETTERS)), rng)


def named(name: str, rng: random.Random) -> Strokes:
    """The simple drawing or letter of that name."""
    drawn = SHAPES[name]() if name in SHAPES else _parts(*LETTERS[name])
    return _finished(drawn, rng)


KINDS: dict[str, Callable[[random.Random], Strokes]] = {
    "scribbles": scribble, "drawings": shape, "letters": letter,
}  # fmt: skip


# --- the hand -------------------------------------------------------------------------------


def _finished(strokes: list[Points], rng: random.Random) -> Strokes:
    """Turned, stretched and shaken, its longer side 1."""
    angle, stretch = rng.uniform(-_TURN, _TURN), 1 + rng.uniform(-_STRETCH, _STRETCH)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    moved = [_shaken(_dense(part) * (stretch, 1), rng) @ turn.T for part in strokes]
    everything = np.concatenate(moved)
    low, side = everything.min(axis=0), np.ptp(everything, axis=0).max()
    return [((part - low) / side).tolist() for part in moved]


def _dense(points: Points, steps: int = 60) -> Points:
    """The same line with `steps` points at equal distances."""
    lengths = np.concatenate([[0], np.hypot(*np.diff(points, axis=0).T).cumsum()])
    places = np.linspace(0, lengths[-1], steps)
    return np.column_stack([np.interp(places, lengths, axis) for axis in points.T])


def _shaken(points: Points, rng: random.Random) -> Points:
    """Two slow waves along the line: a hand strays, it does not tremble."""
    t = np.linspace(0, 1, len(points))
    size = _STRAY * np.ptp(points, axis=0).max()
    waves = [
        sum(np.sin(2 * np.pi * (rng.uniform(0.5, 2.5) * t + rng.random())) for _ in range(2))
        for _ in range(2)
    ]
    return points + size / 2 * np.column_stack(waves)


def _parts(*strokes: list[tuple[float, float]]) -> list[Points]:
    return [np.array(stroke, float) for stroke in strokes]


def _smooth(points: Points, steps: int = 200) -> Points:
    """A smooth curve through the points (cubic spline)."""
    from scipy.interpolate import CubicSpline

    return CubicSpline(np.arange(len(points)), points)(np.linspace(0, len(points) - 1, steps))


# --- scribbles ------------------------------------------------------------------------------


def _zigzag(rng: random.Random) -> list[Points]:
    turns, across = rng.randint(5, 12), rng.uniform(0.3, 1.0)
    rows = np.linspace(0, 1, turns)
    sides = np.array([(i % 2) + rng.uniform(-0.15, 0.15) for i in range(turns)]) * across
    points = np.column_stack([sides, rows] if rng.random() < 0.5 else [rows, sides])
    return [_smooth(points)]


def _spiral(rng: random.Random) -> list[Points]:
    t = np.linspace(0, 1, 300)
    angle = 2 * np.pi * rng.uniform(2.2, 4) * t * rng.choice((-1, 1)) + rng.uniform(0, 6.3)
    return [np.column_stack([t * np.cos(angle), t * np.sin(angle)])]


def _hatching(rng: random.Random) -> list[Points]:
    lines, angle = rng.randint(4, 8), rng.uniform(0, np.pi)
    along, aside = (np.array(f(angle)) for f in (_direction, _normal))
    strokes = []
    for place in np.linspace(-0.5, 0.5, lines):
        ends = [rng.uniform(-0.6, -0.4), rng.uniform(0.4, 0.6)]
        strokes.append(np.array([place * aside + end * along for end in ends]))
    if rng.random() < 0.5:
        strokes += [part @ np.array([[0.0, 1.0], [-1.0, 0.0]]) for part in strokes]
    return strokes


def _direction(angle: float) -> tuple[float, float]:
    return np.cos(angle), np.sin(angle)


def _normal(angle: float) -> tuple[float, float]:
    return -np.sin(angle), np.cos(angle)


def _tangle(rng: random.Random) -> list[Points]:
    return [_smooth(_anywhere(rng, rng.randint(7, 14)))]


def _crossing(rng: random.Random) -> list[Points]:
    return [_smooth(_anywhere(rng, rng.randint(3, 4))) for _ in range(rng.randint(3, 5))]


def _anywhere(rng: random.Random, count: int) -> Points:
    return np.array([[rng.random(), rng.random()] for _ in range(count)])


_SCRIBBLES = (_zigzag, _spiral, _hatching, _tangle, _crossing)


# --- simple drawings ------------------------------------------------------------------------


def _polygon(corners: int, start: float = -np.pi / 2, step: int = 1) -> Points:
    angles = start + 2 * np.pi * step * np.arange(corners + 1) / corners
    return np.column_stack([np.cos(angles), np.sin(angles)])


def _ring(x: float, y: float, radius: float) -> Points:
    return _polygon(48) * radius + (x, y)


def _heart() -> list[Points]:
    t = np.linspace(0, 2 * np.pi, 80)
    # The heart curve: 16 sin^3 t against 13 cos t - 5 cos 2t - 2 cos 3t - cos 4t.
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    return [np.column_stack([16 * np.sin(t) ** 3, -y])]


def _smiley() -> list[Points]:
    t = np.linspace(0.15 * np.pi, 0.85 * np.pi, 20)
    mouth = np.column_stack([0.55 * np.cos(t), 0.55 * np.sin(t)])
    return [_ring(0, 0, 1), _ring(-0.35, -0.3, 0.06), _ring(0.35, -0.3, 0.06), mouth]


SHAPES: dict[str, Callable[[], list[Points]]] = {
    "star": lambda: [_polygon(5, step=2)],
    "triangle": lambda: [_polygon(3)],
    "square": lambda: [_polygon(4, start=np.pi / 4)],
    "heart": _heart,
    "smiley": _smiley,
    "arrow": lambda: _parts([(0, 0.5), (1, 0.5)], [(0.65, 0.2), (1, 0.5), (0.65, 0.8)]),
    "house": lambda: _parts(
        [(0, 1), (0, 0.45), (0.5, 0), (1, 0.45), (1, 1), (0, 1)],
        [(0.4, 1), (0.4, 0.65), (0.6, 0.65), (0.6, 1)],
    ),
    "cross": lambda: _parts([(0.5, 0), (0.5, 1)], [(0, 0.5), (1, 0.5)]),
}

_C = tuple((0.4 - 0.4 * np.cos(a), 0.5 - 0.5 * np.sin(a)) for a in np.linspace(2.4, -2.4, 24))
_BOWL = tuple((0.35 + 0.3 * np.sin(a), 0.25 - 0.25 * np.cos(a)) for a in np.linspace(0, np.pi, 16))

LETTERS: dict[str, list[list[tuple[float, float]]]] = {
    "A": [[(0, 1), (0.4, 0), (0.8, 1)], [(0.17, 0.6), (0.63, 0.6)]],
    "C": [list(_C)],
    "E": [[(0.6, 0), (0, 0), (0, 1), (0.6, 1)], [(0, 0.5), (0.5, 0.5)]],
    "F": [[(0.6, 0), (0, 0), (0, 1)], [(0, 0.45), (0.5, 0.45)]],
    "H": [[(0, 0), (0, 1)], [(0.7, 0), (0.7, 1)], [(0, 0.5), (0.7, 0.5)]],
    "J": [[(0.15, 0), (0.75, 0)], [(0.5, 0), (0.5, 0.8), (0.4, 0.97), (0.2, 1), (0, 0.8)]],
    "K": [[(0, 0), (0, 1)], [(0.65, 0), (0, 0.55)], [(0.2, 0.4), (0.7, 1)]],
    "M": [[(0, 1), (0.1, 0), (0.45, 0.7), (0.8, 0), (0.9, 1)]],
    "N": [[(0, 1), (0, 0), (0.7, 1), (0.7, 0)]],
    "P": [[(0, 1), (0, 0), *_BOWL, (0, 0.5)]],
    "R": [[(0, 1), (0, 0), *_BOWL, (0, 0.5), (0.65, 1)]],
    "U": [[(0, 0), (0, 0.7), (0.12, 0.93), (0.35, 1), (0.58, 0.93), (0.7, 0.7), (0.7, 0)]],
    "V": [[(0, 0), (0.4, 1), (0.8, 0)]],
    "W": [[(0, 0), (0.25, 1), (0.5, 0.3), (0.75, 1), (1, 0)]],
    "X": [[(0, 0), (0.7, 1)], [(0.7, 0), (0, 1)]],
    "Y": [[(0, 0), (0.4, 0.5), (0.8, 0)], [(0.4, 0.5), (0.4, 1)]],
}  # fmt: skip
