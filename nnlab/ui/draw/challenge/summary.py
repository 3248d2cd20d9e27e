"""After the last digit: points, what was read, and once more."""

import streamlit as st

from nnlab.challenge.game import Game, Outcome
from nnlab.challenge.score import Score, points, score
from nnlab.runs.challenges import ChallengeRefused, ClassRound
from nnlab.ui.draw.challenge.board import board
from nnlab.ui.draw.challenge.moves import begin, leave, stop
from nnlab.ui.draw.challenge.play import Play
from nnlab.ui.draw.challenge.table import table
from nnlab.ui.draw.sheet import Sheet
from nnlab.ui.once import once
from nnlab.ui.resources import engine
from nnlab.ui.state import State

_COLUMNS = (("Asked", True), ("Read as", True), ("Time", True), ("Points", True))


def summary(state: State, sheet: Sheet, play: Play, game: Game) -> None:
    """The round digit by digit; below it the board of a class round."""
    total = score(game.outcomes, game.rules)
    found = _class_round(state, play)
    with st.container(border=True, key="challenge-summary"):
        st.subheader(f"{total.points:,} points", anchor=False)
        st.markdown(_in_words(total, len(game.sequence)))
        rows = [_row(outcome, game) for outcome in game.outcomes]
        table("challenge-outcomes", "Digit by digit", _COLUMNS, rows)
        _buttons(state, sheet, play, found)
    if found is not None:
        board(state, found)


def _in_words(total: Score, count: int) -> str:
    if total.mean_seconds is None:
        return f"None of {count} digits was read right."
    return f"{total.right} of {count} digits read right, in {total.mean_seconds:.1f} s on average."


def _row(outcome: Outcome, game: Game) -> list[str]:
    if outcome.seconds is not None:
        time = f"{outcome.seconds:.1f} s"
    else:
        time = "skipped" if outcome.ending == "skipped" else "time up"
    read = "nothing" if outcome.read is None else str(outcome.read)
    return [str(outcome.asked), read, time, str(points(outcome, game.rules))]


def _class_round(state: State, play: Play) -> ClassRound | None:
    """The class round in which one takes part; None on one's own, or when one no longer does."""
    if play.code is None:
        return None
    try:
        found = engine().challenges.get(play.code, state.owner)
    except ChallengeRefused:
        return None
    return found if found.nickname is not None or found.mine else None


def _buttons(state: State, sheet: Sheet, play: Play, found: ClassRound | None) -> None:
    open_ = play.code is None or (found is not None and not found.closed)
    with st.container(horizontal=True, gap="small"):
        if open_:
            st.button(
                "Play again",
                icon=":material/replay:",
                type="primary",
                key="challenge-again",
                on_click=once(begin),
                args=(state, sheet, play),
            )
        if found is not None:
            st.button(
                "Back to the round",
                icon=":material/groups:",
                key="challenge-back",
                on_click=once(stop),
                args=(state, play),
            )
        else:
            st.button(
                "Done",
                icon=":material/check:",
                key="challenge-done",
                on_click=once(leave),
                args=(state, play),
            )
