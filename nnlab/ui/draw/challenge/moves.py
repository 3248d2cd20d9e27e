"""What changes a game in play, and what goes with it: sheet, draft and the class's board."""

import logging
import secrets

from sqlalchemy.exc import SQLAlchemyError

from nnlab.challenge.game import Game, Outcome
from nnlab.challenge.rules import SEEDS, Rules, sequence
from nnlab.challenge.score import points, score
from nnlab.runs.challenges import ChallengeRefused
from nnlab.ui.draw.challenge import clock
from nnlab.ui.draw.challenge.play import Play, keep_play
from nnlab.ui.draw.kept import keep
from nnlab.ui.draw.sheet import Sheet
from nnlab.ui.resources import engine
from nnlab.ui.state import State

logger = logging.getLogger(__name__)


def begin(state: State, sheet: Sheet, play: Play) -> None:
    """The first digit is asked: of the class's sequence, or of a new one."""
    seed, rules = secrets.randbelow(SEEDS), Rules(play.seconds)
    play.refused = None
    if play.code is not None:
        try:
            found = engine().challenges.get(play.code, state.owner)
        except ChallengeRefused as error:
            play.refused, play.code, play.game = str(error), None, None
            return
        seed, rules = found.seed, found.rules
    play.game, play.told = Game(sequence(seed), rules, clock.now()), ""
    _clean(state, sheet, play)


def skip(state: State, sheet: Sheet, play: Play, position: int) -> None:
    """Give up the digit at this position; nothing if another is asked meanwhile."""
    if play.game is not None and position == len(play.game.outcomes):
        move(state, sheet, play, play.game.skipped(clock.now()))


def run_out(state: State, sheet: Sheet, play: Play) -> None:
    """The browser says that the time is up; our own clock decides."""
    if play.game is not None:
        move(state, sheet, play, play.game.caught_up(clock.now()))


def stop(state: State, play: Play) -> None:
    """Away from a game, in play or over; a class round is left by `leave`."""
    play.game, play.told, play.refused = None, "", None
    keep_play(state, play)


def leave(state: State, play: Play) -> None:
    """Out of the class round; the best score stays on its board."""
    play.code = None
    stop(state, play)


def move(state: State, sheet: Sheet, play: Play, game: Game) -> bool:
    """Take over what has become of the game; whether a digit has ended with it."""
    before = len(play.game.outcomes) if play.game else 0
    play.game = game
    if len(game.outcomes) == before:
        return False
    play.told = _told(game.outcomes[before:], game.rules)
    _clean(state, sheet, play)
    _to_board(state, play, game)
    return True


def _clean(state: State, sheet: Sheet, play: Play) -> None:
    """A clean sheet for the next digit; what was on it counts no more."""
    play.spent = sheet.image or play.spent
    sheet.clear()
    keep(state, sheet)
    keep_play(state, play)


def _to_board(state: State, play: Play, game: Game) -> None:
    if play.code is None:
        return
    try:
        engine().challenges.record(play.code, state.owner, score(game.outcomes, game.rules))
    except (OSError, SQLAlchemyError):  # the next digit brings the sum once more
        logger.warning("a score could not be noted", exc_info=True)


def _told(outcomes: tuple[Outcome, ...], rules: Rules) -> str:
    return " ".join(_in_words(outcome, rules) for outcome in outcomes[-2:])


def _in_words(outcome: Outcome, rules: Rules) -> str:
    if outcome.seconds is not None:
        return f"{outcome.asked} read in {outcome.seconds:.1f} s: +{points(outcome, rules)}."
    if outcome.ending == "skipped":
        return f"{outcome.asked} skipped."
    return f"Time is up for the {outcome.asked}."
