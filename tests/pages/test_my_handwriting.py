"""The panels of one's own handwriting, with networks that answer at once."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from page_elements import components
from sqlalchemy.exc import OperationalError
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from nnlab.experiment import Experiment, with_settings
from nnlab.handwriting.exchange import write_drawings
from nnlab.runs.drawings import Drawing, Drawings
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.states import RunState
from nnlab.ui.resources import engine
from nnlab.work.engine import Engine
from nnlab.work.short_tasks import WorkersNotReady

OWNER = "d" * 32
STROKES = json.loads((Path(__file__).parents[1] / "handwriting" / "canvas_pen_22.json").read_text())


def page() -> None:
    """A desk without a canvas, and the panel below."""
    import numpy as np
    import streamlit as st

    from nnlab.drawing import prepare
    from nnlab.ui.draw.handwriting import confirm, my_handwriting
    from nnlab.ui.draw.reading import Reading
    from nnlab.ui.draw.settings import draw_settings
    from nnlab.ui.draw.sheet import Sheet
    from nnlab.ui.resources import engine
    from nnlab.ui.state import State

    if "test_state" not in st.session_state:
        from nnlab.experiment import Experiment

        st.session_state["test_state"] = State("d" * 32, Experiment())
        st.session_state["test_sheet"] = Sheet()
    state, sheet = st.session_state["test_state"], st.session_state["test_sheet"]
    chosen = draw_settings(state).run_id or st.session_state["run_id"]
    run = engine().store.get(chosen, "d" * 32)
    blank = np.zeros((336, 336, 4), np.uint8)
    answer = st.session_state["test_answer"] if not sheet.empty else None
    reading = Reading(run.id, sheet.image, prepare(blank), probabilities=answer)
    confirm(state, run, sheet, reading)
    my_handwriting(state, run)


class Network:
    """Reads every drawing as what it is told, in the order of the sheet; counts questions."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.says: dict[str, Any] = {}
        self.error: Exception | None = None

    def predict(self, run_id: str, images: np.ndarray, owner: str) -> np.ndarray:
        assert owner == OWNER
        assert images.dtype == np.float32
        self.asked.append((run_id, len(images)))
        if self.error:
            raise self.error
        answers = self.says.get(run_id, [7] * len(images))
        return np.eye(10, dtype=np.float32)[answers[: len(images)]]


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    network = Network()
    monkeypatch.setattr(Engine, "predict", lambda _, *asked: network.predict(*asked))
    return network


@pytest.fixture
def at(idle_engine: None, network: Network) -> Iterator[AppTest]:
    """The page of a visitor with one network and an empty sheet."""
    at = AppTest.from_function(page, default_timeout=30)
    at.session_state["run_id"] = finished_run()
    at.session_state["test_answer"] = np.eye(10, dtype=np.float32)[7]
    at.run()
    assert not at.exception
    return at


def finished_run(experiment: Experiment | None = None, accuracy: float = 0.975) -> str:
    run_id = engine().store.create(experiment or Experiment(), OWNER, engine().identity)
    finish(run_id, accuracy)
    return run_id


def finish(run_id: str, accuracy: float = 0.975) -> None:
    engine().store.move(run_id, RunState.RUNNING)
    y_test = np.arange(10)
    result = Result(np.eye(10, dtype=np.float32), y_test)
    RunFiles(run_id).write_final({"model.0": np.zeros(1)}, result, {"test_accuracy": accuracy})
    engine().store.move(run_id, RunState.FINISHED, test_loss=0.1, test_accuracy=accuracy)


def put_on_paper(at: AppTest) -> None:
    sheet = at.session_state["test_sheet"]
    sheet.strokes, sheet.image = STROKES[:1], b"a picture"
    at.run()
    assert not at.exception


def drawing(number: int, label: int = 7) -> Drawing:
    return Drawing(label, 336, (22.0,), (((100.0, 20.0 + number), (200.0, 300.0)),))


