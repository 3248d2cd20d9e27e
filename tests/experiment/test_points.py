"""Settings of points in the plane: bounds, the order of features, and links."""

import pytest

from nnlab.experiment import (
    Dataset,
    Experiment,
    InvalidExperiment,
    Points,
    parse_experiment,
    with_settings,
)
from nnlab.links import experiment_in, link_query, parse_query


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("noise", 0.6, "from 0.0 to 0.5"),
        ("count", 99, "from 100 to 5,000"),
        ("count", 5001, "from 100 to 5,000"),
        ("classes", 7, "from 2 to 6"),
        ("balance", 0.0, "from 0.1 to 1.0"),
        ("features", [], "one or more of x, y, x2"),
        ("features", ["x", "x"], "each once"),
        ("features", ["z"], "sin_x, sin_y"),
        ("features", "x", "one or more of"),
    ],
)
def test_a_refusal_names_the_field_and_what_is_allowed(field: str, value: object, allowed: str):
    with pytest.raises(InvalidExperiment) as caught:
        parse_experiment({"dataset": {"name": "spiral", "points": {field: value}}})
    (problem,) = caught.value.problems
    assert problem.field == f"dataset.points.{field}"
    assert allowed in problem.message


def test_features_have_one_order_whatever_they_were_asked_in():
    assert Points(features=("xy", "y", "x")) == Points(features=("x", "y", "xy"))


def test_a_single_field_can_be_set():
    spiral = Experiment(dataset=Dataset(name="spiral", points=Points()))
    changed = with_settings(spiral, {"dataset.points.noise": 0.3})
    assert changed.dataset.points == Points(noise=0.3)


def test_a_link_to_points_is_read_as_a_person_would():
    query = "data=blobs&points=200-0.25-classes:4-features:x,xy-seed:7"
    points = Points(count=200, noise=0.25, classes=4, features=("x", "xy"), seed=7)
    experiment = Experiment(dataset=Dataset(name="blobs", points=points))
    assert experiment_in(parse_query(query)) == experiment
    assert link_query(experiment) == query


def test_a_link_with_a_wrong_feature_is_refused():
    with pytest.raises(InvalidExperiment, match=r"dataset.points.features: must be one or more"):
        experiment_in(parse_query("data=xor&points=500-features:x,z"))
