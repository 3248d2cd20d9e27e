"""What several rules show as their evidence."""

from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.facts import Series


def measured(case: Case, seen: Series | None) -> tuple[tuple[float, float], ...]:
    """For a `LossChart`: figures of recorded moments where there is no validation to draw."""
    if case.validated or seen is None or seen.name != "test":
        return ()
    return tuple(zip(seen.epochs, seen.losses, strict=True))
