"""What can be done with the ticked runs: a new name, tags, a pin, or to delete them."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from nnlab.experiment import NAME_LENGTH, InvalidExperiment
from nnlab.runs.run import Run, RunNotFound
from nnlab.runs.run_labels import InvalidLabel, RunLabel, RunLabels, parse_tags
from nnlab.ui.compare.listed import Labels
from nnlab.ui.compare.look import Look
from nnlab.ui.plain import plain
from nnlab.ui.resources import engine


def actions(owner: str, chosen: Sequence[Run], labels: Labels, look: Look) -> None:
    """Buttons for the ticked runs."""
    with st.container(horizontal=True, gap="small", key="compare-actions"):
        _pin(owner, chosen, labels)
        with st.popover("Tags", icon=":material/label:"):
            _tags(owner, chosen, labels)
        if len(chosen) == 1:
            with st.popover("Rename", icon=":material/edit:"):
                _rename(owner, chosen[0])
        with st.popover("Delete", icon=":material/delete:"):
            _delete(owner, chosen, look)
        st.button("Untick all", icon=":material/clear:", on_click=look.choose, args=((),))


def _pin(owner: str, chosen: Sequence[Run], labels: Labels) -> None:
    pinned = all(_label(run, labels).pinned for run in chosen)

    def turn() -> None:
        for run in chosen:
            label = RunLabel(not pinned, _label(run, labels).tags)
            _try(partial(_store().put, [run.id], owner, label))

    st.button("Unpin" if pinned else "Pin", icon=":material/push_pin:", on_click=turn)


def _tags(owner: str, chosen: Sequence[Run], labels: Labels) -> None:
    shared = [
        tag
        for tag in _label(chosen[0], labels).tags
        if all(tag in _label(run, labels).tags for run in chosen)
    ]
    with st.form(f"compare-tags-{_of(chosen)}", border=False):
        text = st.text_input("Tags of the ticked runs", ", ".join(shared), max_chars=300,
                             help="With commas between them, at most 8 a run.")  # fmt: skip
        if st.form_submit_button("Save tags") and _try(
            lambda: _put_tags(owner, chosen, labels, tuple(shared), parse_tags(text))
        ):
            st.rerun()


def _put_tags(
    owner: str,
    chosen: Sequence[Run],
    labels: Labels,
    before: tuple[str, ...],
    after: tuple[str, ...],
) -> None:
    """What all had in common is replaced; what a run has of its own stays."""
    changed = {}
    for run in chosen:
        label = _label(run, labels)
        own = [tag for tag in label.tags if tag not in before]
        changed[run.id] = RunLabel(label.pinned, parse_tags(", ".join((*after, *own))))
    for run_id, label in changed.items():
        _store().put([run_id], owner, label)


def _rename(owner: str, run: Run) -> None:
    with st.form(f"compare-name-{run.id}", border=False):
        name = st.text_input("Name", run.experiment.name, max_chars=NAME_LENGTH)
        if st.form_submit_button("Save name") and _try(
            lambda: _store().rename(run.id, owner, name)
        ):
            st.rerun()


def _delete(owner: str, chosen: Sequence[Run], look: Look) -> None:
    ended = [run for run in chosen if not run.active]
    st.write("The networks and their figures are removed for good.")
    if len(ended) < len(chosen):
        st.write("Runs that train or wait are left: stop them first.")

    def delete() -> None:
        gone = [run.id for run in ended if _try(partial(engine().delete, run.id, owner))]
        look.choose(each for each in look.chosen if each not in gone)

    noun = "run" if len(ended) == 1 else "runs"
    st.button(f"Delete {len(ended)} {noun}", type="primary", on_click=delete, disabled=not ended)


def _try(action: Callable[[], None]) -> bool:
    """False where it was refused, which is told."""
    try:
        action()
    except (RunNotFound, InvalidLabel, InvalidExperiment) as error:
        st.toast(plain(str(error)), icon=":material/error:", duration="long")
        return False
    return True


def _store() -> RunLabels:
    return RunLabels(engine().store.engine)


def _label(run: Run, labels: Labels) -> RunLabel:
    return labels.get(run.id, RunLabel())


def _of(chosen: Sequence[Run]) -> int:
    return hash(tuple(run.id for run in chosen))
