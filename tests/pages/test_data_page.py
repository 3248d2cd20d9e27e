import re
import subprocess
import sys
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from page_elements import components
from streamlit.testing.v1 import AppTest

from nnlab.datasets import DatasetCorrupt, DownloadCancelled, download, load_arrays, split_indices
from nnlab.datasets import sources as sources_module
from nnlab.experiment import Dataset
from nnlab.ui.data import downloads as downloads_module
from nnlab.ui.data import obtain as obtain_module
from nnlab.ui.data import sheet as sheet_module

PAGE = "pages/1_Data.py"
OpenPage = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def no_system_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sources_module.SYSTEM_FOLDERS, "fashion_mnist", tmp_path / "none")


@pytest.fixture
def digits(open_page: OpenPage) -> AppTest:
    """The page with scikit-learn's digits chosen."""
    at = open_page(PAGE).button(key="use-digits").click().run()
    assert not at.exception
    return at


def choose_mnist(at: AppTest) -> AppTest:
    """MNIST is not on this computer, so a newcomer does not start from it."""
    if dataset_of(at).name != "mnist":
        at.button(key="use-mnist").click().run()
    assert not at.exception
    return at


def dataset_of(at: AppTest) -> Dataset:
    return at.session_state["nnlab_state"].experiment.dataset


def chart(at: AppTest, title: str) -> dict:
    """The figure with that in its title."""
    figures = [data["figure"] for data in components(at, "nnlab_live_chart")]
    return next(figure for figure in figures if title in figure["layout"]["title"]["text"])


def sheet(at: AppTest) -> tuple[list[str], list[int]]:
    """Captions and image numbers on the sheet."""
    markup = components(at, "nnlab_clickable_sheet")[0]["sheet"]
    captions = [unescape(text) for text in re.findall(r"<figcaption[^>]*>(.*?)<", markup)]
    return captions, [int(number) for number in re.findall(r'image (\d+)"', markup)]


def text(at: AppTest) -> str:
    """All that is said on the page outside its charts."""
    kinds = (at.markdown, at.caption, at.error, at.warning, at.info)
    return "\n".join(element.value for elements in kinds for element in elements)


def choose(at: AppTest, label: str, value: object) -> AppTest:
    box = next(box for box in at.selectbox if box.label == label)
    box.set_value(value).run()
    assert not at.exception
    return at


# --- choosing a set ---------------------------------------------------------------------------


def test_each_set_says_whether_it_is_ready(open_page: OpenPage):
    at = open_page(PAGE)
    badges = [value for value in (m.value for m in at.markdown) if "badge" in value]
    said = ["Download, 11 MB", "Download, 31 MB", "Ready", "Ready"]
    assert [words in badge for words, badge in zip(said, badges, strict=True)] == [True] * 4


def test_the_choice_is_the_experiments_and_is_kept(digits: AppTest, open_page: OpenPage):
    assert dataset_of(digits).name == "digits"
    assert digits.button(key="use-digits").label == "In use"
    assert dataset_of(open_page(PAGE)).name == "digits"
    assert dataset_of(open_page(PAGE, visitor="1" * 32)).name == "mnist_5k"


def test_a_set_that_is_not_here_offers_a_download_and_the_built_in_one(open_page: OpenPage):
    at = choose_mnist(open_page(PAGE))
    assert "11 MB" in at.warning[0].value
    assert at.button(key="download-mnist").label == "Download (11 MB)"
    at.button(key="use-built-in").click().run()
    assert dataset_of(at).name == "mnist_5k"
    assert sheet(at)[0] == list("0123456789" * 2 + "01234")


def test_a_damaged_file_is_named(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "mnist.npz").write_bytes(b"nothing of the kind")
    monkeypatch.setenv("NNLAB_DATA_DIR", str(tmp_path))
    at = choose_mnist(open_page(PAGE))
    assert "Cannot be read" in text(at)
    assert "mnist.npz" in at.error[0].value
    assert at.button(key="use-built-in")
    with pytest.raises(KeyError):
        at.button(key="download-mnist")


def test_damage_found_only_while_reading_is_told(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
):
    def broken(_name: str) -> None:
        raise DatasetCorrupt(Path("digits.csv.gz"), "damaged inside", "Install it again.")

    monkeypatch.setattr(obtain_module, "arrays_of", broken)
    at = open_page(PAGE).button(key="use-digits").click().run()
    assert at.error[0].value == "digits.csv.gz: damaged inside. Install it again."
    assert at.button(key="use-built-in")
    assert not at.header


