"""Columns that fold on a tablet: Streamlit's own only do so on a telephone."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

# In pixels of the window; at this width the sidebar leaves the page some 600.
FOLD_BELOW = 1000

_STYLE = """
<style>
  @media (max-width: {width}px) {{
    .st-key-{key} > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] {{
      flex-wrap: wrap;
    }}
    .st-key-{key} > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"]
      > [data-testid="stColumn"] {{
      flex: 1 1 calc({share}% - 1rem);
      min-width: calc({share}% - 1rem);
    }}
  }}
</style>
"""


def folding_columns(
    spec: int | Sequence[float],
    key: str,
    *,
    narrow: int = 1,
    gap: Literal["small", "medium", "large"] | None = None,
    vertical_alignment: Literal["top", "center", "bottom"] = "top",
) -> Sequence[DeltaGenerator]:
    """As `st.columns`, but only `narrow` side by side on a narrow page.

    Args:
        spec: how many, or their relative widths.
        key: unique on the page; letters and hyphens.
        narrow: how many side by side below `FOLD_BELOW`.
        vertical_alignment: where columns of different heights stand.
        gap: between them; if not said, large where they fold into one, else small.
    """
    place = st.container(key=key)
    with place:
        st.html(_STYLE.format(key=key, width=FOLD_BELOW, share=100 / narrow))
        return st.columns(
            spec,
            gap=gap or ("large" if narrow == 1 else "small"),
            vertical_alignment=vertical_alignment,
        )
