"""Draw's views behind an answer, several networks side by side, and numbers."""

from typing import Any

import numpy as np
import pytest
from drawing_by_hand import (
    FOOT,
    PAGE,
    VISITOR,
    Canvas,
    OpenPage,
    card,
    components,
    finished_run,
    press,
)
from streamlit.testing.v1 import AppTest

from nnlab.ui.draw import number as number_module
from nnlab.ui.draw.sections import COMPARE, WHY
from nnlab.ui.draw.settings import NUMBER
from nnlab.ui.resources import engine
from nnlab.work.attributing import Attribution
from nnlab.work.engine import Engine
from nnlab.work.reading import Nearest, Readings


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> dict[str, np.ndarray]:
    """What each network answers, by its run's id; a seven unless a test says otherwise."""
    answers: dict[str, np.ndarray] = {}

    def predict_each(_: Engine, images: dict[str, np.ndarray], owner: str) -> dict[str, Any]:
        assert owner == VISITOR
        seven = np.eye(10, dtype=np.float32)[7]
        return {
            run_id: np.stack([answers.get(run_id, seven)] * len(asked))
            for run_id, asked in images.items()
        }

    monkeypatch.setattr(Engine, "predict_each", predict_each)
    return answers


def show(at: AppTest, view: str) -> AppTest:
    """Open a tab."""
    at.session_state["draw-sections"] = view
    at.run()
    assert not at.exception, at.exception
    return at


def picture(at: AppTest, part: str) -> str:
    """The markup of the picture that has `part` in it."""
    (markup,) = (p["markup"] for p in components(at, "nnlab_picture") if part in p["markup"])
    return markup


def test_only_the_open_view_is_drawn(seven: AppTest, others: dict[str, np.ndarray]) -> None:
    assert any("1. Drawn" in p["markup"] for p in components(seven, "nnlab_picture"))
    finished_run()
    show(seven, COMPARE)
    assert not any("1. Drawn" in p["markup"] for p in components(seven, "nnlab_picture"))


# --- several networks -----------------------------------------------------------------------


def test_one_network_alone_says_how_to_get_another(seven: AppTest) -> None:
    show(seven, COMPARE)
    assert any("Train another" in info.value for info in seven.info)


def test_networks_read_the_same_drawing_side_by_side(
    seven: AppTest, others: dict[str, np.ndarray]
) -> None:
    first = finished_run()
    others[first] = np.array([0, 0.7, 0, 0, 0, 0, 0, 0.3, 0, 0], np.float32)
    show(seven, COMPARE)
    cards = picture(seven, "<section")
    assert cards.count("<section") == 2
    assert "70.0 % sure" in cards
    assert any("do not agree" in text.value for text in seven.markdown)
    others.clear()
    seven.run()
    assert any("Both networks read **7**." in text.value for text in seven.markdown)


def test_the_choice_of_networks_is_kept_and_at_most_four(
    seven: AppTest, open_page: OpenPage, others: dict[str, np.ndarray]
) -> None:
    ids = [finished_run() for _ in range(5)]
    show(seven, COMPARE)
    seven.multiselect[0].set_value(ids[:3]).run()
    assert picture(seven, "<section").count("<section") == 3
    again = show(open_page(PAGE, VISITOR), COMPARE)
    assert again.multiselect[0].value == ids[:3]
    assert again.multiselect[0].proto.max_selections == 4


