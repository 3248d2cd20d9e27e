"""The recipes as cards, a tab a course."""

import streamlit as st

from nnlab.architecture import summarize
from nnlab.curriculum import LESSONS, Lesson
from nnlab.datasets import info_of
from nnlab.recipes import COURSES, Course, Recipe
from nnlab.reproduction import Comparison, Verdict, latest
from nnlab.reproduction.wording import figure_name, own_figure
from nnlab.ui.learn.address import PAGE as LEARN
from nnlab.ui.learn.address import address
from nnlab.ui.opening import go_if_opened, open_button
from nnlab.ui.standing import Standing, standings
from nnlab.ui.state import State

CARDS_PER_ROW = 2
_MARKS = {
    Verdict.AGREES: ":green[:material/check: agrees]",
    Verdict.DIFFERS: ":orange[:material/not_equal: differs]",
    Verdict.MISSING: "",
}


def recipe_cards(state: State) -> None:
    """A card a recipe; its button opens the experiment on the Train page."""
    st.subheader("Recipes")
    found = standings(state.owner)
    labels = [f"{course.letter} · {course.title}" for course in COURSES.values()]
    tabs = st.tabs(labels, key="recipe-courses")
    for tab, course in zip(tabs, COURSES.values(), strict=True):
        with tab:
            _course(state, course, [s for s in found if s.recipe.course == course.letter])
    go_if_opened()


def _course(state: State, course: Course, found: list[Standing]) -> None:
    st.markdown(course.summary)
    per_row = min(CARDS_PER_ROW, len(found))
    for start in range(0, len(found), per_row):
        row = found[start : start + per_row]
        for column, standing in zip(st.columns(per_row), row, strict=False):
            with column:
                _card(state, standing)


def _card(state: State, standing: Standing) -> None:
    recipe = standing.recipe
    with st.container(border=True, key=f"recipe-{recipe.name}", height="stretch"):
        note = recipe.note if recipe.published else ""  # else it stands below
        st.markdown(f"**{recipe.title}**", help=note or None)
        st.markdown(recipe.summary)
        st.caption(_facts(recipe))
        with st.container(horizontal=True, gap="xxsmall"):
            for concept in recipe.teaches:
                st.badge(concept, color="gray")
        if recipe.published:
            st.markdown("\n".join(_line(figure) for figure in latest(recipe, standing.comparisons)))
        else:
            st.markdown(recipe.note)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            open_button(state, recipe, "Open on Train")
            for lesson in _lessons(recipe):
                st.page_link(
                    LEARN,
                    label=f":material/school: {lesson.title}",
                    query_params=address(lesson.name),
                )


def _facts(recipe: Recipe) -> str:
    experiment = recipe.experiment
    dataset = info_of(experiment.dataset)
    network = summarize(experiment, dataset.input_shape, dataset.outputs)
    return f"{dataset.title} · {network.parameters:,} parameters · {_length(recipe)}"


def _length(recipe: Recipe) -> str:
    training = recipe.experiment.training
    if training.steps_per_epoch is None:
        return "1 epoch" if training.epochs == 1 else f"{training.epochs} epochs"
    return f"{training.epochs * training.steps_per_epoch:,} steps"


def _line(figure: Comparison) -> str:
    """A published figure and ours as an item of a list."""
    published = figure.published
    who = "published" if published.source == "tutorial" else f"in {published.source}"
    text = f"- {figure_name(published)}: {who} **{published}**"
    if figure.mean is None:
        return text
    return f"{text}, ours **{own_figure(figure)}** {_MARKS[figure.verdict]}"


def _lessons(recipe: Recipe) -> list[Lesson]:
    """The lessons that lead to this recipe: back from the full size to the idea."""
    return [lesson for lesson in LESSONS.values() if recipe.name in lesson.recipes]
