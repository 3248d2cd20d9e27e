"""Home: what this is, a first step, recipes and one's own runs. And the server of all pages."""

import streamlit as st

INTRO = (
    "Build a neural network, press Train and watch real Keras learn, live. Then look at what it "
    "gets wrong, and draw a digit for it to read."
)

if __name__ == "__main__":  # Streamlit draws the page for a visitor
    from nnlab.ui.frame import page
    from nnlab.ui.home.recipe_cards import recipe_cards
    from nnlab.ui.home.runs_table import runs_table
    from nnlab.ui.home.start_here import start_here
    from nnlab.ui.share.arrival import arrival

    with page("See a neural network learn", INTRO) as state:
        if arrival(state):
            st.switch_page("pages/2_Train.py")
        start_here(state)
        recipe_cards(state)
        runs_table(state)
else:  # `streamlit run` finds `app`, imports this file and serves it
    from nnlab.ui.server import lifespan, routes

    app = st.App(__file__, routes=routes(), lifespan=lifespan)
