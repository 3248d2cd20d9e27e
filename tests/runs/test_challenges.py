"""Class rounds in the store, on a real database."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from nnlab.challenge.rules import Rules
from nnlab.challenge.score import Score
from nnlab.runs import challenges as module
from nnlab.runs.challenges import KEPT, ChallengeRefused, Challenges, RoundNotFound
from nnlab.runs.database import open_database
from nnlab.runs.run import utc_now
from nnlab.runs.tables import ChallengeRoundRow, ChallengeScoreRow
from nnlab.work.engine import Engine

TEACHER, ADA, BEN, STRANGER = (letter * 32 for letter in "tabs")
RULES = Rules(15.0, 0.7)


@pytest.fixture
def rounds(database: str) -> Challenges:
    return Challenges(open_database(database))


@pytest.fixture
def code(rounds: Challenges) -> str:
    code = rounds.start(TEACHER, RULES, "Beginner network")
    rounds.join(code, ADA, "Ada")
    return code


def scores(rounds: Challenges, code: str, asker: str = TEACHER) -> dict[str, Score | None]:
    return {player.nickname: player.score for player in rounds.players(code, asker)}


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    now = utc_now() + by
    monkeypatch.setattr(module, "utc_now", lambda: now)


def test_a_round_is_the_same_for_all_who_know_its_code(rounds: Challenges, code: str):
    seen = [rounds.get(code, asker) for asker in (TEACHER, ADA, STRANGER)]
    assert {(each.seed, each.rules, each.network) for each in seen} == {
        (seen[0].seed, RULES, "Beginner network")
    }
    assert [(each.mine, each.nickname) for each in seen] == [
        (True, None),
        (False, "Ada"),
        (False, None),
    ]


def test_nothing_that_is_told_names_a_visitor(rounds: Challenges, code: str):
    told = repr([rounds.get(code, ADA), rounds.players(code, ADA), rounds.players(code, TEACHER)])
    assert not any(owner in told for owner in (TEACHER, ADA))
    ids = [player.id for player in rounds.players(code, ADA)]
    assert all(len(each) == 16 and int(each, 16) >= 0 for each in ids)


def test_a_foreign_code_looks_like_none_at_all(rounds: Challenges, code: str):
    with pytest.raises(RoundNotFound) as missing:
        rounds.get("777777", STRANGER)
    for forbidden in (
        lambda: rounds.players(code, STRANGER),
        lambda: rounds.close(code, ADA),
        lambda: rounds.remove(code, ADA, rounds.players(code, ADA)[0].id),
    ):
        with pytest.raises(RoundNotFound) as foreign:
            forbidden()
        assert str(foreign.value) == str(missing.value)
    assert not rounds.record(code, STRANGER, Score(1, 1.0, 150))
    assert scores(rounds, code) == {"Ada": None}
    assert not rounds.get(code, TEACHER).closed


def test_the_best_score_counts(rounds: Challenges, code: str):
    best = Score(2, 3.5, 330)
    for each in (Score(1, 2.0, 190), best, Score(3, 9.0, 320)):
        assert rounds.record(code, ADA, each)
    assert scores(rounds, code, ADA) == {"Ada": best}


@pytest.mark.parametrize("nickname", ["Ada", "ADA", "\uff21da"])
def test_a_nickname_is_taken_once(rounds: Challenges, code: str, nickname: str):
    with pytest.raises(ChallengeRefused, match="^Nickname: somebody"):
        rounds.join(code, BEN, nickname)
    assert rounds.get(code, BEN).nickname is None
    other = rounds.start(TEACHER, RULES, "")
    rounds.join(other, BEN, nickname)
    assert rounds.get(other, BEN).nickname == nickname


def test_joining_again_changes_the_nickname_and_keeps_the_score(rounds: Challenges, code: str):
    rounds.record(code, ADA, Score(1, 1.0, 150))
    rounds.join(code, ADA, "Countess")
    assert scores(rounds, code) == {"Countess": Score(1, 1.0, 150)}
    rounds.join(code, BEN, "Ada")
    assert set(scores(rounds, code)) == {"Countess", "Ada"}


def test_markup_in_a_nickname_is_kept_as_text(rounds: Challenges, code: str):
    rounds.join(code, BEN, "<img onerror=x>'--")
    assert "<img onerror=x>'--" in scores(rounds, code)


def test_a_removed_nickname_is_gone_for_good_but_its_player_may_return(
    rounds: Challenges, code: str
):
    rounds.record(code, ADA, Score(1, 1.0, 150))
    rounds.remove(code, TEACHER, rounds.players(code, TEACHER)[0].id)
    assert rounds.players(code, TEACHER) == []
    assert not rounds.record(code, ADA, Score(2, 1.0, 300))
    with pytest.raises(RoundNotFound):
        rounds.players(code, ADA)
    for visitor in (ADA, BEN):
        with pytest.raises(ChallengeRefused, match="^Nickname: "):
            rounds.join(code, visitor, "Ada")
    rounds.join(code, ADA, "Polite")
    assert scores(rounds, code) == {"Polite": None}


def test_one_cannot_remove_a_player_of_another_round(rounds: Challenges, code: str):
    own = rounds.start(STRANGER, RULES, "")
    rounds.remove(own, STRANGER, rounds.players(code, TEACHER)[0].id)
    assert scores(rounds, code) == {"Ada": None}


def test_a_closed_round_takes_nobody_and_no_score(rounds: Challenges, code: str):
    rounds.record(code, ADA, Score(1, 1.0, 150))
    rounds.close(code, TEACHER)
    assert rounds.get(code, ADA).closed
    assert not rounds.record(code, ADA, Score(2, 1.0, 300))
    with pytest.raises(ChallengeRefused, match="closed"):
        rounds.join(code, BEN, "Ben")
    assert scores(rounds, code, ADA) == {"Ada": Score(1, 1.0, 150)}


def test_after_its_day_a_round_is_not_found(
    rounds: Challenges, code: str, monkeypatch: pytest.MonkeyPatch
):
    later(monkeypatch, KEPT - timedelta(minutes=1))
    assert rounds.get(code, ADA).code == code
    later(monkeypatch, KEPT)
    with pytest.raises(RoundNotFound):
        rounds.get(code, TEACHER)
    with pytest.raises(RoundNotFound):
        rounds.join(code, BEN, "Ben")
    with pytest.raises(RoundNotFound):
        rounds.players(code, TEACHER)
    assert not rounds.record(code, ADA, Score(1, 1.0, 150))


def test_old_rounds_are_deleted_with_their_scores(
    rounds: Challenges, code: str, monkeypatch: pytest.MonkeyPatch
):
    later(monkeypatch, KEPT)
    new = rounds.start(TEACHER, RULES, "")
    rounds.join(new, ADA, "Ada")
    rounds.forget_old()
    with rounds.engine.connect() as connection:
        codes = list(connection.scalars(select(ChallengeRoundRow.code)))
        of_scores = list(connection.scalars(select(ChallengeScoreRow.code)))
    assert codes == of_scores == [new]


def test_a_full_round_takes_nobody_else(
    rounds: Challenges, code: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "MOST_PLAYERS", 2)
    rounds.join(code, BEN, "Ben")
    with pytest.raises(ChallengeRefused, match="full: it has 2 players"):
        rounds.join(code, STRANGER, "Eve")
    rounds.join(code, BEN, "Benny")  # who is in, may still change the nickname


def test_a_visitor_opens_so_many_rounds_and_no_more(
    rounds: Challenges, code: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "MOST_ROUNDS", 2)
    rounds.start(TEACHER, RULES, "")
    with pytest.raises(ChallengeRefused, match="2 rounds"):
        rounds.start(TEACHER, RULES, "")
    rounds.start(ADA, RULES, "")


def test_two_who_want_a_nickname_at_once(rounds: Challenges, code: str):
    both_are_here = threading.Barrier(8)

    def join(number: int) -> bool:
        both_are_here.wait(timeout=10)
        try:
            rounds.join(code, f"{number:032d}", "Max")
        except ChallengeRefused:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(join, range(8))) == 1
    assert set(scores(rounds, code)) == {"Ada", "Max"}


def test_a_class_records_at_once(rounds: Challenges, code: str):
    names = [f"{number:032d}" for number in range(20)]

    def play(owner: str) -> None:
        rounds.join(code, owner, owner[-6:])
        for points in (100, 300, 200):
            assert rounds.record(code, owner, Score(1, 1.0, points))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(play, names))
    found = scores(rounds, code)
    del found["Ada"]
    assert len(found) == 20
    assert {score.points for score in found.values() if score} == {300}
    with rounds.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(ChallengeScoreRow)) == 21


def test_the_engine_deletes_old_rounds_now_and_then(
    rounds: Challenges, code: str, monkeypatch: pytest.MonkeyPatch
):
    engine = Engine()
    engine._tidy()
    assert rounds.get(code, ADA).code == code
    later(monkeypatch, KEPT)
    engine._tidy()  # too soon to look again
    monkeypatch.setattr(engine, "_tidy_at", 0.0)
    with rounds.engine.connect() as connection:
        count = select(func.count()).select_from(ChallengeScoreRow)
        assert connection.scalar(count) == 1
        engine._tidy()
        assert connection.scalar(count) == 0
