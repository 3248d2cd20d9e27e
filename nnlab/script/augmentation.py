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
    """From `x_train` and `y_train` in [0, 1] to the same with the copies behind them."""
    if dataset.augmentation is None:
        return []
    scale = info(dataset.name).scale
    changes = dataset.augmentation.model_dump()
    arguments = {"scale": scale, "seed": dataset.split_seed, **changes}
    return [
        f"x_train, y_train = augment(\n    np.rint(x_train * {scale}).astype('uint8'),\n"
        "    y_train,",
        *(f"    {name}={value!r}," for name, value in arguments.items()),
        f")\nx_train = x_train / {scale}",
    ]
