"""From a chosen set to its images: read them, or say what is in the way and offer a way out."""

import streamlit as st

from nnlab.datasets import Arrays, Availability, DatasetError, arrays_of, info, status
from nnlab.experiment import InvalidExperiment
from nnlab.ui.data.choice import BUILT_IN, megabytes
from nnlab.ui.data.downloads import Download, downloads
from nnlab.ui.kinds import use_set
from nnlab.ui.own.problem import NO_IMAGES_YET, NONE_YET, own_data_problem
from nnlab.ui.state import State

LOOK_EVERY_SECONDS = 0.3


def obtain(state: State) -> Arrays | None:
    """The set that the experiment draws from; None, with a panel to mend that, without one."""
    name = state.experiment.dataset.name
    download = downloads().of(name)
    if download is not None and download.state == "running":
        st.fragment(_follow, run_every=LOOK_EVERY_SECONDS)(name)
        return None
    problem = own_data_problem(state)
    if problem in (NONE_YET, NO_IMAGES_YET):
        return None  # the panel above is there for that
    if problem is not None:
        st.info(problem, icon=":material/lock:")
        return None
    found = status(name)
    if found.state != "ready":
        _absent(state, found, download)
        return None
    try:
        with st.skeleton(height=420):
            return arrays_of(state.experiment.dataset)
    except (DatasetError, InvalidExperiment) as error:
        st.error(str(error), icon=":material/error:")
        _use_built_in(state)
        return None


def _follow(name: str) -> None:
    download = downloads().of(name)
    if download is None or download.state != "running":
        st.rerun()
    assert download is not None
    with st.container(border=True):
        st.markdown(f"**Fetching {info(name).title}**")
        st.progress(download.share, text=_progress_text(download))
        st.button(
            "Cancel",
            icon=":material/close:",
            key=f"cancel-{name}",
            disabled=download.cancelled.is_set(),
            on_click=downloads().cancel,
            args=(name,),
        )
        st.caption("You can leave this page or reload it: the download goes on.")


def _progress_text(download: Download) -> str:
    if download.cancelled.is_set():
        return "Stopping …"
    if download.done == 0:
        return "Connecting …"
    return f"{download.done / 1e6:.1f} of {download.total / 1e6:.1f} MB"


def _absent(state: State, found: Availability, download: Download | None) -> None:
    with st.container(border=True):
        _explain(found, download)
        with st.container(horizontal=True):
            if found.state == "download":
                _download_button(state.experiment.dataset.name, found, again=download is not None)
            _use_built_in(state)


def _explain(found: Availability, download: Download | None) -> None:
    if download is not None and download.state == "failed":
        st.error(download.message, icon=":material/cloud_off:")
    elif download is not None and download.state == "cancelled":
        st.info(download.message, icon=":material/info:")
    elif found.state == "download":
        st.warning(found.message, icon=":material/download:")
    else:
        st.error(found.message, icon=":material/error:")


def _download_button(name: str, found: Availability, *, again: bool) -> None:
    verb = "Try again" if again else "Download"
    st.button(
        f"{verb} ({megabytes(found.size_bytes)})",
        icon=":material/download:",
        key=f"download-{name}",
        type="primary",
        on_click=downloads().start,
        args=(name,),
    )


def _use_built_in(state: State) -> None:
    if state.experiment.dataset.name == BUILT_IN or state.locked("dataset.name"):
        return
    st.button(
        f"Use the built-in {info(BUILT_IN).title} instead",
        icon=":material/inventory_2:",
        key="use-built-in",
        on_click=use_set,
        args=(state, BUILT_IN),
    )
