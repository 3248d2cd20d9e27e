"""The first layer's weights as images: what each of its units looks for."""

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from nnlab.analysis.layer_weights import norms, unit_images
from nnlab.figures.diverging import coloured, furthest
from nnlab.figures.images import image_sheet
from nnlab.ui.clickable import clickable_sheet
from nnlab.ui.columns import folding_columns
from nnlab.ui.inside.look import Look
from nnlab.ui.inside.unit import unit_panel
from nnlab.ui.inside.view import View
from nnlab.ui.rarely_open import rarely_open
from nnlab.ui.tied import tied

COLUMNS, PER_PAGE = 5, 20
_SCALES = {"common": "One for all units", "own": "One for each unit"}
_ORDERS = {"number": "By number", "norm": "Largest norm first"}
Images = NDArray[np.floating]


def weights(view: View) -> None:
    """The units' weights a page at a time, and one unit large."""
    if not view.weights:
        tell_of_no_weights()
        return
    first = view.weights[0]
    pictures = unit_images(first.kernel, view.seen_shape(first.index))
    if pictures is None:
        st.info("The first layer with weights does not see an image.", icon=":material/info:")
        return
    pictures = pictures[..., 0]  # grey images, up to the first layer with weights
    sizes = norms(first.kernel)
    _controls(view.look)
    shown = _page(view.look, sizes)
    unit = view.look.unit
    if unit is None or unit not in shown:
        unit = view.look.unit = int(shown[0])
    left, right = folding_columns([6, 5], "inside-weights")
    with left:
        _sheet(view, pictures, sizes, shown)
    with right:
        unit_panel(view, pictures, unit)


def tell_of_no_weights() -> None:
    """The network was too large for its weights to be kept at each moment."""
    st.info(
        "The weights of this moment were not recorded, because the network is large. Those of the"
        " end are kept: move the slider to its right end, once the run has ended.",
        icon=":material/scale:",
    )


def _controls(look: Look) -> None:
    with st.container(horizontal=True):
        st.segmented_control(
            "Order",
            tuple(_ORDERS),
            default=look.order,
            required=True,
            format_func=_ORDERS.__getitem__,
            **tied(look, "order", look.key("order"), look.first_page),
        )
        st.segmented_control(
            "Scale of the colours",
            tuple(_SCALES),
            default=look.scale,
            required=True,
            format_func=_SCALES.__getitem__,
            **tied(look, "scale", look.key("scale")),
        )


def _page(look: Look, sizes: NDArray[np.float64]) -> NDArray[np.int64]:
    order = np.arange(len(sizes))
    if look.order == "norm":
        order = np.argsort(-np.nan_to_num(sizes, nan=np.inf), kind="stable")
    look.page = min(look.page, -(-len(sizes) // PER_PAGE))
    return order[PER_PAGE * (look.page - 1) :][:PER_PAGE]


def _sheet(
    view: View, pictures: Images, sizes: NDArray[np.float64], shown: NDArray[np.int64]
) -> None:
    look, layer = view.look, view.layers[view.weights[0].index]
    limits = [furthest(pictures if look.scale == "common" else pictures[n]) for n in shown]
    drawn = [coloured(pictures[n], limit) for n, limit in zip(shown, limits, strict=True)]
    index = view.weights[0].index
    captions = [f"{view.unit_label(index, n)} · {sizes[n]:.2f}" for n in shown.tolist()]
    alts = [f"weights of {view.unit_name(index, n)}" for n in shown.tolist()]

    def pick(position: int) -> None:
        look.unit = int(shown[position])

    plural = {"class": "classes"}.get(word := view.unit_word(index), f"{word}s")
    st.markdown(f"**{layer.title}** :gray[· the weights of its {len(sizes):,} {plural}]")
    chosen = int(np.flatnonzero(shown == look.unit)[0])
    sheet = image_sheet(drawn, captions, COLUMNS, alts)
    clickable_sheet(sheet, look.key("units"), pick, chosen)
    _pages(look, len(sizes))
    st.caption(_reading(look, limits[0]))
    with rarely_open("All units as a table", look.key("table")) as opened:
        if opened:
            _table(view, sizes)


def _pages(look: Look, total: int) -> None:
    if total <= PER_PAGE:
        st.empty()
        return
    key = look.fresh_key("page")

    def turn() -> None:
        look.page, look.unit = st.session_state[key], None

    pages = -(-total // PER_PAGE)
    st.pagination(pages, default=look.page, max_visible_pages=5, key=key, on_change=turn)


def _reading(look: Look, limit: float) -> str:
    ends = f"full colour is ±{limit:.3g}"
    scale = f"the same for all units: {ends}" if look.scale == "common" else "each unit's own"
    return (
        f"Blue: ink here raises the unit's sum. Orange: it lowers it. White: no weight. The scale"
        f" is {scale}. Below each: its number and its norm, the length of its weight vector. Click"
        " one to open it."
    )


def _table(view: View, sizes: NDArray[np.float64]) -> None:
    first = view.weights[0]
    flat = first.kernel.reshape(-1, first.units)
    frame = pd.DataFrame(
        {
            "Unit": [view.unit_name(first.index, n) for n in range(first.units)],
            "Norm": sizes,
            "Bias": first.bias,
            "Smallest weight": flat.min(axis=0),
            "Largest weight": flat.max(axis=0),
        }
    )
    style = st.column_config.NumberColumn(format="%.4f")
    st.dataframe(frame, hide_index=True, column_config=dict.fromkeys(frame.columns[1:], style))
