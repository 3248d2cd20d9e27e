"""Whoever loses a room is told, on whatever page they are, until they have seen it."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from nnlab.experiment import Assignment
from nnlab.ui.resources import rooms

CLASS, TRAIN, HOME = "pages/7_Class.py", "pages/2_Train.py", "app.py"
TEACHER, ADA, BEN = (letter * 32 for letter in "fab")
OWN = "Train is back at your own experiment"
Open = Callable[..., AppTest]


@pytest.fixture
def code(idle_engine: None) -> str:
    code = rooms().create(TEACHER)
    rooms().join(code, ADA, "Ada")
    rooms().join(code, BEN, "Ben")
    return code


def lines(at: AppTest) -> list[str]:
    """What the page says of a room that is lost."""
    assert not at.exception, at.exception
    said = [each.value for each in at.main.markdown]
    return [each for each in said if "has ended" in each or "took you out" in each]


def remove(code: str, visitor: str) -> None:
    me = rooms().get(code, visitor).me
    assert me is not None
    rooms().remove(code, TEACHER, me.id)


def test_who_is_taken_out_is_told_with_the_task_until_it_is_seen(open_page: Open, code: str):
    rooms().start_task(code, TEACHER, Assignment(open=()))
    ada, ben = open_page(TRAIN, ADA), open_page(TRAIN, BEN)
    remove(code, ADA)
    [told] = lines(ada.run())
    assert f"Your teacher took you out of room {code}." in told
    assert OWN in told
    assert ada.session_state["nnlab_state"].assignment is None
    assert lines(ada.run()) == lines(ada.switch_page(HOME).run()) == [told]
    assert lines(open_page(CLASS, ADA)) == [told]  # another session, as after a reload
    ada.button(key="room-parted-close").click().run()
    assert lines(ada) == lines(ada.run()) == lines(open_page(CLASS, ADA)) == []
    assert lines(ben.run()) == []


def test_the_end_of_a_room_is_told_on_any_page(open_page: Open, code: str):
    ada, ben = open_page(HOME, ADA), open_page(CLASS, BEN)
    rooms().delete(code, TEACHER)
    for at in (ada.run(), ben.run()):
        [told] = lines(at)
        assert f"Room {code} has ended. Your runs are still yours." in told
        assert OWN not in told


def test_who_leaves_is_told_nothing_not_even_at_the_end(open_page: Open, code: str):
    at = open_page(CLASS, ADA)
    at.button(key="room-leave").click().run()
    assert lines(at) == []
    rooms().delete(code, TEACHER)
    assert lines(at.run()) == []


def test_another_room_ends_the_line(open_page: Open, code: str):
    at = open_page(CLASS, ADA)
    remove(code, ADA)
    assert lines(at.run())
    rooms().join(rooms().create(BEN), ADA, "Ada")
    assert lines(at.run()) == []
