"""Class rounds of the challenge and their scores, kept for a day.

A round is found by its code. What is told of it never names a visitor: the one who started it and
its players are compared with the one who asks, here and nowhere else.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from nnlab.challenge.board import Player
from nnlab.challenge.rules import SEEDS, Rules
from nnlab.challenge.score import Score
from nnlab.joining.code import new_code
from nnlab.joining.nickname import nickname_key
from nnlab.runs.run import utc_now
from nnlab.runs.tables import ChallengeRoundRow, ChallengeScoreRow

KEPT = timedelta(hours=24)
# A class is some 30; removed nicknames count too, so that nobody can fill the table.
MOST_PLAYERS = 200
MOST_ROUNDS = 30
_NETWORK_LENGTH = 200


class ChallengeRefused(ValueError):
    """It cannot be done; the message says why in words for the page."""


class RoundNotFound(ChallengeRefused, LookupError):
    """No such round, or not one that this visitor takes part in: the two are told alike."""

    def __init__(self) -> None:
        hours = int(KEPT.total_seconds() // 3600)
        super().__init__(
            f"Code: there is no open round of that code. A round is kept for {hours} hours."
        )


@dataclass(frozen=True)
class ClassRound:
    """A round as the one who asks may see it.

    Attributes:
        code: finds it.
        seed: of the order of the digits.
        rules: the same for all.
        network: name of the run with which it was started.
        closed: no more scores are taken.
        mine: it was started by the one who asks.
        nickname: of the one who asks; None who has not joined.
    """

    code: str
    seed: int
    rules: Rules
    network: str
    closed: bool
    mine: bool
    nickname: str | None


class Challenges:
    """Rounds in the run store's database. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    # --- rounds ---------------------------------------------------------------------------

    def start(self, owner: str, rules: Rules, network: str) -> str:
        """Open a round and return its code.

        Raises:
            ChallengeRefused: this visitor has opened too many today.
        """
        self.forget_old()
        row = ChallengeRoundRow(
            code=new_code(),
            owner=owner,
            seed=secrets.randbelow(SEEDS),
            seconds=rules.seconds,
            confidence=rules.confidence,
            network=network[:_NETWORK_LENGTH],
            created_at=utc_now(),
        )
        of_owner = select(func.count()).where(ChallengeRoundRow.owner == owner)
        with Session(self.engine) as session, session.begin():
            if (session.scalar(of_owner) or 0) >= MOST_ROUNDS:
                raise ChallengeRefused(
                    f"You have started {MOST_ROUNDS} rounds within a day; no more can be opened."
                )
            session.add(row)
            return row.code

    def get(self, code: str, asker: str) -> ClassRound:
        """The round of a code, for anybody who knows it.

        Raises:
            RoundNotFound: there is none, or its time is over.
        """
        with Session(self.engine) as session:
            return _told(session, _found(session, code), asker)

    def close(self, code: str, asker: str) -> None:
        """Take no more scores; only for the one who started it.

        Raises:
            RoundNotFound: it is not the asker's.
        """
        with Session(self.engine) as session, session.begin():
            row = _own(session, code, asker)
            row.closed_at = row.closed_at or utc_now()

    def forget_old(self) -> None:
        """Delete rounds and scores whose time is over."""
        old = utc_now() - KEPT
        with self.engine.begin() as connection:
            connection.execute(delete(ChallengeRoundRow).where(ChallengeRoundRow.created_at <= old))

    # --- players --------------------------------------------------------------------------

    def join(self, code: str, asker: str, nickname: str) -> None:
        """Take part under a nickname (already validated), or change the one that one has.

        Raises:
            RoundNotFound: no such round.
            ChallengeRefused: it is closed or full, or the nickname is taken.
        """
        try:
            with Session(self.engine) as session, session.begin():
                _lock(session, code)
                if _found(session, code).closed_at is not None:
                    raise ChallengeRefused("This round is closed; nobody can join any more.")
                _enter(session, code, asker, nickname)
        except IntegrityError as error:
            raise _taken() from error

    def record(self, code: str, asker: str, score: Score) -> bool:
        """Note a score if it is the player's best; False where none is taken (any more)."""
        mine = select(ChallengeScoreRow).where(
            ChallengeScoreRow.code == code, ChallengeScoreRow.owner == asker
        )
        with Session(self.engine) as session, session.begin():
            _lock(session, code)
            round_, row = session.get(ChallengeRoundRow, code), session.scalar(mine)
            if row is None or round_ is None or round_.closed_at or _is_old(round_):
                return False
            if row.points is None or score.points > row.points:
                row.right, row.mean_seconds, row.points = (
                    score.right,
                    score.mean_seconds,
                    score.points,
                )
            return True

    def remove(self, code: str, asker: str, player_id: str) -> None:
        """Take a player and the nickname off the board; only for the one who started the round.

        The nickname cannot be taken again in this round; its player may join under another.

        Raises:
            RoundNotFound: the round is not the asker's.
        """
        player = update(ChallengeScoreRow).where(
            ChallengeScoreRow.code == code, ChallengeScoreRow.id == player_id
        )
        with Session(self.engine) as session, session.begin():
            _own(session, code, asker)
            session.execute(player.values(owner=None, right=None, mean_seconds=None, points=None))

    def players(self, code: str, asker: str) -> list[Player]:
        """Everybody in the round, for those who take part and the one who started it.

        Raises:
            RoundNotFound: no such round, or the asker has no part in it.
        """
        query = select(ChallengeScoreRow).where(
            ChallengeScoreRow.code == code, ChallengeScoreRow.owner.is_not(None)
        )
        with Session(self.engine) as session:
            told = _told(session, _found(session, code), asker)
            if not told.mine and told.nickname is None:
                raise RoundNotFound
            return [_player(row, asker) for row in session.scalars(query)]


