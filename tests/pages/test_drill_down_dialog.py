"""One test image in its dialog: over time, its pixels, similar images; and who may ask for them."""

import json
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nnlab import settings
from nnlab.datasets import load_splits
from nnlab.experiment import Experiment, with_settings
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.moments import Moment, Moments
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.ui.resources import engine, rooms, shares
from nnlab.work.attributing import Attribution
from nnlab.work.engine import Engine
from nnlab.work.reading import Nearest, Readings
from nnlab.work.short_tasks import WorkersNotReady

PAGE = "pages/3_Evaluate.py"
OWNER, STRANGER, TEACHER = "0" * 32, "b" * 32, "f" * 32
DIGITS = with_settings(Experiment(), {"dataset.name": "digits", "name": "Small"})
STEPS_PER_EPOCH = 32
STEPS = (0, 1, 4, 32, 64)
RECORDED, NOT_RECORDED = 4, 5
OpenPage = Callable[..., AppTest]


def said(answer: int) -> np.ndarray:
    """Probabilities of one image: 82 % for the answer."""
    row = np.full(10, 0.02, np.float32)
    row[answer] = 0.82
    return row


@pytest.fixture
def run_id(nnlab_home) -> str:
    """A finished run of two epochs, with moments of every other test image's answers."""
    store = RunStore(settings.database_url())
    run_id = store.create(DIGITS, OWNER, "test")
    store.move(run_id, RunState.RUNNING, steps_per_epoch=STEPS_PER_EPOCH)
    y = load_splits(DIGITS.dataset).y_test
    assert y[RECORDED] == 7
    figures = {"test_loss": 0.25, "test_accuracy": 0.98}
    store.move(run_id, RunState.FINISHED, epoch=2, step=STEPS[-1], **figures)
    indices = np.arange(0, len(y), 2, dtype=np.int32)
    # The seven is taken for 1, 7, 1, and at the end for a seven.
    for step, answer in zip(STEPS, (1, 7, 1, 7, 7), strict=True):
        rows = np.tile(said(answer), (len(indices), 1)).astype(np.float16)
        Moments(run_id).write(
            Moment(step, step / STEPS_PER_EPOCH, rows, indices, y[indices].astype(np.int16), ())
        )
    final = np.stack([said(label) for label in y])
    RunFiles(run_id).write_final({}, Result(final, y), {})
    return run_id


