"""The challenge beside a paper: setup, play, time, summary, and the board of a class round."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from nnlab.challenge.rules import SECONDS, Rules, sequence
from nnlab.challenge.score import Score
from nnlab.experiment import Experiment, with_settings
from nnlab.runs.challenges import KEPT
from nnlab.runs.run import utc_now
from nnlab.runs.tables import ChallengeRoundRow
from nnlab.ui.draw.challenge import clock, moves
from nnlab.ui.resources import engine

ME, TEACHER = "a" * 32, "b" * 32
SEED = 2026

Open = Callable[..., AppTest]


class Clock:
    """Both clocks of the server, moved by the test."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def page() -> None:
    """What the Draw page does, with a drawing that the test puts there."""
    import numpy as np
    import streamlit as st

    from nnlab.ui.draw.challenge.desk import challenge
    from nnlab.ui.draw.reading import Reading
    from nnlab.ui.draw.sheet import Sheet
    from nnlab.ui.resources import engine
    from nnlab.ui.state import state

    visitor = state()
    run = engine().store.runs_of(visitor.owner)[0]
    sheet = st.session_state.setdefault("sheet", Sheet())
    answer = None if sheet.empty else st.session_state.get("answer")
    probabilities = None
    if answer is not None:
        read, confidence = answer
        probabilities = np.full(10, (1 - confidence) / 9, np.float32)
        probabilities[read] = confidence
    seen = np.zeros((28, 28), np.float32)
    image = None if sheet.empty else sheet.image
    reading = Reading(run.id, image, seen, probabilities=probabilities)
    st.fragment(challenge)(visitor, run, sheet, reading)


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> Clock:
    ticking = Clock()
    monkeypatch.setattr(clock, "now", ticking)
    monkeypatch.setattr(clock, "utc", ticking)
    monkeypatch.setattr(moves.secrets, "randbelow", lambda _: SEED)
    return ticking


@pytest.fixture
def visit(idle_engine: None, ticking: Clock) -> Open:
    def open_it(visitor: str = ME, dataset: str = "mnist", **query: str) -> AppTest:
        if not engine().store.runs_of(visitor):
            experiment = with_settings(Experiment(name="Mine"), {"dataset.name": dataset})
            engine().store.create(experiment, visitor, "engine")
        at = AppTest.from_function(page, default_timeout=30)
        at.session_state["nnlab_visitor"] = visitor
        for name, value in query.items():
            at.query_params[name] = value
        return run(at)

    return open_it


