"""What is in an uploaded file becomes a set, against Pillow and NumPy by hand."""

import numpy as np
import pytest
from PIL import Image
from upload_files import folders, npz, png, shapes, zipped

from nnlab.datasets import load_splits, split_problems
from nnlab.datasets.own_images import read_own_images, write_own_images
from nnlab.datasets.uploaded import NotAnImageSet, Preparation, read_images
from nnlab.experiment import Dataset, InvalidExperiment, OwnImages

TWELVE = Preparation(side=12)


def test_a_zip_gives_the_folders_as_classes_and_pixels_as_they_were():
    images = shapes(12)
    own = read_images(zipped(folders()), TWELVE).own
    assert own.classes == ("cats", "dogs")
    assert own.n_test == 0
    for label in (0, 1):
        np.testing.assert_array_equal(own.images[own.labels == label], images[6 * label :][:6])


def test_other_files_are_left_out_and_told_and_test_folders_stay_test_images():
    entries = [(f"pets/train/{name}", content) for name, content in folders(each=8)]
    entries += [(f"pets/test/cats/t{i}.png", png(shapes(1, seed=i + 9)[0])) for i in range(3)]
    entries += [("pets/read <b>me.txt", b"x"), ("__MACOSX/cats/._1.png", b"x"), ("a/", b"")]
    found = read_images(zipped(entries), TWELVE)
    assert (found.own.n_train, found.own.n_test) == (16, 3)
    assert found.notes == ("Files that are no images were left out (1): read ‹b›me.txt",)
    assert list(found.own.labels[:4]) == [0, 1, 0, 1]  # in turn
    assert list(found.own.labels[16:]) == [0, 0, 0]


def test_classes_that_are_numbers_come_in_their_order():
    own = read_images(zipped(folders(("10", "9", "b", "A"))), TWELVE).own
    assert own.classes == ("9", "10", "A", "b")


def test_colours_sizes_depths_and_transparency_are_prepared():
    wide = np.zeros((20, 40, 3), np.uint8)
    wide[:, 20:] = (200, 30, 90)
    deep = np.full((12, 12), 65_535, np.uint16)
    clear = np.zeros((12, 12, 4), np.uint8)  # all transparent: as on white paper
    kinds = {"wide": png(wide), "deep": png(deep), "clear": png(clear),
             "jpeg": png(np.full((400, 300), 77, np.uint8), "JPEG"),
             "webp": png(np.full((9, 9), 5, np.uint8), "WEBP", lossless=True)}  # fmt: skip
    entries = [(f"{name}/{i}.png", content) for name, content in kinds.items() for i in range(5)]
    found = read_images(zipped(entries), Preparation(side=10, fit="middle"))
    by_name = {
        name: found.own.images[found.own.labels == label][0]
        for label, name in enumerate(found.own.classes)
    }
    middle = Image.fromarray(wide[:, 10:30]).convert("L")
    by_hand = middle.resize((10, 10), Image.Resampling.LANCZOS)
    np.testing.assert_allclose(by_name["wide"].astype(int), np.asarray(by_hand, int), atol=2)
    assert by_name["deep"].min() == by_name["clear"].min() == 255
    assert np.ptp(by_name["jpeg"].astype(int)) <= 1
    assert abs(int(by_name["jpeg"][5, 5]) - 77) <= 1
    assert by_name["webp"].max() == 5
    assert [note.split(".")[0] for note in found.notes] == [
        "5 images have colours", "21 images are exact copies of others"
    ]  # fmt: skip


def test_one_image_is_spoken_of_as_one():
    coloured = np.zeros((12, 12, 3), np.uint8)
    coloured[3:9, 4:8] = (200, 30, 90)
    entries = [*folders(), ("cats/coloured.png", png(coloured))]
    entries.append(("dogs/again.png", entries[-2][1]))
    found = read_images(zipped(entries), TWELVE)
    assert [note.split(".")[0] for note in found.notes] == [
        "1 image has colours", "1 image is an exact copy of another"
    ]  # fmt: skip


def test_the_whole_of_an_image_keeps_its_shape_within_a_border_and_can_be_inverted():
    tall = np.full((40, 20), 255, np.uint8)
    tall[10:30, 5:15] = 0
    entries = [(f"{name}/{i}.png", png(tall)) for name in "ab" for i in range(5)]
    own = read_images(zipped(entries), Preparation(side=20, invert=True)).own
    image = own.images[0]
    assert (image[:, :5] == 0).all()  # the border goes on as the paper: white, then inverted
    assert (image[7:13, 8:12] > 240).all()


