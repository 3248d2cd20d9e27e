"""A script reads a visitor's own images from the file beside it, and divides them as we do."""

from pathlib import Path

import numpy as np
import pytest
from upload_files import shapes

from nnlab.datasets import load_splits
from nnlab.datasets.own_images import OwnImageSet, write_own_images
from nnlab.experiment import Dataset, Experiment, OwnImages
from nnlab.export.beside import arrays_beside
from nnlab.script import files_beside, keras_script


@pytest.mark.parametrize(("n_test", "test_size"), [(0, None), (20, None), (20, 0.4)])
def test_a_script_has_the_same_images_as_a_worker(
    n_test: int, test_size: float | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    labels = np.random.default_rng(2).permutation(80) % 3
    own = OwnImageSet(shapes(80, 9), labels, ("a", "b'", "'''c"), n_test)
    write_own_images(own)
    dataset = Dataset(name="own_images", own_images=own.wanted, test_size=test_size)
    experiment = Experiment(dataset=dataset)
    assert files_beside(experiment) == ("own_images.npz",)
    for name, arrays in arrays_beside(experiment, None).items():
        np.savez(tmp_path / name, **arrays)
    monkeypatch.chdir(tmp_path)
    source = keras_script(experiment)
    made: dict[str, np.ndarray] = {}
    exec(source[: source.index("model = keras")], made)
    splits = load_splits(dataset)
    for part in ("train", "validation", "test"):
        np.testing.assert_array_equal(made[f"y_{part}"], getattr(splits, f"y_{part}"), part)
        expected = getattr(splits, f"x_{part}")[..., np.newaxis].astype("float32") / 255
        np.testing.assert_array_equal(made[f"x_{part}"], expected, part)


def test_without_the_images_there_is_no_script():
    own = OwnImages(id="0" * 64, count=20, smallest=5, classes=("a", "b"))
    source = keras_script(Experiment(dataset=Dataset(name="own_images", own_images=own)))
    assert "not kept here" in source
