"""Figures and layers as a person reads them."""

from collections.abc import Sequence

# Of runs trained before moments were, or where there was no room.
NOT_RECORDED = "the inside of this network was not recorded: train it again to tell"


def percent(share: float) -> str:
    """`0.9779` as `97.8 %`."""
    return f"{100 * share:.1f} %"


def loss_in_words(loss: float, digits: int = 2) -> str:
    """So many digits after the point, none of a loss in the hundreds: "2.41", "85,747".

    Of a loss below 0.1, which squared errors often have, so many digits that say something:
    "0.0043".
    """
    if abs(loss) >= 100:
        return f"{loss:,.0f}"
    return f"{loss:.{digits}f}" if not 0 < abs(loss) < 0.1 else f"{loss:.{digits}g}"


def signed(value: float, digits: int = 2) -> str:
    """With a minus that is as wide as a digit: "−0.08"."""
    return f"{value:.{digits}f}".replace("-", "−")


def layer_in_words(name: str) -> str:
    """A Keras layer of `nnlab.models` as the forms number it: `dense_1` is "layer 2"."""
    kind, _, index = name.rpartition("_")
    return f"layer {int(index) + 1}" if kind and index.isdigit() else f"the {name}"


def listed(names: Sequence[str], conjunction: str = "and") -> str:
    """Names in a row: "2", "2 and 6", "2, 6 and 8"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"
