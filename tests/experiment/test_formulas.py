"""Formulas that people type: read by a grammar, told back in one way, never run."""

import ast
import random
import time

import numpy as np
import pytest

from nnlab.datasets.plane import plane_features
from nnlab.experiment import Dataset, Experiment, InvalidExperiment, Points, parse_experiment
from nnlab.experiment.formulas import (
    FUNCTIONS,
    Formula,
    InvalidFormula,
    formula_code,
    formula_text,
    formula_values,
    read_formula,
)
from nnlab.experiment.formulas.reading import _parsed, _tree
from nnlab.experiment.points import feature_of

X, Y = np.random.default_rng(5).uniform(-6, 6, (2, 200))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x*y**2", X * Y**2),
        ("sin(2*x)", np.sin(2 * X)),
        ("sqrt(x^2 + y^2)", np.hypot(X, Y)),
        ("-x^2", -(X**2)),
        ("(-x)^2", X**2),
        ("2^-abs(x)", 2 ** -np.abs(X)),
        ("x - y - 1", X - Y - 1),
        ("x - (y - 1)", X - Y + 1),
        ("2^3^2 + x", 512 + X),
        ("x / (1 + y*y) / 2", X / (1 + Y**2) / 2),
        ("exp(-X^2) * max(x, min(y, pi))", np.exp(-(X**2)) * np.maximum(X, np.minimum(Y, np.pi))),
        ("atan2(y, x) + tanh(x) + sign(y) + log(1 + e^-y)",
         np.arctan2(Y, X) + np.tanh(X) + np.sign(Y) + np.log(1 + np.e**-Y)),
    ],
)  # fmt: skip
def test_a_formula_is_what_numpy_makes_of_it(text: str, wanted: np.ndarray):
    np.testing.assert_allclose(formula_values(read_formula(text), X, Y), wanted, rtol=1e-12)
    features = plane_features(np.stack([X, Y], axis=1), ("x", feature_of(text)))
    np.testing.assert_allclose(features[:, -1], wanted.astype("float32"), rtol=1e-6)


def _random_tree(draw: random.Random, depth: int) -> Formula:
    if depth == 0 or draw.random() < 0.2:
        number = round(draw.uniform(0, 9), draw.choice([0, 3]))
        return draw.choice([Formula("x"), Formula("y"), Formula("pi"), Formula("", number=number)])
    name = draw.choice(["+", "-", "*", "/", "**", "neg", *FUNCTIONS])
    parts = 1 if name == "neg" else FUNCTIONS[name][1] if name in FUNCTIONS else 2
    return Formula(name, tuple(_random_tree(draw, depth - 1) for _ in range(parts)))


def test_any_tree_comes_back_from_its_text_and_its_code():
    draw = random.Random(8)
    for _ in range(1500):
        tree = _random_tree(draw, 4)
        assert _tree(_parsed(formula_text(tree))) == tree
        code = ast.unparse(ast.parse(formula_code(tree), mode="eval"))
        text = formula_text(tree)
        plain = code.replace("np.", "").replace("maximum", "max").replace("minimum", "min")
        assert _tree(_parsed(plain.replace("arctan2", "atan2"))) == tree, (text, code)


def test_the_code_of_a_script_gives_the_same_numbers():
    for text in ("x*y**2", "sqrt(x^2+y^2)-1", "max(x,-y)*2^3", "x/(1+y*y)"):
        formula = read_formula(text)
        found = eval(formula_code(formula), {"np": np, "x": X, "y": Y})
        np.testing.assert_array_equal(found, formula_values(formula, X, Y))


@pytest.mark.parametrize(
    ("one", "other"),
    [("y*x", "xy"), ("x ^ 2", "x2"), ("SIN(x)", "sin_x"), ("y+x", "x+y"), ("(x)", "x"),
     ("2.50*x", "2.5*x"), ("x*y^2", "y**2*x")],
)  # fmt: skip
def test_equal_formulas_have_one_text(one: str, other: str):
    assert feature_of(one) == feature_of(other)
    alike = [
        Experiment(dataset=Dataset(name="xor", points=Points(features=(text, "cos(x)"))))
        for text in (one, other)
    ]
    assert alike[0].fingerprint() == alike[1].fingerprint()


def test_fingerprints_from_before_are_the_same():
    points = Points(features=("x", "sin_y"))
    found = Experiment(dataset=Dataset(name="spiral", points=points)).fingerprint()
    assert found == "be8e76cf42eb6d71cfb8cc91bf7d0f9f31b7b0741762394e3be0873ea3040def"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("__import__('os')", "character 12"),
        ("__import__(x)", "character 1: '__import__' is not known"),
        ("x.__class__", "character 2"),
        ("x[0]", r"character 2: '\[' is not allowed"),
        ("lambda x: x", "character 9"),
        ("x if y else x", "character 3"),
        ("x == y", "character 3"),
        ("open(x)", "'open' is not known"),
        ("10**10**10*x", "no number, or too large"),
        ("min(x, 10**10**10)", "no number, or too large"),
        ("min(x, 1/0)", "no number, or too large"),
        ("x * 99999999999999999999", "numbers have at most 12 characters"),
        ("x * 2000000", "at most 1,000,000"),
        ("x" + "+x" * 39, "nested too deeply"),
        ("sin(" * 19 + "x" + ")", "too early"),
        ("(" * 10_000, "too long: at most 80 characters"),
        ("x" * 10_000, "too long"),
        ("ｘ", "character 1"),
        ("x²", "character 2"),
        ("х*y", "character 1"),  # Cyrillic
        ("x\u202e*y", "character 2"),
        ("x\n", "character 2"),
        ("x*\0", "character 3"),
        ("2x", r"write \* to multiply"),
        ("x+", "ends too early"),
        ("", "ends too early"),
        ("3", "must contain x or y"),
        ("z", "'z' is not known"),
        ("sin(x, y)", "sin takes one value"),
        ("max(x)", "max takes 2 values"),
        ("1/x", "no finite value at x = 0, y = 0"),
        ("log(x)", "no finite value at x = 0"),
        ("x^y", "no finite value at x = 0, y = -0.1"),
        ("sqrt(x-1)", "no finite value at x = 0"),
        ("exp(x^2)", "too large at x = -3.75"),
    ],
)
def test_what_is_no_formula_is_refused_with_the_place(text: str, told: str):
    began = time.monotonic()
    with pytest.raises(InvalidFormula, match=told):
        read_formula(text)
    assert time.monotonic() - began < 2
    with pytest.raises(InvalidExperiment, match="dataset.points.features: must be one or more"):
        parse_experiment({"dataset": {"name": "xor", "points": {"features": ["x", text]}}})


def test_there_are_at_most_five():
    many = [f"x*{number}" for number in range(2, 8)]
    assert len(Points(features=many[:5]).features) == 5
    with pytest.raises(ValueError, match="at most 5 formulas"):
        Points(features=many)
