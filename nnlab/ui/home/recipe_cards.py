"""The recipes as cards."""

import streamlit as st

from nnlab.architecture import summarize
from nnlab.datasets import info
from nnlab.recipes import RECIPES, Recipe
from nnlab.ui.state import State

CARDS_PER_ROW = 3


def recipe_cards(state: State) -> None:
    """A card a recipe; its button opens the experiment on the Train page."""
    st.subheader("Recipes")
    recipes = list(RECIPES.values())
    per_row = min(CARDS_PER_ROW, len(recipes))
    for start in range(0, len(recipes), per_row):
        row = recipes[start : start + per_row]
        for column, recipe in zip(st.columns(per_row), row, strict=False):
            with column:
                _card(state, recipe)
    if st.session_state.pop("nnlab_opened", False):
        st.switch_page("pages/2_Train.py")


def _card(state: State, recipe: Recipe) -> None:
    with st.container(border=True, key=f"recipe-{recipe.name}", height="stretch"):
        st.markdown(f"**{recipe.title}**")
        st.markdown(recipe.summary)
        st.caption(_facts(recipe))
        with st.container(horizontal=True, gap="xxsmall"):
            for concept in recipe.teaches:
                st.badge(concept, color="gray")
        st.button(
            "Open on Train",
            icon=":material/tune:",
            key=f"open-{recipe.name}",
            on_click=_open,
            args=(state, recipe),
        )


def _facts(recipe: Recipe) -> str:
    experiment = recipe.experiment
    dataset = info(experiment.dataset.name)
    network = summarize(experiment, dataset.input_shape, len(dataset.classes))
    parts = [dataset.title, f"{network.parameters:,} parameters"]
    parts.append(f"{experiment.training.epochs} epochs")
    if recipe.published:
        parts.append(f"reported test accuracy {recipe.published}")
    return " · ".join(parts)


def _open(state: State, recipe: Recipe) -> None:
    state.replace(recipe.experiment)
    st.session_state["nnlab_opened"] = True
