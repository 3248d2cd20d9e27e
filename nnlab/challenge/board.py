"""The score board of a class round."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nnlab.challenge.score import Score
from nnlab.joining.spreadsheet import harmless


@dataclass(frozen=True)
class Player:
    """A player as everybody in the round may see them.

    Attributes:
        id: names the player to the one who started the round; says nothing of the visitor.
        nickname: chosen by the player.
        score: the best so far; None before the first digit of the first game has ended.
        me: it is the one who asks.
    """

    id: str
    nickname: str
    score: Score | None
    me: bool = False


@dataclass(frozen=True)
class Place:
    """A line of the board. `number` is None for who has not played yet."""

    number: int | None
    player: Player


def places(players: Sequence[Player]) -> list[Place]:
    """Most points first; equal points share a place. Who has not played comes last, by name."""
    waiting = [player for player in players if player.score is None]
    played = sorted(_played(players), key=lambda each: (-each[1].points, each[0].nickname))
    points = [score.points for _, score in played]
    numbered = [Place(points.index(score.points) + 1, player) for player, score in played]
    return numbered + [Place(None, each) for each in sorted(waiting, key=lambda p: p.nickname)]


def _played(players: Sequence[Player]) -> list[tuple[Player, Score]]:
    return [(player, player.score) for player in players if player.score is not None]


def to_csv(board: Iterable[Place]) -> str:
    """The board as a table for a spreadsheet; seconds with two decimals."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["place", "nickname", "digits right", "mean seconds", "points"])
    for place in board:
        writer.writerow([place.number or "", harmless(place.player.nickname), *_cells(place)])
    return stream.getvalue()


def _cells(place: Place) -> list[str]:
    score = place.player.score
    if score is None:
        return ["", "", ""]
    mean = "" if score.mean_seconds is None else f"{score.mean_seconds:.2f}"
    return [str(score.right), mean, str(score.points)]
