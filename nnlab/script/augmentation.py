"""The lines of a script that add changed copies of the training images."""

from types import ModuleType

from nnlab.datasets import info
from nnlab.datasets.augmentation import copies, ink, warp, writing
from nnlab.experiment import Dataset
from nnlab.script.source import body

_MODULES: tuple[ModuleType, ...] = (ink, writing, warp, copies)


def augmentation_source() -> str:
    """Our own functions as they stand, their imports of each other left out."""
    return "\n\n\n".join(body(module) for module in _MODULES)


def augmentation_lines(dataset: Dataset) -> list[str]:
    """From `x_train` uint8 and `y_train` to the same with the copies behind them."""
    if dataset.augmentation is None:
        return []
    changes = dataset.augmentation.model_dump()
    scale = info(dataset.name).scale
    arguments = {"scale": scale, "seed": dataset.split_seed, **changes}
    return [
        "x_train, y_train = augment(\n    x_train,\n    y_train,",
        *(f"    {name}={value!r}," for name, value in arguments.items()),
        ")",
    ]