def keep(at: AppTest, *labels: int) -> None:
    engine().drawings.add(OWNER, [drawing(i, label) for i, label in enumerate(labels)])
    at.run()
    assert not at.exception


def press(at: AppTest, key: str) -> None:
    at.button(key=key).click().run()
    assert not at.exception, at.exception


def sheet_of(at: AppTest) -> str:
    return components(at, "nnlab_clickable_sheet")[0]["sheet"]


def labels() -> list[int]:
    return [each.drawing.label for each in engine().drawings.of(OWNER)]


def texts(at: AppTest) -> str:
    return "\n".join(element.value for element in [*at.markdown, *at.caption, *at.info])


def asked_beside_the_digits(at: AppTest) -> str:
    return "\n".join(caption.value for caption in at.caption)


def hides_yes(at: AppTest) -> bool:
    """Whether the button stands in what the page's style hides."""
    style = "".join(html.proto.body for html in at.get("html"))
    assert ".st-key-draw-nothing-read {visibility: hidden" in style
    button, around = at.button(key="draw-keep"), blocks(at.main)
    (own,) = [block for block in around if button in block.children.values()]
    return own.proto.id.endswith("draw-nothing-read")


def blocks(block: Block) -> list[Block]:
    inner = [each for each in block.children.values() if isinstance(each, Block)]
    return [block, *(found for each in inner for found in blocks(each))]


def test_an_empty_page_says_what_to_do(at: AppTest, network: Network) -> None:
    assert "Nothing kept yet" in texts(at)
    assert at.button(key="draw-keep").disabled
    assert at.button(key="draw-keep-3").disabled
    assert "Draw, and say which digit it is." in texts(at)
    assert "ress" not in asked_beside_the_digits(at)  # neither digit nor another one
    assert hides_yes(at)
    assert not network.asked


def test_yes_keeps_the_drawing_as_it_was_read_and_clears_the_sheet(at: AppTest) -> None:
    put_on_paper(at)
    assert "Is it a **7**?" in texts(at)
    assert "If it is another, press that digit:" in asked_beside_the_digits(at)
    assert not hides_yes(at)
    press(at, "draw-keep")
    assert labels() == [7]
    sheet = at.session_state["test_sheet"]
    assert sheet.empty
    assert sheet.can_undo
    assert at.toast[0].value == "Kept: 7 (1 so far)"
    assert "drawing of 7" in sheet_of(at)
    assert engine().drafts.get(OWNER, "drawing")["strokes"] == []


def test_another_digit_corrects_the_answer(at: AppTest) -> None:
    put_on_paper(at)
    press(at, "draw-keep-1")
    assert labels() == [1]
    assert at.toast[0].value == "Kept: 1 (1 so far)"
    assert "wrongly read as 7" in sheet_of(at)
    assert at.metric[0].value == "0 of 1"


def test_the_same_drawing_kept_again_is_corrected_not_doubled(at: AppTest) -> None:
    for digit in (1, 2):
        put_on_paper(at)
        press(at, f"draw-keep-{digit}")
    assert labels() == [2]


def test_without_a_meaningful_answer_only_the_digits_can_be_pressed(at: AppTest) -> None:
    at.session_state["test_answer"] = None
    put_on_paper(at)
    assert "Which digit is it?" in texts(at)
    assert "Press it:" in asked_beside_the_digits(at)
    assert "another" not in asked_beside_the_digits(at)  # other than what?
    assert hides_yes(at)
    assert at.button(key="draw-keep").disabled
    press(at, "draw-keep-4")
    assert labels() == [4]


def test_a_full_store_is_told_and_the_drawing_stays(at: AppTest) -> None:
    engine().drawings = Drawings(engine().store.engine, most=1)
    keep(at, 3)
    put_on_paper(at)
    press(at, "draw-keep")
    assert "room for 1 drawings" in at.warning[0].value
    assert not at.session_state["test_sheet"].empty
    assert labels() == [3]


