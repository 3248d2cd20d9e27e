"""The challenge beside the paper: what is drawn depends on how far the visitor is."""

import numpy as np
import streamlit as st

from nnlab.challenge.game import Game
from nnlab.runs.run import Run
from nnlab.ui.draw.challenge import clock
from nnlab.ui.draw.challenge.address import follow_link
from nnlab.ui.draw.challenge.asking import asking
from nnlab.ui.draw.challenge.lobby import lobby
from nnlab.ui.draw.challenge.moves import move
from nnlab.ui.draw.challenge.play import Play, play_of
from nnlab.ui.draw.challenge.rerun import rerun
from nnlab.ui.draw.challenge.setup import setup
from nnlab.ui.draw.challenge.summary import summary
from nnlab.ui.draw.digits import knows_digits
from nnlab.ui.draw.reading import Reading
from nnlab.ui.draw.sheet import Sheet
from nnlab.ui.state import State

# Where this and the paper do not fit side by side, this stands above: the digit and the seconds
# have to be seen while one draws.
_STYLE = """
<style>
  @media (max-width: 900px) {
    .st-key-draw-contest > :has([class*="st-key-challenge-"]) {order: -1;}
  }
</style>
"""


def challenge(state: State, run: Run, sheet: Sheet, reading: Reading) -> None:
    """Ask for digits, or set a round up, or sum it up; to be called after the paper, in a fragment.

    When a digit has ended, the sheet is cleared and the fragment drawn anew at once, so that
    nothing after this call is drawn.

    Args:
        state: the visitor.
        run: whose network reads.
        sheet: the paper.
        reading: the network's answer to it.
    """
    if not knows_digits(run):
        _no_digits()
        return
    st.html(_STYLE)
    play = play_of(state)
    follow_link(play)
    if play.game is not None and not play.game.over:
        if move(state, sheet, play, _looked(play.game, play, reading)):
            rerun()
        asking(state, sheet, play, play.game, reading)
    elif play.game is not None:
        summary(state, sheet, play, play.game)
    elif play.code is not None:
        lobby(state, run, sheet, play, play.code)
    else:
        setup(state, run, sheet, play)


def _looked(game: Game, play: Play, reading: Reading) -> Game:
    """The game after a look at clock and drawing; a drawing that ended a digit is used up."""
    now = clock.now()
    caught_up = game.caught_up(now)
    new = reading.image is not None and reading.image != play.spent
    hopeless = reading.remark is not None and reading.remark.hopeless
    if caught_up != game or reading.probabilities is None or not new or hopeless:
        return caught_up
    best = int(np.argmax(reading.probabilities))
    return game.seen(now, best, float(reading.probabilities[best]))


def _no_digits() -> None:
    st.info(
        "The challenge asks for digits, and this network learned clothes. Choose a network that "
        "learned digits, or train one.",
        icon=":material/checkroom:",
    )
