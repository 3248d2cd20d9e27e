"""How it is told that a file gives no network that can be used here."""

from nnlab.datasets.uploaded.limits import UploadRefused
from nnlab.experiment.names import harmless


class NotANetwork(UploadRefused):
    """A file is no Keras model, or not one that can be shown here; says why."""


def shown(value: object) -> str:
    """A name or a value from a file, as it can be told."""
    return harmless(str(value)) or "nothing"
