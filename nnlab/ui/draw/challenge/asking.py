"""A digit is asked: what, how long yet, how far, and a way to pass it over."""

import numpy as np
import streamlit as st

from nnlab.challenge.game import Game
from nnlab.challenge.score import score
from nnlab.ui.draw.challenge import clock
from nnlab.ui.draw.challenge.asked import Asked, show_asked
from nnlab.ui.draw.challenge.moves import run_out, skip, stop
from nnlab.ui.draw.challenge.play import Play
from nnlab.ui.draw.reading import Reading
from nnlab.ui.draw.sheet import Sheet
from nnlab.ui.draw.verdict import confidence
from nnlab.ui.once import once
from nnlab.ui.state import State
from nnlab.ui.when_ready import draw_again_when_ready


def asking(state: State, sheet: Sheet, play: Play, game: Game, reading: Reading) -> None:
    """The question, and its buttons."""
    position = len(game.outcomes)
    with st.container(border=True, key="challenge-play"):
        show_asked(_asked(game, play, reading), on_ran_out=lambda: run_out(state, sheet, play))
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Skip",
                icon=":material/skip_next:",
                key=f"challenge-skip-{position}",
                shortcut="S",
                on_click=once(skip),
                args=(state, sheet, play, position),
            )
            st.button(
                "Stop",
                icon=":material/stop:",
                type="tertiary",
                on_click=once(stop),
                args=(state, play),
                key="challenge-stop",
            )
    if reading.waiting:
        draw_again_when_ready()


def _asked(game: Game, play: Play, reading: Reading) -> Asked:
    position = len(game.outcomes)
    return Asked(
        game=str(game.asked_at),
        position=position,
        asked=str(game.asked),
        seconds=game.rules.seconds,
        left=game.seconds_left(clock.now()),
        count=f"Digit {position + 1} of {len(game.sequence)}",
        points=f"{score(game.outcomes, game.rules).points:,} points",
        told=play.told,
        reads=_reads(game, play, reading),
        marks=_marks(game),
    )


def _reads(game: Game, play: Play, reading: Reading) -> str:
    """What the network makes of the drawing that does not count yet."""
    if reading.trouble:
        return reading.trouble
    if reading.probabilities is None or reading.image in (None, play.spent):
        return ""
    if reading.remark is not None and reading.remark.hopeless:
        return reading.remark.text
    best = int(np.argmax(reading.probabilities))
    sure = confidence(float(reading.probabilities[best]))
    if best == game.asked:
        enough = f"{100 * game.rules.confidence:.0f} %"
        return f"It reads {best}, {sure} sure; {enough} are needed."
    return f"It reads {best}, {sure} sure."


def _marks(game: Game) -> list[tuple[str, str]]:
    """Digits yet to come are not told."""
    done = [
        (str(each.asked), "right" if each.ending == "right" else "missed") for each in game.outcomes
    ]
    ahead = len(game.sequence) - len(done) - 1
    return [*done, ("", "now"), *[("", "")] * ahead]
