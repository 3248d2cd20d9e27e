"""Which network reads the drawing; where there is none yet, one click trains it."""

import streamlit as st

from nnlab.datasets import info, info_of
from nnlab.experiment import OWN_IMAGES
from nnlab.runs.run import Run
from nnlab.ui.defaults import first_experiment
from nnlab.ui.draw.digits import knows_digits
from nnlab.ui.draw.ready_made import ready_made_notice
from nnlab.ui.draw.settings import draw_settings, draw_with
from nnlab.ui.kinds import has_images
from nnlab.ui.once import once
from nnlab.ui.plain import plain
from nnlab.ui.resources import engine
from nnlab.ui.run_choice import choose_run
from nnlab.ui.starting import start
from nnlab.ui.state import State
from nnlab.ui.train.run_panel import run_panel
from nnlab.work.ready_made import ready_made_run

_TOLD = 12  # names of classes in a line


def usable_runs(state: State) -> list[Run]:
    """Complete runs that this visitor may draw for: that of the house, then own ones."""
    own = [run for run in engine().store.runs_of(state.owner) if _usable(run)]
    return [*_of_the_house(), *own]


def _usable(run: Run) -> bool:
    """A network that learned from points has never seen an image."""
    return run.complete and has_images(run)


def choose_network(state: State) -> Run | None:
    """A select box of the networks that are ready, those that know digits first.

    Unless the visitor chooses another, it is the one that was made for drawings.
    """
    run = choose_run(
        state,
        "Network",
        only=_usable,
        first=knows_digits,
        shared=_of_the_house(),
        chosen_id=draw_settings(state).run_id,
        choose=lambda run_id: draw_with(state, run_id),
    )
    with st.container():
        ready_made_notice(state, run)
    # Always there: were the canvas to change its place on the page, it would begin anew.
    hint = st.container()
    if run is not None and not knows_digits(run):
        words, icon = _what_it_learned(run)
        hint.info(words, icon=icon)
    return run


def _what_it_learned(run: Run) -> tuple[str, str]:
    """What to draw for a network that does not know digits, and an icon."""
    if run.experiment.dataset.name == OWN_IMAGES:
        names = info_of(run.experiment.dataset).classes
        told = ", ".join(map(plain, names[:_TOLD])) + (" …" if len(names) > _TOLD else "")
        came = "was brought in and tested on" if run.brought_in else "learned from"
        return (
            f"This network {came} images of your own: {told}. What you draw is handed to it "
            "white on black, in the middle of the image, as digits are in MNIST. It answers best "
            "where those images looked like that.",
            ":material/image:",
        )
    return (
        "This network learned clothes, not digits. Draw trousers, a bag or an ankle boot, as "
        "a filled shape: it has only ever seen photographs.",
        ":material/checkroom:",
    )


def train_first(state: State) -> None:
    """There is no network yet: say so, train one, and watch it until one can draw."""
    run = state.run()
    if run is not None and not has_images(run):
        run = None  # nothing can be drawn for it, however it ends
    if run is None or not (run.active or run.resumable):
        _invitation(state)
    else:
        st.info(
            "The network is still learning. As soon as it is done you can draw here.",
            icon=":material/model_training:",
        )
    if run is not None:
        with st.container(border=True, key="run-panel"):
            run_panel(state)


def _invitation(state: State) -> None:
    images = info(first_experiment().dataset.name)
    with st.container(border=True, key="draw-first"):
        st.subheader("No network to draw for yet", anchor=False)
        st.markdown(
            "Before a network can read what you draw, it has to learn. The beginner network looks "
            f"at **{images.title}** five times, which takes a few seconds; you can watch it here."
        )
        st.button(
            "Train the beginner network now",
            icon=":material/play_arrow:",
            type="primary",
            on_click=once(_train),
            args=(state,),
        )
        st.page_link(
            "pages/2_Train.py", label="Or build your own", icon=":material/model_training:"
        )


def _train(state: State) -> None:
    if state.admits(first_experiment()):
        state.run_id = start(first_experiment(), state.owner) or state.run_id
    else:
        st.toast("Your task fixes what is trained: go to Train.", icon=":material/lock:")


def _of_the_house() -> list[Run]:
    run = ready_made_run(engine().store)
    return [run] if run is not None and run.complete else []
