"""What a network that does no better than guessing may have, where no other rule says it."""

from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.finding import Remedy
from nnlab.analysis.diagnosis.remedies import remedy, with_initializer

_CONSTANT = {"zeros", "ones"}


def cause(case: Case) -> Remedy:
    """Equal weights stay equal (Deep Learning, section 8.4); of other causes other rules tell."""
    changes = with_initializer(case.experiment, "glorot_uniform", _CONSTANT)
    hidden = any(path.startswith("layers.") for path in changes)
    if hidden:
        return remedy(
            "Units that begin alike stay alike: let chance draw the start weights.",
            case.experiment,
            changes,
        )
    return Remedy("Change one thing: the learning rate by a factor of ten, or the layers.")