class Workers:
    """Answers at once and notes what was asked."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.asked: list[Any] = []
        self.error: Exception | None = None
        self.nearest: Nearest | None = None

    def over_time(self, run_id: str, image: np.ndarray, steps: tuple[int, ...], owner: str) -> Any:
        self.note(run_id, owner, image, steps)
        return np.stack([said(3 if step < 4 else 9) for step in steps])

    def attribute(
        self, run_id: str, image: np.ndarray, target: int, owner: str, step: int | None = None
    ) -> Attribution:
        self.note(run_id, owner, image, (target, step))
        values = np.linspace(-1, 1, 64, dtype=np.float32).reshape(8, 8)
        return Attribution(target, values, 4.5, -0.5, 64, -values, 0.82, 1)

    def read(self, run_id: str, images: np.ndarray, owner: str) -> Readings:
        self.note(run_id, owner, images[0], None)
        return Readings(said(7)[np.newaxis], nearest=self.nearest)

    def note(self, run_id: str, owner: str, image: np.ndarray, more: Any) -> None:
        assert owner == OWNER
        self.runs.append(run_id)
        self.asked.append(SimpleNamespace(image=image, more=more))
        if self.error:
            raise self.error


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Workers:
    workers = Workers()
    monkeypatch.setattr(Engine, "image_over_time", lambda _, *asked: workers.over_time(*asked))
    monkeypatch.setattr(Engine, "attribute", lambda _, *asked: workers.attribute(*asked))
    monkeypatch.setattr(Engine, "read", lambda _, *asked: workers.read(*asked))
    return workers


def dialog_page() -> None:
    """What the dialog has in it, on a page of its own: an AppTest draws whole pages only."""
    import streamlit as st

    from nnlab.ui.evaluate.answers import answers_of
    from nnlab.ui.evaluate.behind import Behind
    from nnlab.ui.evaluate.closer import Closer
    from nnlab.ui.evaluate.closeup import _body
    from nnlab.ui.evaluate.images import images_of
    from nnlab.ui.resources import engine
    from nnlab.ui.sent_figures import send_whole_figures

    send_whole_figures()
    if "shown" not in st.session_state:
        run = engine().store.get(st.session_state["run"])
        answers = answers_of(run)
        assert answers is not None
        owner, step = st.session_state["owner"], st.session_state["step"]
        behind = Behind(lambda: engine().store.get(run.id), owner, step)
        images, index = images_of(run, answers), st.session_state["index"]
        st.session_state["shown"] = Closer.of(index, answers, images, behind)
    _body(st.session_state["shown"])


@pytest.fixture
def dialog(idle_engine: None, run_id: str, workers: Workers) -> Callable[..., AppTest]:
    """Opens the dialog at a tab."""

    def open_it(
        tab: str, index: int = RECORDED, owner: str | None = OWNER, step: int | None = None
    ) -> AppTest:
        at = AppTest.from_function(dialog_page, default_timeout=30)
        given = {"run": run_id, "index": index, "owner": owner, "step": step}
        for name, value in {**given, f"closeup-{index}-tabs": tab}.items():
            at.session_state[name] = value
        at.run()
        assert not at.exception, at.exception
        return at

    return open_it


def words(at: AppTest) -> str:
    return "\n".join(element.value for kind in (at.markdown, at.caption) for element in kind)


def charts(at: AppTest) -> list[dict[str, Any]]:
    return [
        json.loads(element.proto.json)
        for element in at.get("bidi_component")
        if element.proto.component_name == "nnlab_live_chart"
    ]


def line(at: AppTest, name: str) -> list[float | None]:
    (chart,) = charts(at)
    return next(trace["y"] for trace in chart["figure"]["data"] if trace["name"] == name)


# --- over time --------------------------------------------------------------------------------


def test_a_recorded_image_needs_no_worker(dialog, workers: Workers):
    workers.error = WorkersNotReady("The workers are still warming up.")
    at = dialog("Over time")
    assert (
        "**First recognised after 1/32 of epoch 1**, for good since the end of epoch 1."
        in words(at)
    )
    assert line(at, "7 (true)") == pytest.approx([0.02, 0.82, 0.02, 0.82, 0.82], abs=1e-3)
    assert charts(at)[0]["figure"]["layout"]["xaxis"]["ticktext"] == [
        "0",
        "1/32",
        "1/8",
        "1",
        "end",
    ]
    assert workers.asked == []


def test_the_table_has_every_moment(dialog):
    (table,) = (element.value for element in dialog("Over time").dataframe)
    assert table["Moment"].tolist() == [
        "start", "1/32 of epoch 1", "1/8 of epoch 1", "after epoch 1", "the end",
    ]  # fmt: skip
    assert table["Answer"].tolist() == ["1", "7", "1", "7", "7"]


def test_a_worker_is_asked_for_an_image_that_was_not_recorded(
    dialog, workers: Workers, run_id: str
):
    at = dialog("Over time", NOT_RECORDED)
    (asked,) = workers.asked
    assert workers.runs == [run_id]
    assert asked.more == STEPS[:-1]  # the answers at the end are known
    x_test = load_splits(DIGITS.dataset).x_test
    np.testing.assert_array_equal(asked.image, (x_test[NOT_RECORDED] / 16).astype(np.float32))
    assert line(at, "3 (true)") == pytest.approx([0.82, 0.82, 0.02, 0.02, 0.82], abs=1e-3)
    assert "**First recognised before any training**, by chance, for good since the end." in words(
        at
    )
    at.run()
    assert len(workers.asked) == 1  # nothing is asked twice


def test_while_no_worker_is_ready_one_can_ask_again(dialog, workers: Workers):
    workers.error = WorkersNotReady("The workers are still warming up.")
    at = dialog("Over time", NOT_RECORDED)
    assert "still warming up" in words(at)
    assert charts(at) == []
    workers.error = None
    at.button(key=f"closeup-{NOT_RECORDED}-again").click().run()
    assert len(charts(at)) == 1


def test_a_worker_that_fails_leaves_the_dialog_standing(dialog, workers: Workers):
    workers.error = OSError("disk")
    at = dialog("Over time", NOT_RECORDED)
    assert "could not answer (OSError)" in words(at)


def test_who_may_look_and_not_ask_is_told_so(dialog, workers: Workers):
    assert len(charts(dialog("Over time", owner=None))) == 1
    at = dialog("Over time", NOT_RECORDED, owner=None)
    assert "this is not one of them" in words(at)
    assert [tab.label for tab in at.tabs] == ["Answer", "Over time"]
    assert workers.asked == []


def test_a_run_without_moments_says_what_to_do(open_page: OpenPage, run_id: str):
    for path in Moments(run_id).folder.glob("*.npz"):
        path.unlink()
    at = open_page(PAGE, OWNER)
    at.session_state[f"closeup-{RECORDED}-tabs"] = "Over time"
    open_by_number(at, RECORDED)
    assert "Train it again" in at.info[0].value


def test_pixels_of_a_run_without_moments_have_no_choice_of_moment(
    dialog, run_id: str, workers: Workers
):
    for path in Moments(run_id).folder.glob("*.npz"):
        path.unlink()
    assert len(dialog("Its pixels").select_slider) == 0
    assert [asked.more for asked in workers.asked] == [(7, None)]


# --- its pixels -------------------------------------------------------------------------------


def test_pixels_for_the_answer_at_the_end(dialog, workers: Workers):
    at = dialog("Its pixels")
    assert [asked.more for asked in workers.asked] == [(7, None)]
    assert "At the end the network gives **7** a probability of 82.0 %." in words(at)
    assert "Integrated gradients (Sundararajan" in words(at)
    assert charts(at)[0]["figure"]["data"][0]["z"][0][0] == -1


def test_another_method_another_class_and_another_moment(dialog, workers: Workers):
    at = dialog("Its pixels")
    at.button_group(key=f"closeup-{RECORDED}-method").set_value("Occlusion").run()
    assert "Occlusion (Zeiler" in words(at)
    assert len(workers.asked) == 1  # both came with the first answer
    at.selectbox(key=f"closeup-{RECORDED}-target").set_value(1).run()
    at.select_slider(key=f"closeup-{RECORDED}-moment-0").set_value(2).run()
    assert [asked.more for asked in workers.asked] == [(7, None), (1, None), (1, 4)]
    assert "After 1/8 of epoch 1 the network gives **1** a probability" in words(at)
    at.select_slider(key=f"closeup-{RECORDED}-moment-0").set_value(4).run()
    assert len(workers.asked) == 3  # known already


def test_the_classes_say_which_is_true_and_which_the_answer(dialog):
    options = dialog("Its pixels").selectbox(key=f"closeup-{RECORDED}-target").options
    assert options[6:9] == ["6", "7 (true, its answer)", "8"]


def test_the_dialog_begins_at_the_moment_of_the_page(dialog, workers: Workers):
    at = dialog("Its pixels", step=4)
    assert [asked.more for asked in workers.asked] == [(7, 4)]
    assert at.select_slider[0].value == 2


def test_a_click_in_the_chart_chooses_the_moment(dialog, workers: Workers):
    from nnlab.runs.timeline import Timeline
    from nnlab.ui.evaluate.moments import look_at_place

    at = dialog("Over time")
    shown = at.session_state["shown"]
    look_at_place(shown, Timeline(shown.behind.permitted()).places[1])  # what a click does
    at.run()
    assert charts(at)[0]["figure"]["layout"]["shapes"][0]["x0"] == 1
    at.session_state[f"closeup-{RECORDED}-tabs"] = "Its pixels"
    at.run()
    assert workers.asked[-1].more == (7, 1)
    assert at.select_slider[0].value == 1


def test_weights_that_were_not_kept_are_told(dialog, workers: Workers, run_id: str):
    from nnlab.runs.run import RunNotFound

    workers.error = RunNotFound(run_id)
    assert "weights at this moment were not kept" in words(dialog("Its pixels", step=4))


# --- similar images ---------------------------------------------------------------------------


def test_similar_images_come_when_they_are_compared(dialog, workers: Workers):
    at = dialog("Similar images")
    assert "are being compared" in words(at)
    images = np.zeros((1, 2, 8, 8), np.uint8)
    workers.nearest = Nearest(
        np.array([[3, 5]]), np.array([[7, 1]]), np.array([[0.1, 0.2]], np.float32), images
    )
    at.button(key=f"closeup-{RECORDED}-again").click().run()
    assert "The 2 nearest training images: 1 × 7, 1 × 1" in words(at)


# --- on the page, and who may look ------------------------------------------------------------


def open_by_number(at: AppTest, number: int) -> None:
    (look,) = at.session_state["nnlab_evaluate_look"].values()
    at.number_input(key=look.key(f"number-{look.typed}")).set_value(number).run()
    assert not at.exception, at.exception


def labels(at: AppTest) -> list[str]:
    return [tab.label for tab in at.tabs]


def test_the_page_opens_it_with_all_its_tabs(open_page: OpenPage, run_id: str, workers: Workers):
    at = open_page(PAGE, OWNER)
    open_by_number(at, RECORDED)
    assert labels(at) == ["Answer", "Over time", "Its pixels", "Similar images"]
    at.session_state[f"closeup-{RECORDED}-tabs"] = "Its pixels"
    open_by_number(at, RECORDED)
    assert [asked.more for asked in workers.asked] == [(7, None)]


def test_by_a_link_no_worker_is_asked(open_page: OpenPage, run_id: str, workers: Workers):
    open_page(PAGE, OWNER)
    token = shares().share(run_id, OWNER)
    at = open_page(PAGE, STRANGER, shared=token)
    at.session_state[f"closeup-{NOT_RECORDED}-tabs"] = "Its pixels"  # sent by hand
    open_by_number(at, NOT_RECORDED)
    assert labels(at) == ["Answer", "Over time"]
    assert workers.asked == []


def test_in_a_room_mates_run_one_can_look_and_not_ask(
    open_page: OpenPage, run_id: str, workers: Workers, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("nnlab.rooms.wall.FRESH_SECONDS", 0.0)
    open_page(PAGE, OWNER)
    code = rooms().create(TEACHER)
    for visitor, nickname in ((OWNER, "Ada"), (STRANGER, "Ben")):
        rooms().join(code, visitor, nickname)
    assert rooms().record(run_id, OWNER, DIGITS)
    key = rooms().wall(code, STRANGER)[1][0].key
    at = open_page("pages/7_Class.py", STRANGER, wall=key)
    (look,) = at.session_state["nnlab_evaluate_look"].values()
    look.cells.choose(7, 7)  # what a click on the cell does
    at.run()
    assert "**7 recognised**" in words(at)
    look.opened = RECORDED  # what a click on an image does
    at.session_state[f"closeup-{RECORDED}-tabs"] = "Over time"
    at.run()
    assert labels(at) == ["Answer", "Over time"]
    assert "**First recognised after 1/32 of epoch 1**" in words(at)
    assert workers.asked == []
    assert not re.search(f"{run_id}|{OWNER}", repr(at.main))


def test_who_may_look_is_asked_at_each_drawing(open_page: OpenPage, run_id: str):
    from nnlab.runs.run import RunNotFound
    from nnlab.ui.evaluate.behind import Behind

    open_page(PAGE, OWNER)
    run = engine().store.get(run_id)
    assert Behind.own(run, OWNER).permitted().id == run_id
    with pytest.raises(RunNotFound):
        Behind.own(run, STRANGER).permitted()
    token = shares().share(run_id, OWNER)
    by_link = Behind.shared(token)
    assert (by_link.permitted().id, by_link.owner) == (run_id, None)
    shares().withdraw(run_id, OWNER)
    with pytest.raises(RunNotFound):
        by_link.permitted()


def test_a_dialog_that_may_not_be_looked_at_any_more_shows_nothing(dialog, run_id: str):
    at = dialog("Over time")
    assert charts(at)
    engine().store.delete(run_id, OWNER)
    at.run()
    assert re.search("no run", at.error[0].value)
    assert charts(at) == []
    assert not at.tabs


def test_workers_ask_whose_the_run_is(open_page: OpenPage, run_id: str):
    from nnlab.runs.run import RunNotFound

    open_page(PAGE, OWNER)
    image = np.zeros((8, 8), np.float32)
    with pytest.raises(RunNotFound):
        engine().image_over_time(run_id, image, (0, 1), STRANGER)
    with pytest.raises(RunNotFound):
        engine().attribute(run_id, image, 0, STRANGER, 4)
    with pytest.raises(WorkersNotReady):
        engine().image_over_time(run_id, image, (0, 1), OWNER)


def test_the_answer_says_when_it_was_given(dialog):
    assert "What the network answers after 1/8 of epoch 1." in words(dialog("Answer", step=4))
    assert "What the network answers" not in words(dialog("Answer"))
