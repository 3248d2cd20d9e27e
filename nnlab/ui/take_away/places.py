"""The panel where it stands: on Train, on Evaluate, and on a run that is shared."""

import streamlit as st

from nnlab.runs.run import Run
from nnlab.ui.bring_in.model import bring_in_model
from nnlab.ui.columns import folding_columns
from nnlab.ui.rarely_open import rarely_open
from nnlab.ui.resources import engine, shares
from nnlab.ui.state import State
from nnlab.ui.take_away.bring_in import bring_in
from nnlab.ui.take_away.panel import Permitted, take_away_panel

_ICON = ":material/archive:"


def take_away_on_train(state: State) -> None:
    """The watched run's files; and from files, a trained network or settings."""
    run = state.run()
    if run is None:
        st.info("Train a network first; then it can be taken away.", icon=_ICON)
    else:
        take_away_panel(_own(run, state.owner), "train-take")
    st.divider()
    st.subheader("Bring in", anchor=False)
    left, right = folding_columns(2, "bring-in-places")
    with left:
        bring_in_model(state)
    with right:
        bring_in(state)


def take_away_on_evaluate(run: Run, owner: str) -> None:
    """In an expander whose content is made while it is open."""
    _expander(_own(run, owner), "evaluate-take")


def take_away_shared(token: str) -> None:
    """For who has a link, as long as it holds."""
    held = shares()
    _expander(lambda: held.run(token), "shared-take", shared=True)


def _own(run: Run, owner: str) -> Permitted:
    store, run_id = engine().store, run.id
    return lambda: store.readable(run_id, owner)


def _expander(permitted: Permitted, key: str, *, shared: bool = False) -> None:
    with rarely_open("Take away", f"{key}-panel", _ICON) as is_open:
        if is_open:
            take_away_panel(permitted, key, shared=shared)
