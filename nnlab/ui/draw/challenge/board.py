"""The score board of a class round; it looks again by itself while the round is open."""

import streamlit as st

from nnlab.challenge.board import Place, places, to_csv
from nnlab.runs.challenges import ChallengeRefused, ClassRound
from nnlab.ui.draw.challenge.table import table
from nnlab.ui.once import once
from nnlab.ui.resources import engine
from nnlab.ui.state import State

LOOK_EVERY_SECONDS = 2.0
_COLUMNS = (
    ("Place", True), ("Nickname", False), ("Right", True), ("Mean time", True), ("Points", True),
)  # fmt: skip


def board(state: State, found: ClassRound) -> None:
    """All players, best first; for the one who started the round also what steers it."""
    every = None if found.closed else LOOK_EVERY_SECONDS
    with st.container(border=True, key="challenge-board"):
        st.fragment(_board, run_every=every)(state, found)


def _board(state: State, found: ClassRound) -> None:
    try:
        if engine().challenges.get(found.code, state.owner) != found:
            st.rerun()  # closed meanwhile, or the nickname removed: more than the board changes
        ranked = places(engine().challenges.players(found.code, state.owner))
    except ChallengeRefused as error:  # its day is over
        st.info(str(error))
        return
    _show(found, ranked)
    if found.mine:
        _steering(state, found, ranked)


def _show(found: ClassRound, ranked: list[Place]) -> None:
    state = "Final score" if found.closed else "Live score"
    if not ranked:
        st.markdown(f"**{state}** · nobody has joined yet.")
        return
    own = [index for index, place in enumerate(ranked) if place.player.me]
    caption = f"{state}. Best game of each player. Started with the network “{found.network}”."
    table("challenge-board-table", caption, _COLUMNS, [_line(each) for each in ranked], own)


def _line(place: Place) -> list[str]:
    score = place.player.score
    if score is None or place.number is None:
        return ["", place.player.nickname, "", "", "–"]
    mean = "–" if score.mean_seconds is None else f"{score.mean_seconds:.1f} s"
    return [
        str(place.number), place.player.nickname, str(score.right), mean, f"{score.points:,}",
    ]  # fmt: skip


def _steering(state: State, found: ClassRound, ranked: list[Place]) -> None:
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Download as CSV",
            to_csv(ranked).encode("utf-8-sig"),
            f"challenge-{found.code}.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="challenge-csv",
            disabled=not ranked,
        )
        if ranked:
            _removing(state, found, ranked)
        if not found.closed:
            st.button(
                "Close the round",
                icon=":material/lock:",
                key="challenge-close",
                on_click=once(_close),
                args=(state, found.code),
                help="No more scores are taken. The board stays until the day is over.",
            )


def _removing(state: State, found: ClassRound, ranked: list[Place]) -> None:
    names = {place.player.id: place.player.nickname for place in ranked}
    with st.popover("Remove a nickname", icon=":material/person_remove:"):
        chosen = st.selectbox(
            "Nickname",
            sorted(names, key=names.__getitem__),
            format_func=names.__getitem__,
            index=None,
            key="challenge-remove-choice",
            placeholder="Choose",
        )
        st.button(
            "Remove",
            key="challenge-remove",
            disabled=chosen is None,
            on_click=once(_remove),
            args=(state, found.code, chosen),
            help="With its score. It cannot be taken again in this round.",
        )


def _close(state: State, code: str) -> None:
    try:
        engine().challenges.close(code, state.owner)
    except ChallengeRefused as error:
        st.toast(str(error))


def _remove(state: State, code: str, player_id: str) -> None:
    try:
        engine().challenges.remove(code, state.owner, player_id)
    except ChallengeRefused as error:
        st.toast(str(error))
