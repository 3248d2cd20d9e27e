"""Four optimizers of Keras race down the same surface."""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf
from keras.optimizers import SGD, Adam, Optimizer, RMSprop
from tensorflow import Tensor

STEPS = 100
GRID = 31

Loss = Callable[[Tensor], Tensor]
Racers = dict[str, Optimizer]


def racers(rate: float) -> Racers:
    """One of each, at the same learning rate."""
    return {
        "SGD": SGD(rate),
        "momentum": SGD(rate, momentum=0.9),
        "RMSprop": RMSprop(rate),
        "Adam": Adam(rate),
    }


def step(
    racer: Optimizer,
    position: tf.Variable,
    loss: Loss,
) -> None:
    """One step of an optimizer: it moves `position` (2,)."""
    with tf.GradientTape() as tape:
        height = loss(position)
    gradient = tape.gradient(height, position)
    racer.apply([gradient], [position])


def valley(position: Tensor) -> Tensor:
    """Fifty times as steep across as along; lowest at (0, 0)."""
    x, y = tf.unstack(position)
    return 0.05 * x**2 + 2.5 * y**2


def saddle(position: Tensor) -> Tensor:
    """Downhill to (0, 0) along x, and from there downhill again to either side, y = ±√2."""
    x, y = tf.unstack(position)
    return 0.25 * x**2 - 0.5 * y**2 + 0.125 * y**4


def two_minima(position: Tensor) -> Tensor:
    """A shallow hollow at the right, a deep one at the left, a hump between them."""
    x, y = tf.unstack(position)
    return 0.03 * (x**2 - 6.0) ** 2 + 0.25 * x + 0.5 * y**2


SURFACES: dict[str, Loss] = {"valley": valley, "saddle": saddle, "two minima": two_minima}


class Race:
    """The racers on one surface; compiled once, for every start and learning rate."""

    def __init__(self, loss: Loss) -> None:
        self.loss = loss
        self.racers = racers(0.1)
        self.positions = {name: tf.Variable([0.0, 0.0]) for name in self.racers}
        for name, racer in self.racers.items():
            racer.build([self.positions[name]])

    @tf.function
    def run(self, start: Tensor, rate: Tensor) -> tuple[Tensor, Tensor]:
        """Positions (STEPS + 1, racers, 2) and losses (STEPS + 1, racers)."""
        self._line_up(start, rate)
        places, losses = (tf.TensorArray(tf.float32, STEPS + 1) for _ in range(2))
        for i in tf.range(STEPS + 1):
            standing = [tf.identity(position) for position in self.positions.values()]
            places = places.write(i, tf.stack(standing))
            losses = losses.write(i, tf.stack([self.loss(each) for each in standing]))
            for name, racer in self.racers.items():
                step(racer, self.positions[name], self.loss)
        return places.stack(), losses.stack()

    def _line_up(self, start: Tensor, rate: Tensor) -> None:
        """All at the start; what an optimizer remembers (step count, averages) begins at 0."""
        for name, racer in self.racers.items():
            self.positions[name].assign(start)
            for variable in racer.variables:
                variable.assign(tf.zeros(variable.shape, variable.dtype))
            racer.learning_rate.assign(rate)


@functools.cache
def _race(surface: str) -> Race:
    return Race(SURFACES[surface])


def race(surface: str, x: float, y: float, learning_rate: float) -> dict[str, Any]:
    """All four from (x, y), a hundred steps.

    Returns:
        by racer's name a dict of `x`, `y`, `loss` (STEPS + 1,); infinite or NaN after overflow.
    """
    field = _race(surface)
    start = tf.constant([x, y], tf.float32)
    places, losses = field.run(start, tf.constant(learning_rate, tf.float32))
    columns = zip(np.moveaxis(places.numpy(), 1, 0), losses.numpy().T, strict=True)
    return {
        name: {"x": each[:, 0], "y": each[:, 1], "loss": loss}
        for name, (each, loss) in zip(field.racers, columns, strict=True)
    }


def landscape(surface: str, xs: tuple[float, float], ys: tuple[float, float]) -> dict[str, Any]:
    """`x`, `y` (GRID,) and the `loss` (GRID, GRID) by y and x, and `lowest`, the least of it."""
    grid = [np.linspace(*bounds, GRID, dtype=np.float32) for bounds in (xs, ys)]
    places = tf.reshape(tf.stack(tf.meshgrid(*grid), axis=-1), (-1, 2))
    losses = tf.vectorized_map(SURFACES[surface], places).numpy().reshape(GRID, GRID)
    return {"x": grid[0], "y": grid[1], "loss": losses, "lowest": lowest(surface)}


def lowest(surface: str) -> float:
    """The least height from −5 to 5, found in steps of a hundredth."""
    steps = tf.range(-5.0, 5.0, 0.01)
    along = tf.vectorized_map(lambda x: SURFACES[surface](tf.stack([x, 0.0])), steps)
    across = tf.vectorized_map(lambda y: SURFACES[surface](tf.stack([0.0, y])), steps)
    # Each surface is a sum of a function of x and one of y; at (0, 0) both are counted twice.
    middle = SURFACES[surface](tf.constant([0.0, 0.0]))
    return float(tf.reduce_min(along) + tf.reduce_min(across) - middle)
