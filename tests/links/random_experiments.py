"""Random valid experiments, of every kind of layer, optimizer, schedule and option."""

import random
import types
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from nnlab.datasets import CATALOG
from nnlab.experiment import (
    BATCH_SIZES,
    FEATURES,
    OWN_IMAGES,
    OWN_POINTS,
    SIZE_COUNTS,
    SIZE_SHARES,
    Experiment,
    Settings,
    parse_experiment,
)
from nnlab.experiment.changes import RANGES
from nnlab.experiment.names import harmless

_LETTERS = "abcXYZ 059 &=?#+%/-_:,.'\"<>äß漢🙂\n"


_FORMULAS = ("x*y**2", "max(x,-y)-1", "exp(-x^2)/0.25", "sin(2*x)+sqrt(x^2+y^2)", "tanh(x - y)")


def random_experiment(draw: random.Random) -> Experiment:
    """Half of all fields stay as they are, so that leaving out is tried as well."""
    return parse_experiment(_data(draw, Experiment))


def _data(draw: random.Random, model: type[Settings]) -> dict[str, Any]:
    found = {}
    for name, field in model.model_fields.items():
        if field.is_required() or draw.random() < 0.5:
            found[name] = _special(draw, model, name, field)
    if "type" in model.model_fields:
        found["type"] = model.__name__
    return found


def _special(draw: random.Random, model: type[Settings], name: str, field: FieldInfo) -> Any:
    match model.__name__, name:
        case "Experiment", "name":
            return "".join(draw.choices(_LETTERS, k=draw.randint(1, 80)))
        case "Experiment", "layers":
            kinds = get_args(get_args(get_args(field.annotation)[0])[0])
            return [_data(draw, draw.choice(kinds)) for _ in range(draw.randint(0, 24))]
        case "Dataset", "name":
            return draw.choice([*CATALOG, OWN_POINTS, OWN_IMAGES])
        case "Dataset", "test_size" | "validation_size":
            return draw.choice([draw.randint(*SIZE_COUNTS), draw.uniform(*SIZE_SHARES)])
        case "Points", "features":
            chosen = draw.sample(FEATURES, draw.randint(1, len(FEATURES)))
            return chosen + draw.sample(_FORMULAS, draw.randint(0, 3))
        case "OwnPoints" | "OwnImages", "count" | "smallest":
            return draw.randint(600, 5000) if name == "count" else draw.randint(5, 100)
        case "OwnPoints" | "OwnImages", "classes":
            names = (harmless("".join(draw.choices(_LETTERS, k=30))) for _ in range(6))
            return sorted({name for name in names if name} | {"A", "-1"})[:6]
        case "Drawn" | "OwnPoints" | "OwnImages", "id":
            return f"{draw.getrandbits(256):064x}"
        case "Training", "batch_size":
            return draw.choice(["full", draw.randint(*BATCH_SIZES)])
        case "Training", "start_from":
            return "".join(draw.choices("0123456789abcxyz-", k=draw.randint(1, 32)))
        case "Training", "changes":
            return [_change(draw) for _ in range(draw.randint(0, 12))]
        case _:
            return _value(draw, field.annotation, field)


def _change(draw: random.Random) -> dict[str, Any]:
    kind = draw.choice(list(RANGES))
    low, high = RANGES[kind]
    value = draw.choice([low, high, draw.uniform(low, high), round(draw.uniform(low, high), 2)])
    found = {"field": kind, "value": min(max(value, low), high), "step": draw.randint(0, 10**9)}
    if kind == "weight":
        found |= {"layer": draw.randint(0, 24), "unit": draw.randint(0, 4095)}
        found["input"] = draw.choice([None, draw.randint(0, 10**6)])
    return found


def _value(draw: random.Random, kind: Any, field: FieldInfo) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        return _value(draw, draw.choice(get_args(kind)), field)
    if get_origin(kind) is Literal:
        return draw.choice(get_args(kind))
    if kind is type(None):
        return None
    if kind is bool:
        return draw.random() < 0.5
    if isinstance(kind, type) and issubclass(kind, Settings):
        return _data(draw, kind)
    low, high = _bounds(field)
    if kind is int:
        return draw.choice([low, high, draw.randint(low, high)])
    assert kind is float, (kind, field)
    fine = low + (high - low) * 10 ** draw.uniform(-12, 0)
    return draw.choice([low, high, draw.uniform(low, high), min(fine, high), round(fine, 3) or low])


def _bounds(field: FieldInfo) -> tuple[Any, Any]:
    lows = [rule.ge for rule in field.metadata if hasattr(rule, "ge")]
    highs = [rule.le for rule in field.metadata if hasattr(rule, "le")]
    return lows[0], highs[0]