def test_a_database_that_fails_loses_nothing(at: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_paper(at)

    def fail(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    with monkeypatch.context() as patch:
        patch.setattr(Drawings, "add", fail)
        press(at, "draw-keep")
    assert "still on the sheet" in at.warning[0].value
    assert not at.session_state["test_sheet"].empty
    press(at, "draw-keep")
    assert labels() == [7]
    assert not at.warning


def test_accuracy_and_how_sure_one_can_be(at: AppTest, network: Network) -> None:
    network.says[at.session_state["run_id"]] = [7] * 14 + [1] * 6
    keep(at, *[7] * 20)
    assert [metric.value for metric in at.metric[:2]] == ["14 of 20", "97.5 %"]
    assert "14 of 20 is 70 %" in texts(at)
    assert "48 % to 85 %" in texts(at)  # Wilson's interval, as SciPy has it
    mine, official = (matrix["texts"] for matrix in components(at, "nnlab_matrix"))
    assert mine[7][7] == "14"
    assert mine[7][1] == "6"
    assert official[7][7] == "1"


def test_nothing_is_asked_twice(at: AppTest, network: Network) -> None:
    keep(at, 7, 7)
    at.run()
    at.run()
    assert network.asked == [(at.session_state["run_id"], 2)]


def test_drawings_are_shown_while_the_workers_warm_up(at: AppTest, network: Network) -> None:
    network.error = WorkersNotReady("The workers are still warming up.")
    keep(at, 7, 3)
    assert "drawing of 3" in sheet_of(at)
    assert at.metric[0].value == "–"
    assert "warming up" in texts(at)
    network.error = None
    at.run()
    assert at.metric[0].value == "1 of 2"


def test_another_ones_drawings_are_not_shown(at: AppTest) -> None:
    engine().drawings.add("e" * 32, [drawing(1)])
    at.run()
    assert "Nothing kept yet" in texts(at)


def test_clothes_have_no_handwriting(at: AppTest) -> None:
    experiment = with_settings(Experiment(), {"dataset.name": "fashion_mnist"})
    at.session_state["run_id"] = finished_run(experiment)
    at.run()
    assert not at.exception
    assert not at.header
    assert "draw-keep" not in [button.key for button in at.button]


def test_one_is_deleted_and_brought_back(at: AppTest) -> None:
    keep(at, 1, 2, 3)
    second = engine().drawings.of(OWNER)[1]
    at.session_state["nnlab_picked_drawing"] = second.id
    at.run()
    assert "Kept as **2**, read as 7" in texts(at)
    press(at, "handwriting-delete")
    assert labels() == [1, 3]
    assert "1 drawing deleted" in texts(at)
    press(at, "handwriting-restore")
    assert sorted(labels()) == [1, 2, 3]
    assert "deleted" not in texts(at)


def test_all_are_deleted_after_a_question_and_brought_back(at: AppTest) -> None:
    keep(at, 1, 2, 3)
    assert any("Networks that learned from them stay" in m.value for m in at.markdown)
    press(at, "handwriting-delete-all")
    assert labels() == []
    assert "3 drawings deleted" in texts(at)
    press(at, "handwriting-restore")
    assert labels() == [1, 2, 3]


def upload(at: AppTest, data: bytes) -> None:
    at.file_uploader[0].upload("drawings.json", data, "application/json").run()
    assert not at.exception, at.exception


def test_a_file_is_taken_over_and_what_is_known_left_out(at: AppTest) -> None:
    keep(at, 7)
    upload(at, write_drawings([drawing(0), drawing(5, 1), drawing(6, 2), drawing(5, 1)]))
    assert labels() == [7, 1, 2]
    assert at.success[0].value.startswith("2 drawings added. 2 drawings left out")
    upload(at, write_drawings([drawing(5, 1)]))
    assert at.success[0].value.startswith("Nothing new in this file.")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n", b"{}", b"[" * 100_000, b"\xff\xfe"])
def test_a_wrong_file_changes_nothing(at: AppTest, data: bytes) -> None:
    keep(at, 7, 3)
    upload(at, data)
    assert "begins with" in at.error[0].value
    assert labels() == [7, 3]


def test_a_file_for_which_there_is_no_room_changes_nothing(at: AppTest) -> None:
    engine().drawings = Drawings(engine().store.engine, most=3)
    keep(at, 7, 3)
    upload(at, write_drawings([drawing(5), drawing(6)]))
    assert "2 are kept already and 2 would be added" in at.error[0].value
    assert labels() == [7, 3]


def test_too_few_drawings_say_how_many_are_missing(at: AppTest) -> None:
    keep(at, *[7] * 6)
    assert "Keep **4 more drawings** first" in texts(at)
    assert at.button(key="handwriting-tune").disabled


@pytest.fixture
def tuned(at: AppTest, network: Network) -> str:
    """The run that the button queued, for 12 drawings of which the network reads 6."""
    network.says[at.session_state["run_id"]] = [7, 7, 7, 7, 7, 7, 1, 1, 1, 1, 1, 1]
    keep(at, *[7] * 12)
    assert "It learns from **6** of your drawings" in texts(at)
    press(at, "handwriting-tune")
    newest, *_ = engine().store.runs_of(OWNER)
    return newest.id


def test_fine_tuning_learns_one_half_and_shows_the_other(
    at: AppTest, network: Network, tuned: str
) -> None:
    base = at.session_state["run_id"]
    run = engine().store.get(tuned, OWNER)
    assert run.experiment.training.start_from == base
    assert run.experiment.dataset.drawings is not None
    assert run.experiment.dataset.drawings.count == 6
    assert at.button(key="handwriting-tune").disabled  # it is under way
    finish(tuned, accuracy=0.97)
    at.run()
    gain = {metric.label: (metric.value, metric.delta) for metric in at.metric}
    assert gain["Drawings kept back"] == ("3 → 6 of 6", "+3")
    assert gain["Test images"] == ("97.5 % → 97.0 %", "-0.50 points")
    assert "3 became right and 0 became wrong" in texts(at)
    assert not at.button(key="handwriting-tune").disabled


def test_of_the_fine_tuned_network_only_what_it_never_saw_counts(
    at: AppTest, network: Network, tuned: str
) -> None:
    finish(tuned)
    at.run()
    press(at, "handwriting-use")
    assert at.session_state["nnlab_draw_settings"].run_id == tuned
    assert at.metric[0].value == "6 of 6"
    assert "6 more drawings were trained on and do not count" in texts(at)
    assert sheet_of(at).count("<br>trained on") == 6
    press(at, "handwriting-tune")  # goes on from the network before, not from this one
    newest, *_ = engine().store.runs_of(OWNER)
    assert newest.experiment.training.start_from == at.session_state["run_id"]


def test_a_fine_tuning_that_failed_is_told(at: AppTest, tuned: str) -> None:
    engine().store.move(tuned, RunState.FAILED, message="Out of luck.")
    at.run()
    assert any("Out of luck" in warning.value for warning in at.warning)
    assert not at.button(key="handwriting-tune").disabled


def test_the_network_before_may_be_gone(at: AppTest, network: Network, tuned: str) -> None:
    finish(tuned, accuracy=0.97)
    at.run()
    press(at, "handwriting-use")
    engine().delete(at.session_state["run_id"], OWNER)
    at.run()
    assert not at.exception
    gain = {metric.label: metric.value for metric in at.metric}
    assert gain["Drawings kept back"] == "6 of 6"
    assert gain["Test images"] == "97.0 %"
    assert "handwriting-tune" not in [button.key for button in at.button]
