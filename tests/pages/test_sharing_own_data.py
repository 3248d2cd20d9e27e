"""A shared run on its owner's own data: others look at it and take it away without these data."""

import zipfile
from collections.abc import Callable

import numpy as np
import pytest
from ended_run import ended_run
from streamlit.testing.v1 import AppTest
from upload_files import shapes

from nnlab import settings
from nnlab.datasets import own_images
from nnlab.datasets.own import OwnSet
from nnlab.datasets.own_images import OwnImageSet
from nnlab.experiment import OWN_IMAGES, OWN_POINTS, Dataset, Dense, Drawn, Experiment
from nnlab.export.kept import zip_path
from nnlab.export.private import private_files
from nnlab.runs.own_data import OwnData
from nnlab.runs.store import RunStore
from nnlab.ui.resources import rooms, shares

TRAIN, EVALUATE, CLASS = "pages/2_Train.py", "pages/3_Evaluate.py", "pages/7_Class.py"
OWNER, STRANGER = "a" * 32, "b" * 32
OpenPage = Callable[..., AppTest]
TEXTS = {"Keras script", "Notebook", "Settings", "Epochs as CSV", "Curve as CSV"}
IMAGE_FILES = {"Report", "own_images.npz", "Everything as zip"}


@pytest.fixture
def on_images(idle_engine: None) -> str:
    """A finished run on own images whose zip is made, with some wrong answers."""
    own = OwnImageSet(shapes(60, 28), np.arange(60) % 3, ("Ada", "Bo", "Cy"))
    dataset = Dataset(name=OWN_IMAGES, own_images=kept(own).images)
    run_id = ended(Experiment(dataset=dataset), 3)
    with zipfile.ZipFile(zip_path(run_id), "w") as archive:
        for name in ("script.py", "model.keras", "report.html", "own_images.npz"):
            archive.writestr(name, b"x")
    return run_id


def kept(own: OwnSet | OwnImageSet):
    return OwnData(RunStore(settings.database_url()).engine).add(OWNER, own, "Mine")


def ended(experiment: Experiment, classes: int) -> str:
    answers = np.eye(classes, dtype=np.float32)
    return ended_run(experiment, OWNER, lambda y: answers[np.where(y == 1, 0, y)])


def shared_page(open_page: OpenPage, run_id: str) -> AppTest:
    at = open_page(EVALUATE, STRANGER, shared=shares().share(run_id, OWNER))
    at.session_state["shared-take-panel"] = True
    at.run()
    assert not at.exception, at.exception
    return at


def captions(at: AppTest) -> str:
    return "\n".join(
        element.value for kind in (at.caption, at.info, at.markdown) for element in kind
    )


def offered(at: AppTest) -> set[str]:
    return {button.label for button in at.download_button}


def test_own_images_are_not_even_read_for_a_stranger(
    on_images: str, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(own_images, "read_own_images", None)
    at = shared_page(open_page, on_images)
    assert "its owner's own and are not shown" in captions(at)
    assert "Image by image" not in {header.value for header in at.header}
    assert "What is taken for what" in {header.value for header in at.header}


def test_a_stranger_takes_away_all_but_the_images(on_images: str, open_page: OpenPage):
    at = shared_page(open_page, on_images)
    assert offered(at) == TEXTS | {"Keras model"}
    assert "the files that hold them are left out" in captions(at)
    zip_path(on_images).unlink()
    at.run()
    assert at.button(key="shared-take-make").label == "Make the model file"


def test_the_owner_takes_away_everything(on_images: str, open_page: OpenPage):
    at = open_page(EVALUATE, OWNER)
    at.session_state["evaluate-take-panel"] = True
    at.run()
    assert not at.exception
    assert TEXTS | IMAGE_FILES | {"Keras model"} <= offered(at)
    assert "Image by image" in {header.value for header in at.header}


def test_nobody_in_the_room_sees_the_images(
    on_images: str, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
):
    code = rooms().create(STRANGER)
    rooms().join(code, OWNER, "Ada")
    run = RunStore(settings.database_url()).get(on_images)
    assert rooms().record(on_images, OWNER, run.experiment)
    monkeypatch.setattr(own_images, "read_own_images", None)
    at = open_page(CLASS, STRANGER, wall=rooms().wall(code, STRANGER)[1][0].key)
    assert "What is taken for what" in {header.value for header in at.header}
    assert "its owner's own and are not shown" in captions(at)


@pytest.mark.parametrize(
    ("page", "button"), [(TRAIN, "train-run-share"), (EVALUATE, "evaluate-share")]
)
def test_the_owner_is_told_beside_the_button(
    page: str, button: str, on_images: str, open_page: OpenPage
):
    at = open_page(page, OWNER, **({"run": on_images} if page == TRAIN else {}))
    if page == TRAIN:
        at.session_state["train-tabs"] = "Share"
        at.run()
    said = "own images are not shown to others, who cannot download them. The names of your classes"
    assert said in captions(at)
    at.button(key=button).click().run()
    assert said in captions(at)


def test_own_points_stay_out_of_a_strangers_script(idle_engine: None, open_page: OpenPage):
    points = np.random.default_rng(1).normal(0, 1, (40, 2))
    own = kept(OwnSet(points, np.arange(40) % 2, ("a", "b"))).points
    layers = (Dense(units=3),)
    run_id = ended(Experiment(dataset=Dataset(name=OWN_POINTS, own=own), layers=layers), 2)
    at = shared_page(open_page, run_id)
    assert offered(at) == TEXTS - {"Keras script", "Notebook"}


def test_the_drawings_of_a_fine_tuned_run_are_private_and_others_data_are_not():
    drawn = Drawn(id="0" * 64, count=3, repeat=2)
    assert private_files(Experiment(dataset=Dataset(drawings=drawn))) == {"drawings.npz"}
    assert private_files(Experiment()) == frozenset()
