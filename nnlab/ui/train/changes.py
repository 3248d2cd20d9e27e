"""What was changed while a run trained, and what is to be changed in the next one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from nnlab.experiment import Change
from nnlab.figures.changes_marked import Mark, in_words, marks_of
from nnlab.runs.run import Run
from nnlab.ui.rarely_open import rarely_open
from nnlab.ui.state import State

if TYPE_CHECKING:
    import pandas as pd

_PATH = "training.changes"
_ICON = ":material/tune:"


def changes_made(run: Run) -> None:
    """The marks of the curves in words and as a table; nothing where a run has none."""
    training = run.experiment.training
    changes = training.changes
    if not changes or run.steps_per_epoch is None:
        return
    marks = marks_of(changes, run.steps_per_epoch, training.epochs)
    st.caption(in_words(marks))
    with rarely_open(counted(len(changes)), f"changes-{run.id}", _ICON) as is_open:
        if is_open:
            st.dataframe(marked_table(marks, run.steps_per_epoch), hide_index=True)


def planned_changes(state: State) -> None:
    """Those that the form's experiment has, and the way to be rid of them."""
    changes = state.experiment.training.changes
    if not changes or state.hidden(_PATH):
        return
    with st.container(border=True):
        st.markdown(f"{_ICON} **{counted(len(changes))}**")
        st.caption(
            "This experiment is one whose settings were changed by hand while it trained. "
            "**Train** repeats them at the same steps."
        )
        with rarely_open("Which ones", f"planned-changes-{state.generation}") as is_open:
            if is_open:
                st.dataframe(table_of(changes), hide_index=True)
        st.button(
            "Remove them",
            icon=":material/close:",
            key=f"remove-changes-{state.generation}",
            disabled=state.locked(_PATH),
            on_click=state.edit,
            args=(_PATH, None),
        )


def counted(number: int) -> str:
    """E.g. `3 changes while training`."""
    return f"{number:,} change{'' if number == 1 else 's'} while training"


def marked_table(marks: Sequence[Mark], steps_per_epoch: int) -> "pd.DataFrame":
    """As `table_of`, with the number of the mark and the epoch that a change is in."""
    changes = [change for mark in marks for change in mark.changes]
    table = table_of(changes)
    table.insert(0, "Mark", [mark.number for mark in marks for _ in mark.changes])
    epochs = [round(change.step / steps_per_epoch, 2) for change in changes]
    table.insert(2, "Epoch", epochs)
    return table


def table_of(changes: Sequence[Change]) -> "pd.DataFrame":
    """A row a change: the step that is the first with it, and what it is."""
    import pandas as pd  # here, since the first page needs none of it

    steps = [change.step + 1 for change in changes]
    told = [change.becomes for change in changes]
    return pd.DataFrame({"Step": steps, "From this step on": told})