# --- downloading ------------------------------------------------------------------------------


def settle(at: AppTest, condition: Callable[[], bool], seconds: float = 5) -> None:
    """Look again, as the page itself does, until the condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, text(at)
        time.sleep(0.05)
        at.run()
    assert not at.exception


def test_without_a_network_the_page_says_so_within_five_seconds(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(download, "BASE_URL", "http://127.0.0.1:9/")
    at = choose_mnist(open_page(PAGE))
    at.button(key="download-mnist").click().run()
    settle(at, lambda: bool(at.error))
    assert at.error[0].value.startswith("No connection")
    assert at.button(key="download-mnist").label.startswith("Try again")
    at.button(key="use-built-in").click().run()
    assert dataset_of(at).name == "mnist_5k"


def test_progress_is_shared_survives_a_reload_and_can_be_cancelled(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
):
    def slow(_name: str, progress: Callable, cancelled: Callable[[], bool]) -> None:
        progress(3_000_000, 12_000_000)
        while not cancelled():
            time.sleep(0.01)
        raise DownloadCancelled("The download was stopped; nothing was kept of it.")

    monkeypatch.setattr(downloads_module, "fetch", slow)
    at = choose_mnist(open_page(PAGE))
    at.button(key="download-mnist").click().run()
    settle(at, lambda: "3.0 of 12.0 MB" in str(at.get("progress")[0].proto))
    for other in (choose_mnist(open_page(PAGE)), choose_mnist(open_page(PAGE, visitor="1" * 32))):
        assert other.get("progress")[0].proto.value == 25
    at.button(key="cancel-mnist").click().run()
    settle(at, lambda: bool(at.info))
    assert "stopped" in at.info[0].value
    assert at.button(key="download-mnist").label.startswith("Try again")


def test_a_download_that_ends_shows_the_images(
    open_page: OpenPage, shared_data: Path, monkeypatch: pytest.MonkeyPatch
):
    def quick(_name: str, progress: Callable, _cancelled: Callable[[], bool]) -> None:
        folder = sources_module.download_dir()
        folder.mkdir(parents=True)
        (folder / "mnist.npz").symlink_to(shared_data / "mnist.npz")
        progress(12_000_000, 12_000_000)

    monkeypatch.setattr(downloads_module, "fetch", quick)
    at = choose_mnist(open_page(PAGE))
    at.button(key="download-mnist").click().run()
    settle(at, lambda: bool(at.header), seconds=20)
    assert sheet(at)[0][:5] == ["5", "0", "4", "1", "9"]
    assert chart(at, "Image 3,570: 8")


def test_a_wrong_hash_is_told(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch):
    def wrong(*_arguments: object) -> None:
        raise DatasetCorrupt(Path("mnist.npz"), "does not have the expected SHA-256", "Try again.")

    monkeypatch.setattr(downloads_module, "fetch", wrong)
    at = choose_mnist(open_page(PAGE))
    at.button(key="download-mnist").click().run()
    settle(at, lambda: bool(at.error))
    assert "SHA-256" in at.error[0].value


# --- looking ----------------------------------------------------------------------------------


def test_sheets_follow_one_another(digits: AppTest):
    y = load_arrays("digits").y_train
    assert sheet(digits) == ([str(label) for label in y[:25]], list(range(25)))
    (pages,) = digits.get("pagination")
    assert pages.num_pages == 72
    pages.select(2)
    digits.run()
    assert sheet(digits)[1] == list(range(25, 50))


def test_a_class_can_be_chosen_and_begins_at_its_first_sheet(digits: AppTest):
    digits.get("pagination")[0].select(5)
    digits.run()
    choose(digits, "Class", 8)
    y = load_arrays("digits").y_train
    assert sheet(digits) == (["8"] * 25, np.flatnonzero(y == 8)[:25].tolist())


@pytest.mark.parametrize("part", ["training", "validation", "test"])
def test_a_part_shows_the_images_of_the_split(digits: AppTest, part: str):
    choose(digits, "Part", part)
    arrays = load_arrays("digits")
    split = split_indices(arrays.y_train, arrays.y_test, dataset_of(digits))
    positions = {"training": split.train, "validation": split.validation, "test": split.test}[part]
    assert sheet(digits)[1] == positions[:25].tolist()


def test_a_part_that_is_no_more_gives_way(digits: AppTest):
    choose(digits, "Part", "validation")
    choose(digits, "Validation images", "none")
    part = next(box for box in digits.selectbox if box.label == "Part")
    assert part.value == "all"
    assert "Validation" not in part.options
    assert sheet(digits)[1] == list(range(25))


def test_a_click_on_the_sheet_opens_the_image(digits: AppTest, monkeypatch: pytest.MonkeyPatch):
    picks: list[Callable[[int], None]] = []
    shown = sheet_module.clickable_sheet
    monkeypatch.setattr(
        sheet_module,
        "clickable_sheet",
        lambda html, key, on_pick, _chosen: (picks.append(on_pick), shown(html, key, on_pick)),
    )
    digits.run()
    picks[-1](7)
    digits.run()
    assert chart(digits, "Image 7: 7")


def test_one_image_as_numbers(digits: AppTest):
    digits.number_input(key="data-digits-image").set_value(12).run()
    arrays = load_arrays("digits")
    assert chart(digits, "Image 12: 2")["data"][0]["z"] == arrays.x_train[12].tolist()
    assert "`x_train[12]`" in text(digits)
    digits.button(key="data-digits-next").click().run()
    following = 13 + int(np.flatnonzero(arrays.y_train[13:] == 2)[0])
    assert chart(digits, f"Image {following}: 2")
    assert digits.number_input(key="data-digits-image").value == following


def test_the_next_of_a_class_begins_anew_after_the_last(digits: AppTest):
    y = load_arrays("digits").y_train
    last = int(np.flatnonzero(y == 3)[-1])
    digits.number_input(key="data-digits-image").set_value(last).run()
    digits.button(key="data-digits-next").click().run()
    assert digits.number_input(key="data-digits-image").value == np.flatnonzero(y == 3)[0]


def test_what_becomes_of_it(digits: AppTest):
    digits.number_input(key="data-digits-image").set_value(12).run()
    said = text(digits)
    assert "`uint8 (8, 8)` → `float32 (8, 8)`" in said
    assert "`float32 (8, 8)` → `float32 (64,)`" in said
    assert "`label 2` → `float32 (10,)`" in said
    image = load_arrays("digits").x_train[12]
    assert chart(digits, "Normalised")["data"][0]["z"] == (image / 16).tolist()
    assert chart(digits, "One-hot")["data"][0]["z"] == [[0, 0, 1, 0, 0, 0, 0, 0, 0, 0]]
    assert [block.value for block in digits.code] == [
        'x = image.astype("float32") / 16',
        "x = x.reshape(-1)",
        'y = np.eye(10, dtype="float32")[label]',
    ]


def test_every_class_has_a_mean_image(digits: AppTest):
    markup = "".join(element.proto.body for element in digits.get("html"))
    assert re.findall(r'alt="mean image of class (\d)"', markup) == list("0123456789")


def test_own_test_images_are_named_as_such(
    open_page: OpenPage, shared_data: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NNLAB_DATA_DIR", str(shared_data))
    at = open_page(PAGE)
    assert at.number_input(key="data-mnist-image").value == 3570
    at.number_input(key="data-mnist-image").set_value(60_003).run()
    assert "`x_test[3]`" in text(at)
    expected = load_arrays("mnist").x_test[3]
    assert chart(at, "Image 60,003")["data"][0]["z"] == expected.tolist()


# --- dividing ---------------------------------------------------------------------------------


def counted(at: AppTest) -> dict[str, int]:
    """Sums of the table of counts."""
    table = at.dataframe[0].value
    return {name: int(table[name].sum()) for name in table.columns[1:]}


def test_the_split_as_words_chart_and_table(digits: AppTest):
    assert "**1,293** training · **144** validation · **360** test images" in text(digits)
    assert counted(digits) == {"Training": 1293, "Validation": 144, "Test": 360}
    bars = chart(digits, "Images of each class")["data"]
    assert [(bar["name"], sum(bar["y"])) for bar in bars] == [
        ("Training", 1293),
        ("Validation", 144),
        ("Test", 360),
    ]


def test_changed_copies_are_counted_apart(digits: AppTest):
    digits.session_state["nnlab_state"].edit("dataset.augmentation", {"copies": 2})
    digits.run()
    assert not digits.exception
    assert "**1,293** training · **144** validation · **360** test images" in text(digits)
    assert "makes 3,879 training images of them" in text(digits)


def test_validation_on_the_test_images(digits: AppTest):
    choose(digits, "Validation images", "test")
    assert dataset_of(digits).validation == "test"
    assert counted(digits) == {"Training": 1437, "Validation": 360, "Test": 360}
    assert "too kind" in text(digits)


def test_no_validation(digits: AppTest):
    choose(digits, "Validation images", "none")
    assert counted(digits) == {"Training": 1437, "Test": 360}


def test_another_share(digits: AppTest):
    digits.number_input(key="exp-0-validation_size-percent").set_value(25.0).run()
    assert dataset_of(digits).validation_size == 0.25
    assert counted(digits)["Validation"] == 360


def test_a_number_of_images_instead_of_a_share(digits: AppTest):
    digits.segmented_control[0].set_value("number").run()
    assert dataset_of(digits).validation_size == 144
    digits.number_input(key="exp-0-validation_size-count").set_value(100).run()
    assert dataset_of(digits).validation_size == 100
    assert counted(digits)["Validation"] == 100
    digits.segmented_control[0].set_value("share").run()
    assert dataset_of(digits).validation_size == round(100 / 1437, 4)


def test_test_images_drawn_anew(digits: AppTest):
    choose(digits, "Test images", False)
    assert dataset_of(digits).test_size == 0.2
    digits.number_input(key="exp-0-test_size-percent").set_value(50.0).run()
    assert counted(digits)["Test"] == 899
    choose(digits, "Test images", True)
    assert dataset_of(digits).test_size is None


def test_the_seed_draws_other_images_but_as_many(digits: AppTest):
    before = sheet(choose(digits, "Part", "validation"))[1]
    digits.number_input(key="exp-0-dataset.split_seed").set_value(5).run()
    assert dataset_of(digits).split_seed == 5
    assert sheet(digits)[1] != before
    assert counted(digits)["Validation"] == 144


def test_only_the_first_images_are_learned_from(digits: AppTest):
    switch = "exp-0-dataset.train_size-switch"
    digits.toggle(key=switch).set_value(True).run()
    assert dataset_of(digits).train_size == 500
    digits.number_input(key="exp-0-dataset.train_size").set_value(200).run()
    assert counted(digits) == {"Training": 200, "Validation": 144, "Test": 360}
    digits.number_input(key="exp-0-dataset.train_size").set_value(1294).run()
    (problem,) = digits.error
    assert problem.value.startswith("Should be 1 to 1,293 images")
    digits.toggle(key=switch).set_value(False).run()
    assert dataset_of(digits).train_size is None
    assert counted(digits)["Training"] == 1293


def test_a_size_that_cannot_be_is_told_at_its_field(digits: AppTest):
    digits.segmented_control[0].set_value("number").run()
    digits.number_input(key="exp-0-validation_size-count").set_value(1430).run()
    (problem,) = digits.error
    assert problem.value.startswith("Should be 10 to 1,427 images")
    assert "first mend the sizes" in text(digits)
    choose(digits, "Part", "training")
    assert "cannot be drawn: mend the sizes" in text(digits)


def test_tensorflow_stays_out_of_this_process(nnlab_home: Path):
    script = (
        "import sys; from streamlit.testing.v1 import AppTest;"
        "from nnlab.work.engine import Engine;"
        "Engine.start = lambda self, after=0.0: self;"
        "at = AppTest.from_file(sys.argv[1], default_timeout=30).switch_page('pages/1_Data.py');"
        "at.session_state['nnlab_visitor'] = '0' * 32;"
        "at.run(); at.button(key='use-digits').click().run();"
        "assert at.header and not at.exception;"
        "assert not {'tensorflow', 'keras'} & set(sys.modules)"
    )
    app = str(Path(__file__).resolve().parents[2] / "app.py")
    done = subprocess.run(
        [sys.executable, "-c", script, app],
        capture_output=True, text=True, check=False, timeout=60,
        cwd=Path(app).parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
