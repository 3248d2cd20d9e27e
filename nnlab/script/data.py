"""The lines of a script that load, or make, and divide the data."""

from nnlab.datasets import DatasetInfo, info_of, shuffled, stratified
from nnlab.datasets.split import DEFAULT_TEST_SHARE
from nnlab.experiment import Dataset
from nnlab.script.augmentation import augmentation_lines
from nnlab.script.points import points_lines
from nnlab.script.source import body

KERAS_DATASETS = ("mnist", "fashion_mnist")
# Files of ours that a script may need beside it.
DRAWINGS_FILE = "drawings.npz"
_KERAS = """\
LOCAL_FILE = "{name}.npz"  # a file that you have already; where there is none, Keras downloads it
if os.path.exists(LOCAL_FILE):
    with np.load(LOCAL_FILE) as file:
        x_train, y_train, x_test, y_test = (
            file[part] for part in ("x_train", "y_train", "x_test", "y_test")
        )
else:
    (x_train, y_train), (x_test, y_test) = keras.datasets.{name}.load_data()"""
_BESIDE = """\
with np.load("{name}.npz") as file:  # lies beside this script in the zip of the run
    images, labels = file["images"], file["labels"]"""
_DRAWINGS = """\
with np.load("{file}") as file:  # lies beside this script in the zip of the run
    x_train = np.concatenate([x_train, *[file["images"]] * {repeat}])
    y_train = np.concatenate([y_train, *[file["labels"]] * {repeat}])"""


def data_file(dataset: Dataset) -> str | None:
    """The file with the whole set that has to lie beside the script; None where none has to."""
    if dataset.name in KERAS_DATASETS or not info_of(dataset).has_images:
        return None
    return f"{dataset.name}.npz"


def split_source(dataset: Dataset) -> str | None:
    """Our own function that draws a part, as it stands; None where nothing is drawn."""
    described = info_of(dataset)
    own_test = described.n_test > 0 and dataset.test_size is None
    if own_test and dataset.validation != "holdout":
        return None
    return body(shuffled if described.regression else stratified)


def data_lines(dataset: Dataset) -> str:
    """From where they come to `x_train`, `y_train` and so on: images in [0, 1], or features."""
    described = info_of(dataset)
    lines = _whole(dataset, described)
    if dataset.validation == "holdout":
        lines += _split("validation", dataset, described, dataset.validation_size)
    if dataset.train_size is not None:
        first = f"[:{dataset.train_size}]"
        lines.append(f"x_train, y_train = x_train{first}, y_train{first}")
    lines += augmentation_lines(dataset)
    if dataset.drawings is not None:
        lines.append(_DRAWINGS.format(file=DRAWINGS_FILE, repeat=dataset.drawings.repeat))
    if described.has_images:
        lines += _as_numbers(dataset, described)
    return "\n".join(lines)


def _whole(dataset: Dataset, described: DatasetInfo) -> list[str]:
    """Up to `x_train` and `x_test`, as they are stored."""
    if dataset.name in KERAS_DATASETS:
        lines = [_KERAS.format(name=dataset.name)]
        if dataset.test_size is None:
            return lines
        lines += [
            "images = np.concatenate([x_train, x_test])",
            "labels = np.concatenate([y_train, y_test])",
        ]
    elif described.has_images:
        lines = [_BESIDE.format(name=dataset.name)]
        if described.n_test and dataset.test_size is None:
            n = described.n_train
            return [
                *lines,
                f"x_train, y_train = images[:{n}], labels[:{n}]",
                f"x_test, y_test = images[{n}:], labels[{n}:]",
            ]
    else:
        lines = [points_lines(dataset).strip()]
    size = dataset.test_size if dataset.test_size is not None else DEFAULT_TEST_SHARE
    lines.append("x_train, y_train = images, labels")
    return lines + _split("test", dataset, described, size)


def _split(part: str, dataset: Dataset, described: DatasetInfo, size: float) -> list[str]:
    """Draw a part of what is the training part so far."""
    count = str(size) if isinstance(size, int) else f"int(np.ceil({size} * len(y_train)))"
    draw = "shuffled_split" if described.regression else "stratified_split"
    return [
        f"rest, drawn = {draw}(y_train, {count}, seed={dataset.split_seed})",
        f"x_{part}, y_{part} = x_train[drawn], y_train[drawn]",
        "x_train, y_train = x_train[rest], y_train[rest]",
    ]


def _as_numbers(dataset: Dataset, described: DatasetInfo) -> list[str]:
    """Grey levels as float32 from 0 to 1, with an axis for the one channel."""
    names = ["x_train", "x_test"] + ["x_validation"] * (dataset.validation == "holdout")
    return [
        f"{name} = {name}[..., np.newaxis].astype('float32') / {described.scale:g}"
        for name in names
    ]


def data_words(dataset: Dataset) -> str:
    """The same in words."""
    described = info_of(dataset)
    words = [f"{described.title}: {described.source}."]
    if split_source(dataset):
        how = "at random" if described.regression else "class by class"
        words.append(f"The parts are drawn {how} from the seed of the split.")
    if dataset.augmentation:
        words.append("Changed copies of the training images join them.")
    if dataset.drawings:
        words.append("Drawings join the training images.")
    return " ".join(words)
