"""How the images are divided into training, validation and test images."""

import math

import streamlit as st

from nnlab.datasets import DatasetInfo, info, info_of, sizes, split_problems
from nnlab.experiment import SIZE_COUNTS, SIZE_SHARES, Dataset, InvalidExperiment
from nnlab.ui.controls import alternative, choice, number, refusal
from nnlab.ui.state import State
from nnlab.ui.still_drawn import still_drawn

_VALIDATION = {
    "holdout": "Hold out some training images",
    "test": "Use the test images, as many tutorials do",
    "none": "None",
}
_VALIDATION_HELP = (
    "Images that the network is checked on after each epoch but never learns from. They show"
    " whether it learns or merely memorises."
)
_TEST_HELP = "Kept until the end: how the network does on images that nothing was decided on."
_FIRST_HELP = "Few images are soon learned by heart: the quickest way to see overfitting."
_TOO_KIND = (
    "Choosing settings by these images makes the final test a little too kind: it is no longer"
    " made on images that nothing was decided on."
)
_NEW_TEST_SHARE = 0.2
_NEW_TRAIN_SIZE = 500


def of_its_kind(text: str, dataset: Dataset) -> str:
    """A text about images as one about what the set has."""
    return info(dataset.name).words(text)


def split_form(state: State) -> None:
    """The fields, each with what is wrong with it, and the resulting numbers of images."""
    dataset = state.experiment.dataset
    described = info_of(dataset)
    _test(state, dataset, described)
    _validation(state, dataset)
    _first(state, dataset)
    number(
        state,
        "Seed of the split",
        "dataset.split_seed",
        dataset,
        help=of_its_kind("Which images are drawn. The same seed always draws the same.", dataset),
    )
    refusal(state)
    _result(dataset)


def _test(state: State, dataset: Dataset, described: DatasetInfo) -> None:
    if state.hidden("dataset.test_size"):
        return
    key = f"exp-{state.generation}-test-{dataset.name}"
    own = (
        f"The set's own {described.n_test:,}"
        if described.n_test
        else "A fifth of the images (it has none of its own)"
    )
    names = {True: of_its_kind(own, dataset), False: "Draw another number of them"}

    def change() -> None:
        state.edit("dataset.test_size", None if st.session_state[key] else _NEW_TEST_SHARE)

    st.selectbox(
        of_its_kind("Test images", dataset),
        (True, False),
        index=0 if dataset.test_size is None else 1,
        format_func=names.__getitem__,
        key=key,
        on_change=still_drawn(state, change),
        disabled=state.locked("dataset.test_size"),
        help=of_its_kind(_TEST_HELP, dataset),
    )
    if dataset.test_size is not None:
        everything = described.n_train + described.n_test
        _size(state, "Test size", "test_size", dataset.test_size, everything)


def _validation(state: State, dataset: Dataset) -> None:
    choice(
        state,
        of_its_kind("Validation images", dataset),
        "dataset.validation",
        dataset.validation,
        tuple(_VALIDATION),
        format_func=lambda name: of_its_kind(_VALIDATION[name], dataset),
        help=of_its_kind(_VALIDATION_HELP, dataset),
    )
    if dataset.validation == "holdout":
        size, available = dataset.validation_size, _training_pool(dataset)
        _size(state, "Validation size", "validation_size", size, available)
    elif dataset.validation == "test":
        st.caption(of_its_kind(_TOO_KIND, dataset))


def _first(state: State, dataset: Dataset) -> None:
    """Learn from a part of the training images only."""
    path, wanted = "dataset.train_size", dataset.train_size is not None
    pool = _training_pool(dataset)
    alternative(
        state,
        of_its_kind("Learn only from the first images", dataset),
        path,
        None if wanted else min(_NEW_TRAIN_SIZE, pool),
        wanted,
        help=of_its_kind(_FIRST_HELP, dataset),
    )
    if wanted:
        number(
            state, of_its_kind("Number of images to learn from", dataset), path, dataset, step=100
        )
        _problems(dataset, "train_size")


def _training_pool(dataset: Dataset) -> int:
    """Images that validation images can be held out from."""
    try:
        whole = {
            "validation": "none", "train_size": None, "augmentation": None, "drawings": None,
        }  # fmt: skip
        return sizes(dataset.model_copy(update=whole))[0]
    except InvalidExperiment:
        return info_of(dataset).n_train


def _size(state: State, label: str, field: str, size: float, available: int) -> None:
    """A size as a share in per cent, or as a number of images."""
    if state.hidden(f"dataset.{field}"):
        return
    kind, value = st.columns([1, 1], vertical_alignment="bottom")
    with kind:
        _kind(state, label, field, size, available)
    with value:
        if isinstance(size, int):
            _count(state, field, size)
        else:
            _percent(state, field, size)
    _problems(state.experiment.dataset, field)


def _problems(dataset: Dataset, field: str) -> None:
    for problem in split_problems(dataset):
        if problem.field == f"dataset.{field}":
            st.error(problem.message.capitalize(), icon=":material/error:")


def _kind(state: State, label: str, field: str, size: float, available: int) -> None:
    is_count = isinstance(size, int)
    key = f"exp-{state.generation}-{field}-kind-{is_count}"

    other = _as_share(size, available) if is_count else _as_count(size, available)

    def change() -> None:
        state.edit(f"dataset.{field}", other)

    st.segmented_control(
        label,
        ("share", "number"),
        default="number" if is_count else "share",
        required=True,
        format_func={
            "share": "Per cent",
            "number": of_its_kind("Images", state.experiment.dataset),
        }.__getitem__,
        key=key,
        on_change=still_drawn(state, change),
        width="stretch",
        disabled=state.locked(f"dataset.{field}"),
    )


def _count(state: State, field: str, size: int) -> None:
    low, high = SIZE_COUNTS
    key = f"exp-{state.generation}-{field}-count"

    def change() -> None:
        state.edit(f"dataset.{field}", int(st.session_state[key]))

    st.number_input(
        "Images",
        low,
        high,
        size,
        100,
        key=key,
        on_change=still_drawn(state, change),
        label_visibility="collapsed",
        disabled=state.locked(f"dataset.{field}"),
    )


def _percent(state: State, field: str, size: float) -> None:
    low, high = SIZE_SHARES
    key = f"exp-{state.generation}-{field}-percent"

    def change() -> None:
        state.edit(f"dataset.{field}", round(st.session_state[key] / 100, 4))

    st.number_input(
        "Per cent",
        100 * low,
        100 * high,
        round(100 * size, 2),
        1.0,
        format="%g",
        key=key,
        on_change=still_drawn(state, change),
        label_visibility="collapsed",
        disabled=state.locked(f"dataset.{field}"),
    )


def _as_share(size: float, available: int) -> float:
    low, high = SIZE_SHARES
    return min(max(round(size / available, 4), low), high)


def _as_count(size: float, available: int) -> int:
    low, high = SIZE_COUNTS
    return min(max(math.ceil(size * available), low), high)


def _result(dataset: Dataset) -> None:
    try:
        with_copies = sizes(dataset)[0]
        counts = sizes(dataset.model_copy(update={"augmentation": None}))
    except InvalidExperiment:
        return  # told at the field
    parts = zip(counts, ("training", "validation", "test"), strict=True)
    st.markdown(
        " · ".join(f"**{count:,}** {part}" for count, part in parts) + f" {info(dataset.name).kind}"
    )
    if dataset.augmentation is not None:
        st.caption(f"On the Train page augmentation makes {with_copies:,} training images of them.")
