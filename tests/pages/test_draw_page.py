"""The Draw page with a canvas that is drawn on by the test, and networks that answer at once."""

import time
from typing import Any

import numpy as np
import pytest
from drawing_by_hand import (
    FOOT,
    ONE,
    PAGE,
    VISITOR,
    Canvas,
    Line,
    Network,
    OpenPage,
    bars,
    card,
    choose,
    components,
    finish,
    finished_run,
    press,
)
from streamlit.testing.v1 import AppTest

from nnlab.experiment import Experiment
from nnlab.runs.run import HOUSE, RunNotFound
from nnlab.runs.states import RunState
from nnlab.ui.draw import reading as reading_module
from nnlab.ui.draw.sheet import SIDE
from nnlab.ui.resources import engine
from nnlab.work.cluster import ClusterStatus
from nnlab.work.engine import Engine
from nnlab.work.ready_made import ready_made_id
from nnlab.work.short_tasks import WorkersNotReady


def test_the_real_canvas_comes_up(open_page: OpenPage, network: Network) -> None:
    finished_run()
    at = open_page(PAGE, VISITOR)
    names = [element.proto.component_name for element in at.get("bidi_component")]
    assert any("drawable_canvas" in name for name in names)


def test_without_a_network_one_click_trains_one_and_leads_here(
    open_page: OpenPage, canvas: Canvas, network: Network
) -> None:
    at = open_page(PAGE, VISITOR)
    assert "No network" in at.subheader[0].value
    next(b for b in at.button if "beginner" in b.label).click().run()
    assert not at.exception
    (run,) = engine().store.runs_of(VISITOR)
    assert run.experiment.dataset.name == "mnist_5k"  # MNIST is not on this computer
    assert run.experiment.layers[1].units == 128
    assert any("still learning" in info.value for info in at.info)
    finish(run.id)
    at.run()
    assert card(at)["label"] == "Draw a digit"


@pytest.mark.parametrize("state", [RunState.FAILED, RunState.DIVERGED])
def test_a_run_that_came_to_nothing_is_told_and_another_way_offered(
    open_page: OpenPage, canvas: Canvas, network: Network, state: RunState
) -> None:
    run_id = engine().store.create(Experiment(), VISITOR, engine().identity)
    engine().store.move(run_id, state, message="Out of luck.")
    at = open_page(PAGE, VISITOR)
    assert any("Out of luck." in error.value for error in at.error)
    labels = [button.label for button in at.button]
    assert "Resume" in labels or "Train the beginner network now" in labels


def test_a_clean_sheet_asks_for_a_digit_and_no_network(opened: AppTest, network: Network) -> None:
    assert card(opened)["label"] == "Draw a digit"
    assert card(opened)["rows"] == []
    assert bars(opened)["x"] == [0] * 10
    assert bars(opened)["text"] == [""] * 10
    assert network.asked == []
    assert all(opened.button(key=f"draw-{name}").disabled for name in ("Undo", "Redo", "Clear"))


def test_a_clean_sheet_wakes_the_network_once(opened: AppTest, network: Network) -> None:
    engine()._status = ClusterStatus("ready", 1)
    opened.run()
    opened.run()
    end = time.monotonic() + 10
    while not network.asked and time.monotonic() < end:
        time.sleep(0.01)
    assert [images.shape for images in network.asked] == [(2, 28, 28)]
    assert card(opened)["label"] == "Draw a digit"


def test_a_stroke_is_prepared_and_read(seven: AppTest, network: Network) -> None:
    (images,) = network.asked
    assert images.shape == (2, 28, 28)  # prepared, and only shrunk
    assert images.max() == pytest.approx(1, abs=0.01)
    assert not images[0][:4].any()  # 20 × 20 in the middle of 28 × 28
    assert (card(seven)["label"], card(seven)["tone"]) == ("7", "certain")
    assert card(seven)["sure"] == "82.0 % sure"
    assert card(seven)["rows"][7] == ["7", "82.0 %"]
    assert bars(seven)["x"] == pytest.approx(network.answer.tolist())
    assert card(seven)["image"].startswith("data:image/png")


