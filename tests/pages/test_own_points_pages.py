"""Own points on the pages: painted, uploaded, kept, and private to who made them."""

from collections.abc import Callable

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nnlab import settings
from nnlab.check import check
from nnlab.datasets import DatasetUnavailable
from nnlab.datasets.own import Axis, OwnSet
from nnlab.experiment import OWN_POINTS, Dataset, Experiment
from nnlab.links import link_parameters
from nnlab.runs.own_data import KeptSet, OwnData
from nnlab.runs.store import RunStore
from nnlab.ui.defaults import first_on
from nnlab.ui.own.painting import Painting
from nnlab.work.engine import Engine
from nnlab.work.lineage import check_lineage

DATA, TRAIN = "pages/1_Data.py", "pages/2_Train.py"
PLAYGROUND = "pages/11_Playground.py"
VISITOR, STRANGER = "0" * 32, "1" * 32
OpenPage = Callable[..., AppTest]


def experiment(at: AppTest) -> Experiment:
    return at.session_state["nnlab_state"].experiment


def said(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.error, at.warning, at.info, at.header)
    return "\n".join(element.value for elements in kinds for element in elements)


@pytest.fixture
def kept(idle_engine: None) -> KeptSet:
    places = np.random.default_rng(0).uniform(-6, 6, (60, 2))
    own = OwnSet(places, np.arange(60) % 3, ("a", "b", "c"), (Axis("width", 9.0, 0.25), Axis("y")))
    data = OwnData(RunStore(settings.database_url()).engine)
    return data.add(VISITOR, own, "Leaves", painted=True)


def of(kept: KeptSet) -> Experiment:
    made = first_on("spiral")
    dataset = Dataset(name=OWN_POINTS, own=kept.points)
    return made.model_copy(update={"dataset": dataset})


def test_painted_points_become_the_data_set(open_page: OpenPage):
    at = open_page(DATA)
    at.button(key="use-own_points").click().run()
    assert not at.exception
    assert "At least 10 points are needed (so far 0)" in said(at)
    assert at.button(key="own-paint-use").disabled
    painting = at.session_state["nnlab_painting"]
    painting.set([(i / 10, -i / 10, i % 2) for i in range(40)])
    at.run()
    at.button(key="own-paint-use").click().run()
    assert not at.exception
    own = experiment(at).dataset.own
    assert own is not None
    assert (own.count, own.smallest, own.classes) == (40, 20, ("A", "B"))
    assert "Look at the points" in said(at)
    check(experiment(at))


def test_what_a_browser_sends_is_checked():
    painting = Painting()
    bad = [
        None,
        3,
        [],
        [1, 2],
        [float("nan"), 0, 0],
        [0, 0, 2],
        [0, 0, -1],
        ["a", 0, 0],
        [0, 0, {}],
    ]
    painting.set([*bad, [99, -1e9, 1], [0.12345, 0, 0]])
    assert painting.points == ((6.0, -6.0, 1), (0.123, 0.0, 0))
    painting.set([[0, 0, 0]] * 6000)
    assert len(painting.points) == 5000


def test_a_table_becomes_the_data_set(open_page: OpenPage):
    at = open_page(DATA)
    at.button(key="use-own_points").click().run()
    at.session_state["own-tabs"] = "Upload a table"
    at.run()
    rows = [f"{i},{i % 7},{'<b>no</b>' if i % 3 else 'yes'}" for i in range(40)]
    at.file_uploader(key="own-upload").set_value(
        ("t.csv", "\n".join(["w,h,k", *rows]).encode(), "text/csv")
    ).run()
    assert not at.exception
    at.button(key="own-upload-use").click().run()
    assert not at.exception
    own = experiment(at).dataset.own
    assert own is not None
    assert own.classes == ("‹b›no‹/b›", "yes")
    at.file_uploader(key="own-upload").set_value(("t.png", b"\x89PNG\0", "image/png")).run()
    assert "UTF-8" in said(at)


def test_kept_sets_are_used_renamed_and_deleted(kept: KeptSet, open_page: OpenPage):
    at = open_page(DATA)
    at.session_state["own-tabs"] = "Kept sets"
    at.button(key="use-own_points").click().run()
    assert experiment(at).dataset.own == kept.points  # the newest is taken up
    at.text_input(key=f"own-title-{kept.id}").set_value("Herbs").run()
    assert "Herbs" in said(at)
    at.button(key=f"own-paint-{kept.id}").click().run()
    assert not at.exception
    assert len(at.session_state["nnlab_painting"].points) == 60
    at.session_state["own-tabs"] = "Kept sets"
    at.run()
    at.button(key=f"own-delete-{kept.id}").click().run()
    assert not at.exception
    assert "somebody's own points" in said(at)


def test_the_axes_have_the_columns_own_numbers(kept: KeptSet, open_page: OpenPage):
    at = open_page(DATA)
    at.button(key="use-own_points").click().run()
    charts = [e.proto.json for e in at.get("bidi_component")
              if e.proto.component_name == "nnlab_live_chart"]  # fmt: skip
    chart = next(text for text in charts if "60 points" in text)
    assert '"width"' in chart
    assert '"ticktext": ["7.5", "8", "8.5"' in chart


@pytest.mark.parametrize("page", [DATA, TRAIN])
def test_a_stranger_with_the_link_is_told(page: str, kept: KeptSet, open_page: OpenPage):
    at = open_page(page, STRANGER, **link_parameters(of(kept)))
    assert not at.exception
    assert experiment(at) == of(kept)
    assert "do not travel in a link" in said(at)
    shown = "\n".join(str(element.proto) for element in at.get("bidi_component"))
    assert "60 points" not in shown
    assert not any("np.array" in code.value for code in at.code)
    if page == TRAIN:
        assert at.button(key="train").disabled


def test_the_engine_trains_for_the_owner_only(kept: KeptSet):
    store = RunStore(settings.database_url())
    check_lineage(of(kept), VISITOR, store)
    with pytest.raises(DatasetUnavailable, match="private"):
        Engine(1).train(of(kept), STRANGER)


def test_a_formula_is_one_more_input(open_page: OpenPage):
    at = open_page(DATA)
    at.button(key="use-xor").click().run()
    at.text_input(key="formula-0").set_value("y*x^2").run()
    assert not at.exception
    assert experiment(at).dataset.points.features == ("x", "y", "x**2*y")
    assert check(experiment(at)).input_shape == (3,)
    at.text_input(key="formula-1").set_value("__import__('os')").run()
    assert "character 12" in said(at)
    assert experiment(at).dataset.points.features == ("x", "y", "x**2*y")
    at.slider(key="exp-1-xor-noise").set_value(0.3).run()
    assert experiment(at).dataset.points.features == ("x", "y", "x**2*y")
    at.get("button_group")[0].set_value(["x", "y"]).run()
    assert experiment(at).dataset.points.features == ("x", "y")


def test_the_playground_takes_points_that_came_after_it_was_asked_for_them(
    open_page: OpenPage, kept: KeptSet
):
    at = open_page(PLAYGROUND)
    form = at.session_state["nnlab_playground"].form
    form.edit("dataset", {"name": OWN_POINTS})
    assert form.experiment.dataset.own is None
    at.run()
    assert not at.exception
    assert form.experiment.dataset.own == kept.points
    assert "dataset.own" not in said(at)