def test_an_image_on_its_side_is_turned_as_its_camera_says():
    lying = np.zeros((12, 12), np.uint8)
    lying[:3] = 255
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter clockwise
    entries = [(f"{n}/{i}.jpg", png(lying, "JPEG", exif=exif)) for n in "ab" for i in range(5)]
    image = read_images(zipped(entries), TWELVE).own.images[0]
    assert image[:, -2:].min() > 200
    assert image[:, :8].max() < 50


@pytest.mark.parametrize(
    ("x", "y"), [("x", "y"), ("X", "y"), ("images", "labels"), ("x_train", "y_train")]
)
def test_arrays_come_as_they_are(x: str, y: str):
    images, labels = shapes(20), np.arange(20) % 2 + 3
    own = read_images(npz(**{x: images, y: labels}), TWELVE).own
    np.testing.assert_array_equal(own.images, images)
    assert own.classes == ("3", "4")
    np.testing.assert_array_equal(own.labels, labels - 3)


def test_arrays_with_test_images_fractions_colours_and_names():
    images = shapes(30)
    rgb = np.stack([images] * 3, axis=3)
    own = read_images(
        npz(
            x_train=(images[:20] / 255.0).astype("float32"),
            y_train=np.array(["no", "yes"] * 10)[:, np.newaxis],
            x_test=rgb[20:],
            y_test=np.array(["yes", "no"] * 5),
        ),
        TWELVE,
    ).own
    np.testing.assert_array_equal(own.images, images)
    assert own.n_test == 10
    assert own.classes == ("no", "yes")
    assert list(own.labels[18:22]) == [0, 1, 1, 0]


def test_a_table_of_pixels_as_mnist_has():
    images, labels = shapes(20), np.arange(20) % 2
    rows = [f"{y}," + ",".join(map(str, x.ravel())) for x, y in zip(images, labels, strict=True)]
    head = "label," + ",".join(f"pixel{i}" for i in range(144))
    for text in ("\n".join([head, *rows]), "\r\n".join(rows).replace(",", ";")):
        own = read_images(text.encode(), TWELVE).own
        np.testing.assert_array_equal(own.images, images)
        np.testing.assert_array_equal(own.labels, labels)


def test_a_set_is_divided_like_any_other_and_must_be_what_was_asked_for():
    own = read_images(zipped(folders(each=30)), TWELVE).own
    write_own_images(own)
    dataset = Dataset(name="own_images", own_images=own.wanted, split_seed=3)
    assert split_problems(dataset) == []
    splits = load_splits(dataset)
    assert splits.info.input_shape == (12, 12, 1)
    assert splits.info.classes == ("cats", "dogs")
    parts = (splits.y_train, splits.y_validation, splits.y_test)
    assert [len(part) for part in parts] == [43, 5, 12]
    whole = np.concatenate([splits.x_train, splits.x_validation, splits.x_test])
    assert sorted(map(bytes, whole)) == sorted(map(bytes, own.images))
    assert np.bincount(splits.y_test).tolist() == [6, 6]
    again = load_splits(dataset)
    np.testing.assert_array_equal(again.x_test, splits.x_test)
    other = OwnImages(**{**own.wanted.model_dump(), "side": 13})
    with pytest.raises(InvalidExperiment, match="dataset.own_images"):
        load_splits(dataset.model_copy(update={"own_images": other}))


def test_own_test_images_are_kept_for_testing():
    images = shapes(40)
    labels = np.arange(40) % 2
    parts = {"x_train": images[:30], "y_train": labels[:30]}
    own = read_images(npz(**parts, x_test=images[30:], y_test=labels[30:]), TWELVE).own
    write_own_images(own)
    splits = load_splits(Dataset(name="own_images", own_images=own.wanted))
    np.testing.assert_array_equal(splits.x_test, images[30:])
    assert read_own_images(own.id) is read_own_images(own.id)
    assert not read_own_images(own.id).images.flags.writeable


def test_few_images_of_a_class_are_told_before_they_are_divided():
    cats, dogs = folders(("cats",), 60), folders(("dogs",))
    own = read_images(zipped(cats + dogs), TWELVE).own
    dataset = Dataset(name="own_images", own_images=own.wanted)
    (problem,) = split_problems(dataset)
    assert problem.field == "dataset.validation_size"
    assert "of the smallest class" in problem.message
    assert split_problems(dataset.model_copy(update={"validation": "test"})) == []
    names_none = split_problems(Dataset(name="own_images"))
    assert "names no images yet" in names_none[0].message
    (elsewhere,) = split_problems(Dataset(name="mnist", own_images=own.wanted))
    assert "should be none" in elsewhere.message


def test_a_side_out_of_bounds_is_an_error():
    with pytest.raises(ValueError, match="8 to 64"):
        Preparation(side=65)
    with pytest.raises(NotAnImageSet, match="empty"):
        read_images(b"", TWELVE)
