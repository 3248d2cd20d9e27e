import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from nnlab.datasets import CATALOG, DatasetCorrupt, DatasetError, UnknownDataset, info

IMAGES = ["mnist", "fashion_mnist", "mnist_5k", "digits"]
POINTS = ["circle", "xor", "gaussians", "spiral", "moons", "blobs", "rings"]
NUMBERS = ["plane", "bumps", "waves"]


def test_the_sets_by_name():
    assert list(CATALOG) == IMAGES + POINTS + NUMBERS
    assert [name for name in CATALOG if info(name).regression] == NUMBERS
    assert [name for name in CATALOG if info(name).has_images] == IMAGES
    assert all(info(name).name == name for name in CATALOG)
    assert all(len(info(name).classes) == 10 for name in IMAGES)


def test_fashion_classes_are_in_the_order_of_their_labels():
    assert info("fashion_mnist").classes == (
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
        "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    )  # fmt: skip


def test_unknown_name_is_a_value_error_that_names_the_allowed_ones():
    with pytest.raises(UnknownDataset, match="mnist, fashion_mnist, mnist_5k, digits") as caught:
        info("cifar")
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, DatasetError)


@pytest.mark.parametrize(
    "error",
    [UnknownDataset("x", ["a", "b"]), DatasetCorrupt(Path("f.npz"), "is empty", "Replace it.")],
)
def test_errors_survive_the_way_from_a_worker(error: DatasetError):
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.__dict__) == (type(error), str(error), error.__dict__)


def test_importing_the_package_imports_nothing_slow():
    script = (
        "import sys, nnlab.datasets; "
        "print({'sklearn', 'pooch', 'requests', 'mlxtend', 'pandas', 'streamlit'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == "set()"
