"""A round in play: what counts, when time runs out, and what it is worth."""

import json

import pytest

from nnlab.challenge.game import Game, Outcome
from nnlab.challenge.record import from_record, to_record
from nnlab.challenge.rules import Rules, sequence
from nnlab.challenge.score import points, score, score_in_words

RULES = Rules(seconds=20.0, confidence=0.6)
ORDER = (4, 1, 7)


@pytest.fixture
def game() -> Game:
    return Game(ORDER, RULES, asked_at=100.0)


def test_every_digit_comes_once_and_the_seed_decides_the_order():
    orders = {sequence(seed) for seed in range(50)}
    assert all(sorted(order) == list(range(10)) for order in orders)
    assert len(orders) > 45
    # Of another Python the same: all players of a round draw the same digits.
    assert sequence(2026) == (4, 0, 5, 1, 2, 9, 7, 6, 8, 3)


def test_a_right_answer_sure_enough_brings_the_next_digit(game: Game):
    game = game.seen(103.5, read=4, confidence=0.6)
    assert game.outcomes == (Outcome(4, "right", 4, 3.5),)
    assert (game.asked, game.asked_at, game.read) == (1, 103.5, None)


@pytest.mark.parametrize(("read", "confidence"), [(4, 0.59), (1, 0.99)])
def test_an_unsure_or_another_answer_brings_none(game: Game, read: int, confidence: float):
    seen = game.seen(101.0, read, confidence)
    assert (seen.outcomes, seen.asked, seen.read) == ((), 4, read)


def test_a_digit_that_was_misread_before_still_counts(game: Game):
    outcome = game.seen(101.0, 1, 0.9).seen(102.0, 4, 0.9).outcomes[0]
    assert outcome == Outcome(4, "right", 4, 2.0)


def test_a_skipped_digit_keeps_what_was_read_last(game: Game):
    game = game.seen(101.0, 9, 0.9).skipped(105.0)
    assert game.outcomes == (Outcome(4, "skipped", 9, None),)
    assert game.asked_at == 105.0


def test_time_runs_out_at_the_limit_and_not_before(game: Game):
    assert game.caught_up(119.99) is game
    late = game.caught_up(120.0)
    assert late.outcomes == (Outcome(4, "timed out", None, None),)
    assert late.asked == 1


def test_time_goes_on_while_nobody_looks(game: Game):
    late = game.seen(101.0, 9, 0.3).caught_up(150.0)
    assert [each.ending for each in late.outcomes] == ["timed out", "timed out"]
    assert [each.read for each in late.outcomes] == [9, None]
    assert late.asked == 7
    assert late.seconds_left(150.0) == 10.0
    assert game.caught_up(1e9).over


def test_after_the_last_digit_nothing_changes(game: Game):
    over = game.skipped(101).skipped(102).seen(103, 7, 0.9)
    assert over.over
    assert over.asked is None
    assert over.seen(104, 7, 0.9) is over
    assert over.skipped(104) is over
    assert over.caught_up(1e9) is over


def test_seconds_left_stay_within_the_time(game: Game):
    assert [game.seconds_left(now) for now in (90.0, 100.0, 105.0, 200.0)] == [20, 20, 15, 0]


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0.0, 200), (5.0, 175), (10.0, 150), (20.0, 100), (25.0, 100)]
)
def test_speed_is_worth_up_to_as_much_as_the_digit(seconds: float, expected: int):
    assert points(Outcome(3, "right", 3, seconds), RULES) == expected


def test_the_score_is_the_sum_and_the_mean_is_of_right_digits():
    outcomes = [
        Outcome(3, "right", 3, 5.0),
        Outcome(4, "skipped", 9, None),
        Outcome(5, "timed out", None, None),
        Outcome(6, "right", 6, 10.0),
    ]
    total = score(outcomes, RULES)
    assert (total.right, total.mean_seconds, total.points) == (2, 7.5, 325)
    assert score([], RULES).mean_seconds is None
    assert score([], RULES).points == 0


def test_the_rule_in_words_names_the_figures_in_force():
    words = score_in_words(Rules(10.0, 0.75))
    assert "75\u00a0% sure" in words
    assert "none at 10 seconds" in words


def test_a_game_comes_back_and_its_time_has_gone_on(game: Game):
    game = game.seen(103.0, 4, 0.9).seen(104.0, 7, 0.5)
    kept = json.loads(json.dumps(to_record(game, now=105.0, utc=1_000_000.0)))
    # Another process, whose clock shows something else, seven seconds later.
    back = from_record(kept, now=9.0, utc=1_000_007.0)
    assert back is not None
    assert (back.sequence, back.rules, back.outcomes) == (ORDER, RULES, game.outcomes)
    assert (back.asked, back.read) == (1, 7)
    assert back.seconds_left(9.0) == pytest.approx(game.seconds_left(112.0))


def test_a_clock_set_back_gives_no_more_time(game: Game):
    kept = to_record(game, now=105.0, utc=1_000_000.0)
    back = from_record(kept, now=5.0, utc=900_000.0)
    assert back is not None
    assert back.seconds_left(5.0) == RULES.seconds


@pytest.mark.parametrize(
    "spoilt",
    [
        None,
        "game",
        {},
        {"sequence": [10]},
        {"sequence": []},
        {"seconds": 0},
        {"asked_at": float("nan")},
        {"outcomes": [{"ending": "right", "read": 1, "seconds": 1}] * 4},
        {"outcomes": [{"ending": "won", "read": 1, "seconds": 1}]},
    ],
)
def test_a_spoilt_record_is_no_game(game: Game, spoilt: object):
    record = spoilt
    if isinstance(spoilt, dict) and spoilt:
        record = to_record(game, 100.0, 0.0) | spoilt
    assert from_record(record, 0.0, 0.0) is None
