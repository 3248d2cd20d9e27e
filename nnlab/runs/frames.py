"""What a network on points of the plane looks like at one moment, as a value and as a file."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Frame:
    """One picture of a network; arrays are base64 of uint8, rows upwards with y.

    Attributes:
        run, step, epoch: of what and when; `run` None for a network that was never trained.
        reach: the field goes from -reach to reach.
        side, field, outputs: probabilities * 255, (side, side, outputs).
        units_side: of the tiles.
        layers: a dictionary a layer with units, the output layer last.
        train, test: loss and accuracy at this moment, None while unknown.
    """

    run: str | None
    step: int
    epoch: float
    reach: float
    side: int
    field: str = field(repr=False)
    outputs: int
    units_side: int
    layers: tuple[dict[str, Any], ...] = field(repr=False)
    train: dict[str, float | None]
    test: dict[str, float | None]

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)

    def to_json(self) -> str:
        """The same as text."""
        return json.dumps(self.to_dict(), allow_nan=False)


def frame_name(run_id: str, owner: str) -> str:
    """The file of a run's newest frame. Its name cannot be guessed without the owner's."""
    return hashlib.sha256(f"{owner}/{run_id}".encode()).hexdigest()[:32] + ".frame.json"
