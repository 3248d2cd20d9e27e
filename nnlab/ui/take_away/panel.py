"""The panel "Take away": buttons that download, and one that has the zip made."""

from collections.abc import Callable

import streamlit as st

from nnlab.export import MEMBERS, Member, RunRecord, file_stem
from nnlab.export.archive import TEXTS
from nnlab.export.kept import member_names, read_member, zip_path
from nnlab.export.private import private_files
from nnlab.runs.run import Run, RunNotFound
from nnlab.script import files_beside
from nnlab.ui.once import once
from nnlab.ui.resources import engine
from nnlab.ui.take_away.making import Made, making
from nnlab.work.slots import threads_of

LOOK_EVERY_SECONDS = 0.7
# Asked at each drawing and each download: the run, if the visitor may look at it (still).
Permitted = Callable[[], Run]

_WORDS = (
    "The script and the notebook train this network again with TensorFlow and NumPy alone and end "
    "with the same figures. The report opens in any browser, without a network."
)
_LEFT_OUT = (
    "This run learned from its owner's own data, which are not given out: the files that hold "
    "them are left out here."
)
_IN_THE_ZIP = (
    "Everything above, the model, the report, TensorBoard logs and what the script needs beside it."
)


def take_away_panel(permitted: Permitted, key: str, *, shared: bool = False) -> None:
    """Of the visitor's own run, or of one that is shared with them.

    Args:
        permitted: returns the run; raises RunNotFound where the visitor may not have it.
        key: unique on the page.
        shared: the run is somebody else's, whose own data stay out of what is offered.
    """
    run = permitted()
    if run.brought_in:
        st.caption("This network came as a file; there is nothing to take away but that file.")
        return
    private = private_files(run.experiment) if shared else frozenset()
    st.markdown(_LEFT_OUT if private else _WORDS)
    with st.container(horizontal=True, gap="small", key=f"{key}-files"):
        for member in MEMBERS:
            if member.alone and member.name not in private:
                _text_button(permitted, run, member, key)
    if not run.complete:
        st.caption("The model, the report and the zip come when the run has ended.")
        return
    is_made = making().of(run.id).state == "making"
    every = LOOK_EVERY_SECONDS if is_made else None
    # A key of its own for each case: the browser keeps the timer of a fragment it knows.
    st.fragment(_zip, run_every=every, key=f"{key}-zip-{is_made}")(permitted, key, is_made, private)


def _zip(permitted: Permitted, key: str, was_made: bool, private: frozenset[str]) -> None:
    try:
        run = permitted()
    except RunNotFound as error:  # withdrawn or deleted meanwhile
        st.error(str(error))
        return
    made = making().of(run.id)
    if (made.state == "making") != was_made:
        st.rerun()  # the timer learns that it began or ended
    _standing(made)
    if made.state == "ready":
        _downloads(permitted, run, key, private)
    elif made.state != "making":
        st.button(
            "Make the model file" if private else "Make the zip",
            key=f"{key}-make",
            icon=":material/folder_zip:",
            on_click=once(making().begin),
            args=(run.id,),
            help="`model.keras`: the trained network." if private else _IN_THE_ZIP,
        )


def _standing(made: Made) -> None:
    if made.state == "making":
        progress = made.progress
        name, share = (progress.doing, progress.share) if progress else ("", 0.0)
        st.progress(share, text=f"Making {name or 'the zip'} …")
    elif made.state == "failed":
        st.error(made.message, icon=":material/error:")


def _downloads(permitted: Permitted, run: Run, key: str, private: frozenset[str]) -> None:
    """The zip, and what is in it that no page can make by itself."""
    names = set(member_names(run.id)) - private
    with st.container(horizontal=True, gap="small", key=f"{key}-made"):
        if not private:
            _zip_button(permitted, run, key)
        for member in MEMBERS:
            if not member.alone and member.name in names:
                _member_button(permitted, member, key)
        for name in files_beside(run.experiment):
            if name in names:
                _member_button(permitted, Member(name, "read by the script", name, _BYTES), key)


def _zip_button(permitted: Permitted, run: Run, key: str) -> None:
    stem = file_stem(run.experiment.name)
    st.download_button(
        "Everything as zip",
        lambda: zip_path(permitted().id).read_bytes(),
        f"{stem}-{run.id[:8]}.zip",
        "application/zip",
        key=f"{key}-zip-file",
        icon=":material/folder_zip:",
        type="primary",
        on_click="ignore",
    )


_BYTES = "application/octet-stream"


def _member_button(permitted: Permitted, member: Member, key: str) -> None:
    _download(lambda: read_member(permitted().id, member.name), member, key)


def _text_button(permitted: Permitted, run: Run, member: Member, key: str) -> None:
    threads = threads_of(run.experiment)
    make = TEXTS[member.name]
    store = engine().store
    _download(lambda: make(RunRecord.of(permitted(), store, threads)).encode(), member, key)


def _download(data: Callable[[], bytes], member: Member, key: str) -> None:
    """Made when it is pressed, by a thread of the server."""
    st.download_button(
        member.label,
        data,
        member.name,
        member.mime,
        key=f"{key}-{member.name}",
        icon=":material/download:",
        help=f"`{member.name}`: {member.what}",
        on_click="ignore",
    )
