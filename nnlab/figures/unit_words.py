"""Dead and saturated units in words."""

from nnlab.analysis.layers_over_time import SATURATED_FROM, Layer, LayerMoment, Units

NAMED = 12
DEAD_MEANS = (
    "A dead unit has no part in the answer. ReLU passes no gradient to it either, so these images"
    " cannot bring it back."
)
SATURATED_MEANS = (
    "A saturated unit hardly tells images apart. At the ends of sigmoid and tanh the slope is 4 %"
    " of the steepest or less, so hardly any gradient gets through and it learns slowly."
)


def units_words(layer: Layer, index: int, sample: int) -> str:
    """What is wrong with a layer's units at a moment, as a sentence without the layer's name.

    Args:
        layer: one with dead or saturated units at that moment.
        index: of the moment.
        sample: on how many images it was seen.
    """
    moment = layer.moments[index]
    if layer.may_die:
        return _dead(layer, moment, sample)
    return _saturated(layer, moment, sample)


def _dead(layer: Layer, moment: LayerMoment, sample: int) -> str:
    are, they = ("is", "it gives") if len(moment.dead) == 1 else ("are", "they give")
    every = f"every one of the {sample} sample images"
    return f"{_named(layer, moment.dead)} {are} dead: {they} 0 for {every}."


def _saturated(layer: Layer, moment: LayerMoment, sample: int) -> str:
    are, its = ("is", "its") if len(moment.saturated) == 1 else ("are", "their")
    share = f"{SATURATED_FROM:.0%}".replace("%", " %")
    return (
        f"{_named(layer, moment.saturated)} {are} saturated: {share} or more of {its} outputs for"
        f" the {sample} sample images lie at an end of {layer.activation}."
    )


def _named(layer: Layer, units: Units) -> str:
    """The units by their numbers; of many, the first of them and how many more there are."""
    word, count = layer.unit_word, len(units)
    if count == layer.units:
        return f"all {count} {word}s" if count > 1 else f"the only {word}"
    if count > NAMED:
        return f"{word}s {_listed(units[:NAMED])} and {count - NAMED} more (of {layer.units})"
    return f"{word}{'s' if count > 1 else ''} {listed(units)}"


def listed(units: Units) -> str:
    """Numbers as one says them: "3", "3 and 17", "3, 17 and 40"."""
    if len(units) < 2:
        return _listed(units)
    return f"{_listed(units[:-1])} and {units[-1]}"


def _listed(units: Units) -> str:
    return ", ".join(str(unit) for unit in units)
