"""Own images on the pages: uploaded, looked at, kept, and private to who uploaded them."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from upload_files import folders, shapes, zipped

from nnlab import settings
from nnlab.check import check
from nnlab.datasets import DatasetUnavailable
from nnlab.datasets.own_images import OwnImageSet
from nnlab.experiment import OWN_IMAGES, Dataset, Experiment
from nnlab.links import link_parameters
from nnlab.runs.own_data import IMAGES, KeptSet, OwnData
from nnlab.runs.store import RunStore
from nnlab.ui.own import uploading_images
from nnlab.work.engine import Engine
from nnlab.work.lineage import check_lineage

DATA, TRAIN = "pages/1_Data.py", "pages/2_Train.py"
VISITOR, STRANGER = "0" * 32, "1" * 32
OpenPage = Callable[..., AppTest]


def experiment(at: AppTest) -> Experiment:
    return at.session_state["nnlab_state"].experiment


def said(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.error, at.warning, at.info, at.header)
    return "\n".join(element.value for elements in kinds for element in elements)


@pytest.fixture
def kept(idle_engine: None) -> KeptSet:
    own = OwnImageSet(shapes(60, 28), np.arange(60) % 3, ("a", "b", "c"))
    data = OwnData(RunStore(settings.database_url()).engine)
    return data.add(VISITOR, own, "Leaves")


def of(kept: KeptSet) -> Experiment:
    return Experiment(dataset=Dataset(name=OWN_IMAGES, own_images=kept.images))


def upload(at: AppTest, name: str, content: bytes) -> None:
    at.file_uploader(key="own-images-upload").set_value((name, content, "application/zip")).run()
    assert not at.exception, at.exception


def test_a_zip_becomes_the_data_set(open_page: OpenPage):
    at = open_page(DATA)
    at.button(key="use-own_images").click().run()
    assert not at.exception
    assert "2 to 50 classes" in said(at)
    upload(at, "my <b>pets.zip", zipped(folders(("cats", "<i>dogs"), each=20, side=28)))
    assert "**40 images** in 2 classes: 20 of cats, 20 of ‹i›dogs" in said(at)
    at.button(key="own-images-use").click().run()
    assert not at.exception
    own = experiment(at).dataset.own_images
    assert own is not None
    assert (own.count, own.side, own.classes) == (40, 28, ("cats", "‹i›dogs"))
    assert "These images are in use" in said(at)
    assert not any(button.key == "own-images-use" for button in at.button)
    assert "Look at the images" in said(at)
    assert "Divide the images" in said(at)
    check(experiment(at))
    at.button(key="use-mnist_5k").click().run()
    assert not at.exception
    assert experiment(at).dataset == Dataset(name="mnist_5k")
    at.button(key="use-own_images").click().run()  # the newest is taken up again
    assert experiment(at).dataset.own_images == own


def test_another_size_and_swapped_light_are_shown_and_used(open_page: OpenPage):
    at = open_page(DATA)
    at.button(key="use-own_images").click().run()
    upload(at, "pets.zip", zipped(folders(each=6, side=28)))
    at.selectbox(key="own-images-side").set_value(16).run()
    at.toggle(key="own-images-invert").set_value(True).run()
    at.button(key="own-images-use").click().run()
    assert not at.exception
    dataset = experiment(at).dataset
    assert dataset.own_images is not None
    assert dataset.own_images.side == 16
    assert dataset.validation_size == 0.25  # a tenth would leave it without some class
    check(experiment(at))


def test_what_is_refused_says_why_and_loses_nothing(open_page: OpenPage):
    at = open_page(DATA)
    before = experiment(at)
    at.button(key="use-own_images").click().run()
    upload(at, "evil.zip", zipped([*folders(), ("../evil.png", b"x")]))
    assert "names a file outside of itself" in said(at)
    assert not any(button.key == "own-images-use" for button in at.button)
    upload(at, "evil.pkl", b"\x80\x05cos\nsystem\n.")
    assert "never opened" in said(at)
    at.button(key="use-" + before.dataset.name).click().run()
    assert experiment(at) == before


def test_two_gigabytes_are_refused_without_a_look(monkeypatch: pytest.MonkeyPatch):
    def read() -> bytes:
        raise AssertionError("it was read")

    place = SimpleNamespace(progress=lambda *_, **__: None, empty=lambda: None)
    monkeypatch.setattr(uploading_images.st, "empty", lambda: place)
    file: Any = SimpleNamespace(file_id="x", size=2**31, getvalue=read)
    found = uploading_images._read(file, uploading_images.Preparation())
    assert found == "The file has 2,147 MB; at most 30 MB are read."


def test_room_is_limited_and_told(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NNLAB_OWN_IMAGES_MB", "0")
    at = open_page(DATA)
    at.button(key="use-own_images").click().run()
    upload(at, "pets.zip", zipped(folders(each=6, side=28)))
    at.button(key="own-images-use").click().run()
    assert not at.exception
    assert "There is room for 0 MB of your own images" in said(at)
    assert experiment(at).dataset.own_images is None


def test_kept_sets_are_used_renamed_and_deleted(kept: KeptSet, open_page: OpenPage):
    at = open_page(DATA)
    at.session_state["own-image-tabs"] = "Kept sets"
    at.button(key="use-own_images").click().run()
    assert experiment(at).dataset.own_images == kept.images
    at.text_input(key=f"own-title-{kept.id}").set_value("Herbs").run()
    assert "**Herbs**" in said(at)
    assert "60 images, 28×28; a, b, c" in said(at)
    file = settings.own_data_dir() / f"{kept.images.id}.npz"
    assert file.exists()
    at.button(key=f"own-delete-{kept.id}").click().run()
    assert not at.exception
    assert "somebody's own images" in said(at)
    assert not file.exists()


@pytest.mark.parametrize("page", [DATA, TRAIN])
def test_a_stranger_with_the_link_sees_and_trains_nothing(
    page: str, kept: KeptSet, open_page: OpenPage
):
    at = open_page(page, STRANGER, **link_parameters(of(kept)))
    assert not at.exception
    assert experiment(at).dataset.own_images == kept.images
    assert "somebody's own images" in said(at)
    assert not any("data:image/png" in str(element.proto) for element in at.get("html"))
    if page == TRAIN:
        assert at.button(key="train").disabled
    with pytest.raises(DatasetUnavailable, match="private"):
        Engine().train(of(kept), STRANGER)
    check_lineage(of(kept), VISITOR, RunStore(settings.database_url()))


def test_a_set_goes_with_its_last_run(kept: KeptSet):
    store = RunStore(settings.database_url())
    engine = Engine()
    run = store.create(of(kept), VISITOR, "test")
    OwnData(store.engine).delete(VISITOR, kept.id)
    file = settings.own_data_dir() / f"{kept.images.id}.npz"
    assert file.exists()
    assert OwnData(store.engine).of(VISITOR, IMAGES) == []
    store.move(run, "stopped")
    engine.delete(run, VISITOR)
    assert not file.exists()


def test_train_shows_the_network_and_its_script(kept: KeptSet, open_page: OpenPage):
    at = open_page(TRAIN, VISITOR, **link_parameters(of(kept)))
    assert not at.exception
    assert not at.button(key="train").disabled
    at.session_state["train-tabs"] = "Keras script"
    at.run()
    code = "\n".join(element.value for element in at.code)
    assert 'np.load("own_images.npz")' in code