def test_an_answer_that_came_before_it_could_be_checked_says_so_and_is_mended(
    seven: AppTest, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As just after a network was brought in: what it learned is not looked through yet."""
    assert (card(seven)["label"], len(network.asked)) == ("7", 1)
    assert card(seven)["remark"] == "Not checked yet whether it is a digit at all."
    network.strangeness = 3.0  # above the limit of 2
    monkeypatch.setattr(Engine, "prepare_reading", lambda *_: True)
    seven.run()  # as the browser does each second
    assert not seven.exception
    assert (card(seven)["label"], len(network.asked)) == ("?", 2)
    assert "no digit to me" in card(seven)["sure"]


def test_where_it_can_never_be_checked_the_page_does_not_turn_in_a_circle(
    seven: AppTest, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def prepare(_: Engine, run_id: str, owner: str) -> bool:
        asked.append(run_id)
        return len(asked) > 1

    monkeypatch.setattr(Engine, "prepare_reading", prepare)
    for _ in range(4):
        seven.run()
    assert (len(asked), len(network.asked)) == (2, 2)
    assert "Not checked yet" in card(seven)["remark"]


def test_nothing_is_asked_twice_for_one_drawing(
    seven: AppTest, canvas: Canvas, network: Network
) -> None:
    seven.slider(key="draw-pen").set_value(30).run()
    assert len(network.asked) == 1
    assert canvas.pen == 30
    canvas.draw(FOOT)
    seven.run()
    assert len(network.asked) == 2


def test_another_network_is_asked_in_its_own_size(seven: AppTest, network: Network) -> None:
    small = finished_run("digits")
    choose(seven, small)
    seven.run()
    assert network.asked[-1].shape == (2, 8, 8)
    assert network.runs[-1] == small
    assert "8 × 8" in card(seven)["caption"]


def test_the_newest_network_for_digits_comes_before_newer_ones_for_clothes(
    open_page: OpenPage, canvas: Canvas, network: Network
) -> None:
    finished_run("mnist_5k")
    newest = finished_run("mnist")
    clothes = finished_run("fashion_mnist")
    at = open_page(PAGE, VISITOR)
    (choice,) = at.selectbox
    assert choice.value == newest
    assert "Fashion-MNIST" in choice.options[-1]
    choice.set_value(clothes).run()
    assert any("clothes" in info.value for info in at.info)
    assert card(at)["label"] == "Draw something to wear"


def test_the_canvas_keeps_its_place_whatever_network_is_chosen(
    seven: AppTest, canvas: Canvas
) -> None:
    def place() -> int:
        blocks = seven.main.children.items()
        return next(n for n, block in blocks if any(e.key == "draw-desk" for e in block))

    before = place()
    choose(seven, finished_run("fashion_mnist"))
    seven.run()
    assert any("clothes" in info.value for info in seven.info)
    assert place() == before


def test_an_unsure_answer_names_the_second_guess(
    opened: AppTest, canvas: Canvas, network: Network
) -> None:
    network.answer = np.array([0, 0.45, 0, 0, 0, 0, 0, 0.5, 0.05, 0], np.float32)
    canvas.draw(ONE)
    opened.run()
    assert card(opened)["tone"] == "unsure"
    assert card(opened)["remark"] == "I am not sure: it may also be 1."


def test_certainty_is_never_claimed(opened: AppTest, canvas: Canvas, network: Network) -> None:
    network.answer = np.eye(10, dtype=np.float32)[3]
    canvas.draw(ONE)
    opened.run()
    assert card(opened)["sure"] == "over 99.9 % sure"


@pytest.mark.parametrize(
    ("line", "label", "said"),
    [
        ([(168, 168), (172, 168)], "?", "little ink"),
        ([(y % 2 * SIDE, y * 8) for y in range(42)], "?", "So much ink"),
        ([(0, 334), (336, 334)], "?", "flat line"),
        ([(1, 0), (1, 336)], "7", "edge"),
    ],
)
def test_odd_ink_gets_a_word_instead_of_an_exception(
    opened: AppTest, canvas: Canvas, line: Line, label: str, said: str
) -> None:
    canvas.draw(line)
    opened.run()
    assert not opened.exception
    assert card(opened)["label"] == label
    assert said in card(opened)["sure"] + card(opened)["remark"]


def test_undo_redo_and_clear(seven: AppTest, canvas: Canvas, network: Network) -> None:
    canvas.draw(FOOT)
    seven.run()
    press(seven, "Undo")
    assert [stroke["points"] for stroke in canvas.strokes] == [ONE]
    assert np.array_equal(network.asked[-1], network.asked[0])
    press(seven, "Redo")
    assert [stroke["points"] for stroke in canvas.strokes] == [ONE, FOOT]
    press(seven, "Clear")
    assert (canvas.strokes, card(seven)["label"]) == ([], "Draw a digit")
    press(seven, "Undo")
    assert len(canvas.strokes) == 2
    assert card(seven)["label"] == "7"


def test_the_canvas_is_not_handed_anything_new_while_one_draws(
    seven: AppTest, canvas: Canvas
) -> None:
    handed = canvas.handed
    canvas.draw(FOOT)
    seven.run()
    seven.run()
    assert canvas.handed is handed
    assert len(canvas.strokes) == 2


def test_a_reload_brings_drawing_answer_and_pen_back(
    seven: AppTest, open_page: OpenPage, canvas: Canvas
) -> None:
    seven.slider(key="draw-pen").set_value(30).run()
    canvas.leave()
    at = open_page(PAGE, VISITOR)
    assert [stroke["points"] for stroke in canvas.strokes] == [[list(point) for point in ONE]]
    assert card(at)["label"] == "7"
    assert at.slider(key="draw-pen").value == 30
    press(at, "Undo")
    assert (canvas.strokes, card(at)["label"]) == ([], "Draw a digit")


def test_another_visitor_has_a_sheet_of_their_own(seven: AppTest) -> None:
    assert engine().drafts.get(VISITOR, "drawing")["strokes"]
    assert engine().drafts.get("b" * 32, "drawing") is None


def test_warming_workers_are_told_and_answer_later(
    opened: AppTest, canvas: Canvas, network: Network
) -> None:
    network.error = WorkersNotReady("The workers are still warming up.")
    canvas.draw(ONE)
    opened.run()
    assert not opened.exception
    assert "warming up" in card(opened)["remark"]
    assert reading_module.SOON in card(opened)["remark"]
    network.error = None
    engine()._status = ClusterStatus("ready", 1)
    opened.run()
    assert card(opened)["label"] == "7"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RunNotFound("gone"), "deleted"),
        (ValueError("shapes"), "could not answer (ValueError)"),
        (OSError("comm closed"), "could not answer (OSError)"),
    ],
)
def test_what_befalls_a_worker_is_told_and_asked_again(
    opened: AppTest, canvas: Canvas, network: Network, error: Exception, said: str
) -> None:
    network.error = error
    canvas.draw(ONE)
    opened.run()
    assert not opened.exception
    assert card(opened)["label"] == "No answer"
    assert said in card(opened)["remark"]
    network.error = None
    canvas.draw(FOOT)
    opened.run()
    assert card(opened)["label"] == "7"


def test_a_full_disk_does_not_end_drawing(
    opened: AppTest, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(engine().drafts), "put", full)
    canvas.draw(ONE)
    opened.run()
    assert not opened.exception
    assert card(opened)["label"] == "7"


def test_the_network_of_the_house_reads_unless_another_is_chosen(
    open_page: OpenPage, canvas: Canvas, network: Network
) -> None:
    own = finished_run()
    house = engine().store.create(Experiment(), HOUSE, "elsewhere", ready_made_id())
    finish(house)
    canvas.draw(ONE)
    at = open_page(PAGE, VISITOR)
    (choice,) = at.selectbox
    assert choice.value == house
    choice.set_value(own).run()
    at = open_page(PAGE, VISITOR)  # the choice outlives the session
    assert at.selectbox[0].value == own


def test_while_the_network_of_the_house_learns_its_progress_is_told(
    open_page: OpenPage, canvas: Canvas, network: Network
) -> None:
    finished_run()
    house = engine().store.create(Experiment(), HOUSE, "elsewhere", ready_made_id())
    engine().store.move(house, RunState.RUNNING, steps_per_epoch=100, step=250)
    at = open_page(PAGE, VISITOR)
    assert any("learning in the background: 50%" in caption.value for caption in at.caption)
    finish(house)
    at.run()
    assert at.selectbox[0].value == house


def test_the_three_likeliest_classes_are_named(seven: AppTest) -> None:
    assert card(seven)["top"][0] == ["7", "82.0 %"]
    assert [share for _, share in card(seven)["top"]] == ["82.0 %", "2.0 %", "2.0 %"]


def test_from_where_on_the_network_is_unsure_is_the_visitors_to_say(
    seven: AppTest, open_page: OpenPage
) -> None:
    assert card(seven)["tone"] == "certain"
    seven.slider(key="draw-unsure").set_value(90).run()
    assert card(seven)["tone"] == "unsure"
    assert open_page(PAGE, VISITOR).slider(key="draw-unsure").value == 90


def test_what_is_too_strange_is_called_no_digit(
    opened: AppTest, canvas: Canvas, network: Network
) -> None:
    network.strangeness = 2.5  # the limit is 2
    canvas.draw(ONE)
    opened.run()
    assert (card(opened)["label"], card(opened)["tone"]) == ("?", "none")
    assert card(opened)["sure"].startswith("This is no digit")
    assert card(opened)["remark"] == ("A network names a class all the same: here 7, 82.0 % sure.")
    network.strangeness = 1.9
    canvas.draw(FOOT)
    opened.run()
    assert card(opened)["label"] == "7"


def film(at: AppTest) -> str:
    (strip,) = components(at, "nnlab_picture")
    return strip["markup"]


def test_the_film_strip_shows_the_way_to_what_the_network_sees(
    opened: AppTest, seven: AppTest
) -> None:
    steps = ["1. Drawn", "2. Cropped", "3. Pen", "4. Fitted", "5. Centred"]
    assert [step in film(seven) for step in steps] == [True] * 5
    assert "into 20 × 20 pixels" in film(seven)
    assert film(seven).count("<img ") == 5


def test_a_clean_sheet_has_no_film(opened: AppTest) -> None:
    assert components(opened, "nnlab_picture") == []


def test_the_switch_shows_what_only_shrinking_does(seven: AppTest) -> None:
    seven.toggle(key="draw-only-shrink").set_value(True).run()
    assert "2. Shrunk" in film(seven)
    assert "28 × 28 pixels, and nothing else" in film(seven)
    said = [text.value for text in seven.markdown if "shrunk canvas" in text.value]
    assert said == [
        "Of the shrunk canvas the network reads **1** (55.0 % sure); prepared, **7** (82.0 % sure)."
    ]
