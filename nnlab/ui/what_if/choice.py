"""Which network is asked, and at which moment of its training."""

import streamlit as st

from nnlab.runs.run import Run, RunNotFound
from nnlab.ui.evaluate.answers import answers_of
from nnlab.ui.evaluate.images import find_images
from nnlab.ui.kinds import NO_IMAGES, has_images
from nnlab.ui.nothing_yet import nothing_yet
from nnlab.ui.resources import engine
from nnlab.ui.run_choice import choose_run
from nnlab.ui.state import State
from nnlab.ui.time_bar import snapshot_at, time_bar
from nnlab.ui.what_if.subject import Subject
from nnlab.ui.wording import percent


def choose_asked(state: State) -> Run | None:
    """A select box of the runs that have a network; None, and a way on, where there is none."""
    run = choose_run(state, only=lambda run: run.complete)
    if run is None:
        nothing_yet(
            "No network to ask yet",
            "Train a network first: when its run ends, or you stop it, you can switch off parts of"
            " it here or give it noisy, turned and blurred images. Five epochs on MNIST take a few"
            " seconds.",
        )
    return run


def subject_of(run: Run, owner: str) -> Subject | None:
    """The network at the chosen moment with its test images; None, and words, without them."""
    if not has_images(run):
        st.info(
            f"{NO_IMAGES} What is asked here is asked with images; choose a network that learned"
            " from some.",
            icon=":material/scatter_plot:",
        )
        return None
    answers = answers_of(run)
    if answers is None:
        return None
    images = find_images(run, answers)
    if isinstance(images, str):
        st.warning(f"{images} Without them nothing can be asked.", icon=":material/hide_image:")
        st.page_link("pages/1_Data.py", label="To the Data page", icon=":material/grid_view:")
        return None
    return Subject.of(run, owner, _step(run), answers, images)


def others(subject: Subject) -> list[Run]:
    """The visitor's other runs on the same set, which can be compared."""
    dataset = subject.run.experiment.dataset
    same = (dataset.name, dataset.own_images)
    runs = engine().store.runs_of(subject.owner)
    return [
        run
        for run in runs
        if run.complete
        and run.id != subject.run.id
        and (run.experiment.dataset.name, run.experiment.dataset.own_images) == same
    ]


def compared(run: Run, owner: str) -> Subject | None:
    """Another run as it ended; None where its files are gone."""
    answers = answers_of(run)
    images = find_images(run, answers) if answers is not None else ""
    if answers is None or isinstance(images, str):
        return None
    return Subject.of(run, owner, None, answers, images)


def tell_images(subject: Subject) -> None:
    """On how many images the figures of this page stand."""
    asked, total = len(subject.numbers), subject.total
    if asked == total:
        words = f"All figures here are of all {total:,} test images."
    else:
        words = f"All figures here are of {asked:,} of the {total:,} test images, evenly spaced."
        if subject.step is None:
            words += f" On all of them the run has {percent(subject.run.test_accuracy, 2)}."
    st.caption(words.replace(" %", "\u00a0%"))


def _step(run: Run) -> int | None:
    """Of the chosen moment; None for the end."""
    place = time_bar(run, "what-if-moment")
    if place is None or place.end:
        return None
    try:
        recorded = snapshot_at(run, place).weights is not None
    except RunNotFound:
        recorded = False
    if not recorded:
        st.info(
            "The weights of that moment were not kept, so this is the network as the run left it.",
            icon=":material/history:",
        )
        return None
    return place.step