def run(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception, at.exception
    return at


def press(at: AppTest, label: str) -> AppTest:
    [button] = [each for each in at.button if each.label == label]
    button.click()
    return run(at)


def draw(at: AppTest, read: int, confidence: float = 0.95) -> AppTest:
    """Ink that the network reads so; every drawing is another."""
    sheet = at.session_state["sheet"]
    number = at.session_state["drawn"] + 1 if "drawn" in at.session_state else 1
    sheet.strokes, sheet.image = [{"number": number}], b"%d" % number
    at.session_state["drawn"], at.session_state["answer"] = number, (read, confidence)
    return run(at)


def shown(at: AppTest, name: str) -> dict[str, Any]:
    [data] = [
        json.loads(element.proto.json)
        for element in at.get("bidi_component")
        if element.proto.component_name == name
    ]
    return data


def asked(at: AppTest) -> dict[str, Any]:
    return shown(at, "nnlab_challenge")


def tables(at: AppTest) -> list[dict[str, Any]]:
    return [
        json.loads(element.proto.json)
        for element in at.get("bidi_component")
        if element.proto.component_name == "nnlab_challenge_table"
    ]


def labels(at: AppTest) -> set[str]:
    return {button.label for button in at.button}


# --- alone ------------------------------------------------------------------------------------


def test_a_network_that_knows_no_digits_has_no_challenge(visit: Open):
    at = visit(dataset="fashion_mnist")
    assert "this network learned clothes" in at.info[0].value
    assert labels(at) == set()


def test_the_score_is_told_before_one_begins(visit: Open):
    at = visit()
    assert any(f"none at {SECONDS:g} seconds" in each.value for each in at.markdown)
    at.radio[0].set_value(10.0)
    run(at)
    assert any("none at 10 seconds" in each.value for each in at.markdown)
    press(at, "Play alone")
    assert asked(at)["seconds"] == 10.0


def test_a_right_drawing_brings_the_next_digit_and_a_clean_sheet(visit: Open, ticking: Clock):
    at = press(visit(), "Play alone")
    first, second = sequence(SEED)[:2]
    assert (asked(at)["asked"], asked(at)["count"]) == (str(first), "Digit 1 of 10")
    ticking.seconds += 4.0
    draw(at, first)
    question = asked(at)
    assert (question["asked"], question["position"], question["left"]) == (str(second), 1, SECONDS)
    assert (question["points"], question["told"]) == ("180 points", f"{first} read in 4.0 s: +180.")
    assert question["marks"] == [[str(first), "right"], ["", "now"], *[["", ""]] * 8]
    assert at.session_state["sheet"].empty


def test_what_is_read_otherwise_or_unsurely_counts_not_yet(visit: Open, ticking: Clock):
    at = press(visit(), "Play alone")
    first = sequence(SEED)[0]
    ticking.seconds += 1.0
    draw(at, (first + 1) % 10)
    assert asked(at)["reads"] == f"It reads {(first + 1) % 10}, 95.0 % sure."
    draw(at, first, confidence=0.55)
    assert asked(at)["reads"] == f"It reads {first}, 55.0 % sure; 60 % are needed."
    assert (asked(at)["position"], asked(at)["left"]) == (0, SECONDS - 1)
    assert not at.session_state["sheet"].empty


def test_a_drawing_answers_one_digit_only(visit: Open):
    """The canvas may show the last drawing for a moment after the next digit was asked."""
    at = press(visit(), "Play alone")
    first, second = sequence(SEED)[:2]
    draw(at, first)
    sheet = at.session_state["sheet"]
    sheet.strokes, sheet.image = [{"number": 1}], b"1"
    at.session_state["answer"] = (second, 0.99)
    run(at)
    assert (asked(at)["position"], asked(at)["reads"]) == (1, "")


def test_a_digit_whose_time_is_up_is_passed_over(visit: Open, ticking: Clock):
    at = press(visit(), "Play alone")
    first = sequence(SEED)[0]
    ticking.seconds += SECONDS - 0.1
    assert asked(run(at))["position"] == 0
    draw(at, (first + 1) % 10)
    ticking.seconds += 0.2
    # Too late, though it would be right.
    draw(at, first)
    question = asked(at)
    assert (question["position"], question["points"]) == (1, "0 points")
    assert question["told"] == f"Time is up for the {first}."
    assert question["left"] == pytest.approx(SECONDS - 0.1)
    assert at.session_state["sheet"].empty


def test_the_browser_says_when_time_is_up_and_the_server_looks_at_its_clock(
    visit: Open, ticking: Clock
):
    at = press(visit(), "Play alone")
    play, sheet, state = (
        at.session_state[key] for key in ("nnlab_challenge", "sheet", "nnlab_state")
    )
    moves.run_out(state, sheet, play)
    assert play.game.outcomes == ()
    ticking.seconds += SECONDS
    for _ in range(2):  # told twice, passed over once
        moves.run_out(state, sheet, play)
    assert [each.ending for each in play.game.outcomes] == ["timed out"]


def test_skip_passes_a_digit_over_once(visit: Open):
    at = press(visit(), "Play alone")
    press(at, "Skip")
    assert asked(at)["position"] == 1
    play, sheet, state = (
        at.session_state[key] for key in ("nnlab_challenge", "sheet", "nnlab_state")
    )
    moves.skip(state, sheet, play, 0)  # a press that comes late
    assert len(play.game.outcomes) == 1


def test_a_reload_in_mid_round_finds_the_round_and_the_time_gone_on(visit: Open, ticking: Clock):
    at = press(visit(), "Play alone")
    draw(at, sequence(SEED)[0])
    ticking.seconds += 5.0
    question = asked(visit())
    assert (question["position"], question["left"]) == (1, SECONDS - 5)
    ticking.seconds += 2 * SECONDS
    question = asked(visit())
    assert (question["position"], question["left"]) == (3, SECONDS - 5)
    ticking.seconds += 1000.0
    assert "Play again" in labels(visit())


def test_at_the_end_all_digits_are_summed_up_and_one_can_play_again(visit: Open, ticking: Clock):
    at = press(visit(), "Play alone")
    order = sequence(SEED)
    for digit in order[:8]:
        ticking.seconds += 2.0
        draw(at, digit)
    draw(at, (order[8] + 1) % 10)
    press(at, "Skip")
    ticking.seconds += SECONDS
    run(at)
    assert at.subheader[0].value == "1,520 points"
    assert at.markdown[0].value == "8 of 10 digits read right, in 2.0 s on average."
    rows = tables(at)[0]["rows"]
    assert rows[0] == [str(order[0]), str(order[0]), "2.0 s", "190"]
    assert rows[8:] == [
        [str(order[8]), str((order[8] + 1) % 10), "skipped", "0"],
        [str(order[9]), "nothing", "time up", "0"],
    ]
    press(at, "Play again")
    assert (asked(at)["position"], asked(at)["told"]) == (0, "")


def test_stop_leads_back_to_the_setup(visit: Open):
    at = press(press(visit(), "Play alone"), "Stop")
    assert "Play alone" in labels(at)
    assert "Play alone" in labels(visit())


def test_a_spoilt_draft_is_no_game(visit: Open):
    visit()
    engine().drafts.put(ME, "challenge", {"game": {"sequence": "x"}, "code": ["y"]})
    assert "Play alone" in labels(visit())


# --- with a class -----------------------------------------------------------------------------


@pytest.fixture
def code(idle_engine: None) -> str:
    return engine().challenges.start(TEACHER, Rules(15.0), "Theirs")


def join(at: AppTest, nickname: str, code: str | None = None) -> AppTest:
    if code is not None:
        at.text_input(key="challenge-code").input(code)
    at.text_input(key="challenge-nickname").input(nickname)
    return press(at, "Join")


def board(at: AppTest) -> dict[str, Any]:
    return tables(at)[-1]


def test_a_class_round_from_code_to_score(visit: Open, ticking: Clock, code: str):
    at = join(visit(), "  Ada ", code.lower())
    assert at.text[0].value == "You play as Ada."
    assert board(at)["rows"] == [["", "Ada", "", "", "–"]]
    assert "“Theirs”" in board(at)["caption"]
    press(at, "Start drawing")
    order = sequence(engine().challenges.get(code, ME).seed)
    assert asked(at)["seconds"] == 15.0
    ticking.seconds += 3.0
    draw(at, order[0])
    # On the board while the game goes on.
    [player] = engine().challenges.players(code, TEACHER)
    assert player.score == Score(1, 3.0, 180)
    for _ in order[1:]:
        press(at, "Skip")
    assert board(at)["rows"] == [["1", "Ada", "1", "3.0 s", "180"]]
    assert board(at)["strong"] == [0]
    press(at, "Back to the round")
    press(at, "Start drawing")
    assert asked(at)["asked"] == str(order[0])  # the same sequence again


def test_a_link_leads_to_the_round(visit: Open, code: str):
    at = visit(round=code)
    assert shown(at, "nnlab_code_sign")["code"] == code
    assert "Start drawing" not in labels(at)
    assert tables(at) == []  # the board is for those who take part
    join(at, "Ada")
    assert "Start drawing" in labels(at)
    press(at, "Leave this round")
    assert "Play alone" in labels(run(at))  # the link is followed once


@pytest.mark.parametrize(
    ("link", "told"), [("777777", "no open round of that code"), ("<script>", "Code: 6 letters")]
)
def test_a_link_to_no_round_is_told(visit: Open, link: str, told: str):
    at = visit(round=link)
    assert told in at.error[0].value
    assert "<script>" not in at.error[0].value
    assert "Play alone" in labels(at)


def test_a_link_waits_until_the_game_is_over(visit: Open, code: str):
    press(visit(), "Play alone")
    at = visit(round=code)
    assert asked(at)["position"] == 0
    press(at, "Stop")
    assert shown(run(at), "nnlab_code_sign")["code"] == code


@pytest.mark.parametrize(
    ("nickname", "typed", "told"),
    [
        ("", None, "Nickname: 1 to 20"),
        ("a\u202eb", None, "Nickname: letters"),
        ("Ben", None, "Nickname: somebody"),
        ("Ada", "123", "Code: 6 letters"),
        ("Ada", "777777", "Code: there is no open round"),
    ],
)
def test_what_is_not_allowed_is_told(
    visit: Open, code: str, nickname: str, typed: str | None, told: str
):
    engine().challenges.join(code, TEACHER, "Ben")
    at = join(visit(), nickname, typed or code)
    assert told in at.error[0].value
    assert "Play alone" in labels(at)


def test_markup_in_a_nickname_stays_text(visit: Open, code: str):
    name = "<b>[x](//a.io)</b>"
    at = join(visit(), name, code)
    assert board(at)["rows"][0][1] == name
    assert at.text[0].value == f"You play as {name}."
    for kind in ("markdown", "html", "caption"):
        assert not any(name in str(element) for element in at.get(kind))


def test_who_starts_a_round_steers_it(visit: Open):
    at = press(visit(), "Start a class round")
    code = shown(at, "nnlab_code_sign")["code"]
    assert at.code[0].value.endswith(f"?round={code}")
    assert any("nobody has joined" in each.value for each in at.markdown)
    engine().challenges.join(code, TEACHER, "Rude")
    engine().challenges.record(code, TEACHER, Score(1, 2.0, 190))
    run(at)
    assert board(at)["rows"] == [["1", "Rude", "1", "2.0 s", "190"]]
    at.selectbox(key="challenge-remove-choice").select_index(0)
    press(run(at), "Remove")
    assert engine().challenges.players(code, ME) == []
    press(at, "Close the round")
    assert engine().challenges.get(code, ME).closed
    assert "Close the round" not in labels(run(at))
    assert shown(at, "nnlab_code_sign")["title"] == "Class round, closed"


def test_a_player_has_nothing_to_steer(visit: Open, code: str):
    at = join(visit(), "Ada", code)
    assert labels(at) == {"Start drawing", "Leave this round"}
    assert at.selectbox.len == 0
    assert at.get("download_button") == []


def test_a_closed_round_shows_its_final_score(visit: Open, code: str):
    at = join(visit(), "Ada", code)
    engine().challenges.close(code, TEACHER)
    run(at)
    assert "Start drawing" not in labels(at)
    assert board(at)["caption"].startswith("Final score")


def test_after_its_day_a_round_is_left(visit: Open, code: str):
    at = join(visit(), "Ada", code)
    old = update(ChallengeRoundRow).values(created_at=utc_now() - KEPT)
    with engine().store.engine.begin() as connection:
        connection.execute(old)
    run(at)
    assert "no open round" in at.error[0].value
    assert "Play alone" in labels(at)