def test_a_network_of_other_images_is_given_its_own_size(
    seven: AppTest, others: dict[str, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    small = finished_run("digits")
    asked: dict[str, tuple[int, ...]] = {}

    def predict_each(_: Engine, images: dict[str, np.ndarray], owner: str) -> dict[str, Any]:
        asked.update({run_id: array.shape for run_id, array in images.items()})
        return {run_id: np.eye(10, dtype=np.float32)[[7]] for run_id in images}

    monkeypatch.setattr(Engine, "predict_each", predict_each)
    show(seven, COMPARE)
    assert asked[small] == (1, 8, 8)
    assert sorted(asked.values()) == [(1, 8, 8), (1, 28, 28)]


# --- why ------------------------------------------------------------------------------------


@pytest.fixture
def reasons(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The classes that were asked about."""
    asked: list[int] = []

    def attribute(_: Engine, run_id: str, image: np.ndarray, target: int, owner: str) -> Any:
        assert (owner, image.shape) == (VISITOR, (28, 28))
        asked.append(target)
        values = np.linspace(-1, 1, 28 * 28, dtype=np.float32).reshape(28, 28)
        return Attribution(target, values, 4.5, -0.5, 64, -values, 0.82, 5)

    monkeypatch.setattr(Engine, "attribute", attribute)
    return asked


def overlay(at: AppTest) -> dict[str, Any]:
    """The figure of the pixels."""
    charts = components(at, "nnlab_live_chart")
    (figure,) = (c["figure"] for c in charts if "figure" in c and "z" in c["figure"]["data"][0])
    return figure


def test_pixels_for_the_answer_and_for_any_other_class(
    seven: AppTest, reasons: list[int], others: dict[str, np.ndarray]
) -> None:
    show(seven, WHY)
    assert reasons == [7]
    assert overlay(seven)["data"][0]["z"][0][0] == -1
    seven.run()
    assert reasons == [7]  # nothing is asked twice
    seven.session_state["draw-why-class"] = "4"
    seven.run()
    assert reasons == [7, 4]
    assert any("of 4 on the way from a black image" in text.value for text in seven.caption)
    seven.session_state["draw-why-method"] = "Occlusion"
    seven.run()
    assert any("5 × 5 pixels" in text.value for text in seven.caption)
    assert reasons == [7, 4]


def test_the_nearest_training_images_and_how_strange_the_drawing_is(
    seven: AppTest, reasons: list[int], canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(seven, WHY)
    assert any("being compared" in text.value for text in seven.caption)
    shape = (2, 3)
    nearest = Nearest(
        np.zeros(shape, np.int64),
        np.array([[7, 7, 1]] * 2),
        np.full(shape, 0.25, np.float32),
        np.zeros((*shape, 28, 28), np.uint8),
    )
    answers = np.eye(10, dtype=np.float32)[[7, 1]]
    readings = Readings(answers, np.array([1.25, 9.0], np.float32), 2.5, nearest)
    monkeypatch.setattr(Engine, "read", lambda *_: readings)
    canvas.draw(FOOT)
    seven.run()
    assert picture(seven, "nnlab-neighbours").count("<img ") == 3
    assert any("2 × 7, 1 × 1" in text.value for text in seven.caption)
    assert any("The limit, 2.50" in text.value for text in seven.caption)


# --- numbers --------------------------------------------------------------------------------


@pytest.fixture
def wide(
    opened: AppTest, others: dict[str, np.ndarray], canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> AppTest:
    """The wide paper."""
    monkeypatch.setattr(canvas, "size", (544, 248))
    canvas.leave()
    opened.session_state["draw-mode"] = NUMBER
    opened.session_state["nnlab_draw_settings"].mode = NUMBER
    opened.run()
    assert not opened.exception, opened.exception
    return opened


def test_several_digits_are_read_as_a_number(
    wide: AppTest, canvas: Canvas, others: dict[str, np.ndarray]
) -> None:
    assert card(wide)["label"] == "Draw a number"
    canvas.draw([(60, 40), (60, 200)])
    canvas.draw([(200, 40), (200, 200)])
    wide.run()
    canvas.draw([(340, 40), (340, 200)])
    wide.run()
    assert not wide.exception
    assert card(wide)["label"] == "777"
    assert "all 3 digits are" in card(wide)["remark"]
    assert picture(wide, "<svg").count("<rect ") == 3
    press(wide, "Undo-number-drawing")
    assert card(wide)["label"] == "77"


def test_the_least_sure_digit_is_named(
    wide: AppTest, canvas: Canvas, others: dict[str, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    def predict_each(_: Engine, images: dict[str, np.ndarray], owner: str) -> dict[str, Any]:
        pair = np.array([[0, 0, 0, 0, 1, 0, 0, 0, 0, 0], [0, 0.5, 0, 0, 0, 0, 0, 0.4, 0.1, 0]])
        return dict.fromkeys(images, pair.astype(np.float32))

    monkeypatch.setattr(Engine, "predict_each", predict_each)
    canvas.draw([(60, 40), (60, 200)])
    canvas.draw([(200, 40), (200, 200)])
    wide.run()
    assert (card(wide)["label"], card(wide)["tone"]) == ("41", "unsure")
    assert card(wide)["sure"] == "50.0 % sure"
    assert "digit 2, 1 with 50.0 %, perhaps 7" in card(wide)["remark"]


def test_more_pieces_than_a_number_has_digits_are_told(
    wide: AppTest, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(number_module, "MOST_DIGITS", 2)
    for x in (60, 200, 340):
        canvas.draw([(x, 40), (x, 200)])
    wide.run()
    assert card(wide)["label"] == "No answer"
    assert "3 separate pieces are too many" in card(wide)["remark"]
    assert "Draw up to 2 digits" in card(wide)["remark"]


def test_digit_and_number_have_papers_of_their_own(wide: AppTest, canvas: Canvas) -> None:
    canvas.draw([(60, 40), (60, 200)])
    wide.run()
    drafts = engine().drafts
    assert len(drafts.get(VISITOR, "number-drawing")["strokes"]) == 1
    assert drafts.get(VISITOR, "drawing") is None
