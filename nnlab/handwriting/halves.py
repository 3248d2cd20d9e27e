"""Which drawings are learned from, and which are kept back to see what that gained."""

from collections.abc import Sequence

from nnlab.runs.drawings import KeptDrawing

# With fewer in either half the gain would be told by one or two drawings.
LEAST_HALF = 5


def halves(
    drawings: Sequence[KeptDrawing],
) -> tuple[tuple[KeptDrawing, ...], tuple[KeptDrawing, ...]]:
    """(to learn from, kept back): digit by digit, every other drawing in the order they came."""
    in_order = sorted(drawings, key=lambda kept: (kept.drawing.label, kept.id))
    return tuple(in_order[::2]), tuple(in_order[1::2])


def more_needed(count: int) -> int:
    """How many drawings are missing until both halves have `LEAST_HALF`; 0 when they have."""
    return max(0, 2 * LEAST_HALF - count)
