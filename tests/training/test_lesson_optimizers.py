import importlib
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import keras
import numpy as np
import pytest
import scipy.optimize

from nnlab.work.tasks import run_lesson

START = {"valley": (-4.5, 1.5), "saddle": (-4.5, 0.05), "two minima": (4.5, 1.5)}


@pytest.fixture
def lesson() -> Any:
    """Imported late: its tensors may only be made when TensorFlow's threads are set."""
    return importlib.import_module("nnlab.lessons.optimizers")


def slope(surface: str, at: np.ndarray) -> np.ndarray:
    """Each surface's derivatives, by hand."""
    x, y = at
    return {
        "valley": np.array([0.1 * x, 5 * y]),
        "saddle": np.array([0.5 * x, -y + 0.5 * y**3]),
        "two minima": np.array([0.12 * x * (x**2 - 6) + 0.25, y]),
    }[surface]


def by_hand(surface: str, name: str, rate: float, steps: int) -> np.ndarray:
    """The optimizers' textbook formulas in float64, with Keras's constants."""
    at, rows = np.array(START[surface]), []
    moment, square = np.zeros(2), np.zeros(2)
    for n in range(1, steps + 2):
        rows.append(at)
        g = slope(surface, at)
        if name == "SGD":
            at = at - rate * g
        elif name == "momentum":
            moment = 0.9 * moment - rate * g
            at = at + moment
        elif name == "RMSprop":
            square = 0.9 * square + 0.1 * g**2
            at = at - rate * g / np.sqrt(square + 1e-7)
        else:
            moment = 0.9 * moment + 0.1 * g
            square = 0.999 * square + 0.001 * g**2
            scale = rate * np.sqrt(1 - 0.999**n) / (1 - 0.9**n)
            at = at - scale * moment / (np.sqrt(square) + 1e-7)
    return np.array(rows)


@pytest.mark.parametrize("surface", START)
@pytest.mark.parametrize("name", ["SGD", "momentum", "RMSprop", "Adam"])
def test_paths_are_the_textbooks(lesson: Any, surface: str, name: str) -> None:
    walk = lesson.race(surface, *START[surface], 0.05)[name]

    # At the end RMSprop jumps about the lowest point, and every rounding tells.
    steps = 50 if name == "RMSprop" else lesson.STEPS
    expected = by_hand(surface, name, 0.05, steps)
    ours = np.column_stack([walk["x"], walk["y"]])[: steps + 1]
    np.testing.assert_allclose(ours, expected, rtol=2e-3, atol=2e-3)


def test_plain_keras_goes_the_same_way(lesson: Any) -> None:
    lesson.race("valley", 1.0, 1.0, 0.3)  # leaves memory behind that the next race must not have
    walk = lesson.race("valley", -4.5, 1.5, 0.1)["Adam"]

    optimizer, place = keras.optimizers.Adam(0.1), keras.Variable([-4.5, 1.5])
    optimizer.build([place])
    for _ in range(20):
        x, y = keras.ops.convert_to_numpy(place)
        optimizer.apply([keras.ops.convert_to_tensor([0.1 * x, 5 * y])], [place])
    assert [walk["x"][20], walk["y"][20]] == pytest.approx(
        keras.ops.convert_to_numpy(place), abs=1e-4
    )


@pytest.mark.parametrize("surface", START)
def test_the_lowest_point_is_scipys(lesson: Any, surface: str) -> None:
    formulas = {
        "valley": lambda p: 0.05 * p[0] ** 2 + 2.5 * p[1] ** 2,
        "saddle": lambda p: 0.25 * p[0] ** 2 - 0.5 * p[1] ** 2 + 0.125 * p[1] ** 4,
        "two minima": lambda p: 0.03 * (p[0] ** 2 - 6) ** 2 + 0.25 * p[0] + 0.5 * p[1] ** 2,
    }
    answer = lesson.landscape(surface, (-5, 5), (-2.5, 2.5))

    best = scipy.optimize.brute(formulas[surface], ((-5, 5), (-2.5, 2.5)), full_output=True)
    assert answer["lowest"] == pytest.approx(best[1], abs=1e-3)
    row, column = 7, 23
    place = (answer["x"][column], answer["y"][row])
    assert answer["loss"][row, column] == pytest.approx(formulas[surface](place), rel=1e-4)


def test_the_questions_answer(lesson: Any) -> None:
    deep = {n: w["x"][-1] < -2 for n, w in lesson.race("two minima", 4.5, 1.5, 0.1).items()}

    assert deep == {"SGD": False, "momentum": True, "RMSprop": False, "Adam": False}
    # What the explanation adds.
    assert lesson.race("two minima", 4.5, 1.5, 10**-0.7)["momentum"]["x"][-1] > 2
    ridge = lesson.race("saddle", -4.5, 0.0, 0.1)
    assert all((walk["y"] == 0).all() for walk in ridge.values())
    across = lesson.race("valley", -4.5, 1.5, 0.3)["SGD"]["y"]
    assert (np.sign(across[1:6]) == [-1, 1, -1, 1, -1]).all()


def test_the_shown_functions_compute_the_picture(
    lesson: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def to_the_right(racer: Any, position: Any, loss: Any) -> None:
        position.assign_add([1, 0])

    monkeypatch.setattr(lesson, "step", to_the_right)
    monkeypatch.setattr(lesson, "racers", lambda rate: {"only": keras.optimizers.SGD(rate)})
    race = lesson.Race(lesson.valley)
    places, losses = race.run(np.float32([0, 0]), np.float32(0.1))

    assert places.numpy()[:, 0, 0].tolist() == list(range(lesson.STEPS + 1))
    assert losses.numpy()[:3, 0].tolist() == pytest.approx([0, 0.05, 0.2])


def test_one_visitor_at_a_time_is_in_a_lesson(lesson, monkeypatch: pytest.MonkeyPatch):
    """A worker has two threads, and the racers' variables are there once."""
    inside, most = [0], [0]

    def race(**_: object) -> None:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.02)
        inside[0] -= 1

    monkeypatch.setattr(lesson, "race", race)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: run_lesson("optimizers", "race", {}), range(4)))
    assert most == [1]