def _lock(session: Session, code: str) -> None:
    """Let one writer of this round in at a time, in every database, by a write without effect."""
    of_round = update(ChallengeRoundRow).where(ChallengeRoundRow.code == code)
    session.execute(of_round.values(seed=ChallengeRoundRow.seed))


def _found(session: Session, code: str) -> ChallengeRoundRow:
    row = session.get(ChallengeRoundRow, code)
    if row is None or _is_old(row):
        raise RoundNotFound
    return row


def _own(session: Session, code: str, asker: str) -> ChallengeRoundRow:
    row = _found(session, code)
    if row.owner != asker:
        raise RoundNotFound
    return row


def _is_old(row: ChallengeRoundRow) -> bool:
    return row.created_at <= utc_now() - KEPT


def _enter(session: Session, code: str, asker: str, nickname: str) -> None:
    key = nickname_key(nickname)
    rows = select(ChallengeScoreRow).where(ChallengeScoreRow.code == code)
    either = or_(ChallengeScoreRow.owner == asker, ChallengeScoreRow.nickname_key == key)
    found = list(session.scalars(rows.where(either)))
    if any(row.owner != asker for row in found):
        raise _taken()
    if found:
        found[0].nickname, found[0].nickname_key = nickname, key
        return
    if (session.scalar(select(func.count()).select_from(rows.subquery())) or 0) >= MOST_PLAYERS:
        raise ChallengeRefused(f"This round is full: it has {MOST_PLAYERS} players.")
    row = ChallengeScoreRow(
        id=secrets.token_hex(8), code=code, owner=asker, nickname=nickname, nickname_key=key
    )
    session.add(row)


def _taken() -> ChallengeRefused:
    return ChallengeRefused("Nickname: somebody in this round has it already; choose another.")


def _told(session: Session, row: ChallengeRoundRow, asker: str) -> ClassRound:
    mine = select(ChallengeScoreRow.nickname).where(
        ChallengeScoreRow.code == row.code, ChallengeScoreRow.owner == asker
    )
    return ClassRound(
        code=row.code,
        seed=row.seed,
        rules=Rules(row.seconds, row.confidence),
        network=row.network,
        closed=row.closed_at is not None,
        mine=row.owner == asker,
        nickname=session.scalar(mine),
    )


def _player(row: ChallengeScoreRow, asker: str) -> Player:
    score = None
    if row.points is not None and row.right is not None:
        score = Score(row.right, row.mean_seconds, row.points)
    return Player(row.id, row.nickname, score, row.owner == asker)
