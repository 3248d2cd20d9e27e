"""A trained network from a `.keras` file: what it is, a set to ask it about, and a button."""

import logging

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError
from streamlit.runtime.uploaded_file_manager import UploadedFile

from nnlab.architecture import layer_title
from nnlab.datasets import DatasetError, info_of, status
from nnlab.datasets.uploaded import MOST_BYTES, require_size
from nnlab.datasets.uploaded.limits import UploadRefused
from nnlab.experiment import OWN_IMAGES, OWN_POINTS, Dataset, InvalidExperiment
from nnlab.experiment.names import harmless
from nnlab.keras_file import KerasFile, experiment_on, fitting_sets, read_keras_file
from nnlab.runs.own_data import IMAGES, POINTS, KeptSet
from nnlab.ui.draw.settings import draw_with
from nnlab.ui.kinds import has_images
from nnlab.ui.once import once
from nnlab.ui.plain import plain
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.work.short_tasks import WorkersNotReady

logger = logging.getLogger(__name__)
_READ, _ASKED, _DONE = "nnlab_keras_read", "nnlab_keras_asked", "nnlab_keras_done"


def bring_in_model(state: State) -> None:
    """A place to drop the file; then its layers, the sets that fit, and a button."""
    file = st.file_uploader(
        "A trained network from a `.keras` file",
        key="bring-in-model",
        type=None,  # what is in the file decides, and is told
        max_upload_size=MOST_BYTES // 1_000_000,
        help="`model.keras` of a zip, or one that you saved with Keras 3: a Sequential model of "
        "layers that there are here. It is looked through before Keras reads it, in safe mode.",
    )
    if file is None:
        st.session_state.pop(_READ, None)
        return
    if st.session_state.get(_DONE, ("", ""))[0] == file.file_id:
        _where_to_go(state, st.session_state[_DONE][1])
        return
    found = _read(file)
    try:
        if isinstance(found, UploadRefused):
            raise found
        _offer(state, file, found)
    except UploadRefused as error:
        st.error(plain(str(error)), icon=":material/error:")


def _read(file: UploadedFile) -> KerasFile | UploadRefused:
    """What is in the file, or why it is refused; the last answer is kept."""
    known = st.session_state.get(_READ)
    if known is not None and known[0] == file.file_id:
        return known[1]
    found: KerasFile | UploadRefused
    try:
        require_size(file.size)
        found = read_keras_file(file.getvalue())
    except UploadRefused as error:
        found = error
    st.session_state[_READ] = (file.file_id, found)
    return found


def _offer(state: State, file: UploadedFile, found: KerasFile) -> None:
    own = _own_sets(state)
    sets = fitting_sets(found, [kept.wanted for kept in own])
    ready = [each for each in sets if status(each.name).state == "ready"]
    st.markdown(_words(found))
    if not ready:
        titles = ", ".join(info_of(each).title for each in sets)
        st.info(f"It can be asked about {titles}. Download a set on the Data page first.")
        return
    dataset = st.selectbox(
        "The set it is tested on",
        ready,
        format_func=lambda each: _title(each, own),
        key=f"bring-in-set-{file.file_id}",
        help="Those with images of its size and as many classes. Whether it learned from them "
        "the file does not say.",
    )
    st.button(
        "Bring it in",
        key="bring-in-model-go",
        type="primary",
        icon=":material/input:",
        on_click=once(_ask),
    )
    if st.session_state.pop(_ASKED, False):
        _bring_in(state, file, found, dataset)


def _ask() -> None:
    st.session_state[_ASKED] = True


def _bring_in(state: State, file: UploadedFile, found: KerasFile, dataset: Dataset) -> None:
    name = harmless(file.name.removesuffix(".keras")) or "Network"
    experiment_on(dataset, found, name)
    try:
        with st.spinner("Testing the network …"):
            run_id = engine().bring_in(file.getvalue(), dataset, name, state.owner)
    except WorkersNotReady as error:
        st.warning(f"{error} Press the button again in some seconds.", icon=":material/schedule:")
    except (InvalidExperiment, DatasetError) as error:
        st.error(plain(str(error)), icon=":material/error:")
    except (OSError, SQLAlchemyError):
        logger.exception("a network was not brought in")
        st.error("The network was not kept: this server could not write it.")
    else:
        st.session_state[_DONE] = (file.file_id, run_id)
        del st.session_state[_READ]  # its weights are megabytes
        state.run_id = run_id
        st.rerun()


def _where_to_go(state: State, run_id: str) -> None:
    run = state.run()
    if run is None or run.id != run_id:
        st.caption("The network is among your runs. Drop another file here for another one.")
        return
    st.success("The network is here, as a run of yours.", icon=":material/check_circle:")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link("pages/3_Evaluate.py", label="Evaluate it", icon=":material/fact_check:")
        if has_images(run) and st.button(
            "Draw for it", icon=":material/draw:", type="tertiary", key="bring-in-draw"
        ):
            draw_with(state, run.id)
            st.switch_page("pages/4_Draw.py")


def _own_sets(state: State) -> list[KeptSet]:
    data = engine().own_data
    return [*data.of(state.owner, IMAGES), *data.of(state.owner, POINTS)]


def _title(dataset: Dataset, own: list[KeptSet]) -> str:
    if dataset.name not in (OWN_IMAGES, OWN_POINTS):
        return info_of(dataset).title
    wanted = dataset.own_images or dataset.own
    return next(kept.title for kept in own if kept.wanted == wanted)


def _words(found: KerasFile) -> str:
    shape = " × ".join(map(str, found.input_shape))
    layers = [*map(layer_title, found.layers), layer_title(found.output, found.classes)]
    return f"**Input {shape}** → {' → '.join(map(plain, layers))}"
