"""What a page about trained networks shows before there is one."""

import streamlit as st


def nothing_yet(title: str, words: str) -> None:
    """What is missing, what it would be good for, and the way to the Train page.

    Args:
        title: what there is none of yet.
        words: what to do, and what is then shown here.
    """
    with st.container(border=True, gap="small"):
        st.subheader(title, anchor=False)
        st.markdown(words)
        st.page_link(
            "pages/2_Train.py", label="To the Train page", icon=":material/model_training:"
        )
