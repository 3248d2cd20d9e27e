"""A script holds a visitor's own points in itself, and computes their formulas as we do."""

import numpy as np

from nnlab.datasets import load_splits
from nnlab.datasets.own import Axis, OwnSet, write_own
from nnlab.experiment import Dataset, Experiment, Points
from nnlab.script import keras_script


def test_a_script_has_the_same_inputs_as_a_worker():
    draw = np.random.default_rng(4)
    axes = (Axis("width", 3.0, 0.5), Axis("y"))
    places = draw.uniform(-6, 6, (60, 2)).round(6)
    own = OwnSet(places, draw.permutation(60) % 3, ("a", "b'", "'''c"), axes)
    write_own(own)
    points = Points(features=("x", "sin_y", "sqrt(x^2+y^2)", "x*y**2-1", "max(x,-y)"))
    dataset = Dataset(name="own_points", own=own.wanted, points=points)
    source = keras_script(Experiment(dataset=dataset, layers=()))
    made: dict[str, np.ndarray] = {}
    exec(source[: source.index("model = keras")], made)
    splits = load_splits(dataset)
    for part in ("x_train", "y_train", "x_validation", "y_validation", "x_test", "y_test"):
        np.testing.assert_array_equal(made[part], getattr(splits, part), part)


def test_without_the_points_there_is_no_script():
    own = OwnSet(np.zeros((20, 2)), np.arange(20) % 2, ("a", "b")).wanted
    source = keras_script(Experiment(dataset=Dataset(name="own_points", own=own), layers=()))
    assert "not kept here" in source
