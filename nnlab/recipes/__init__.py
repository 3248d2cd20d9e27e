"""Named experiments: a tutorial's network, its published figures, and what it teaches."""

from nnlab.recipes import course_a, course_b, course_c, course_d, course_e, handwriting
from nnlab.recipes.handwriting import HANDWRITING_READY
from nnlab.recipes.recipe import Course, Published, Recipe

__all__ = [
    "COURSES",
    "FIRST_RECIPE",
    "HANDWRITING_READY",
    "RECIPES",
    "REPRODUCED",
    "Course",
    "Published",
    "Recipe",
]

_MODULES = (course_a, course_b, course_c, course_d, course_e, handwriting)

COURSES: dict[str, Course] = {module.COURSE.letter: module.COURSE for module in _MODULES}
RECIPES: dict[str, Recipe] = {
    recipe.name: recipe for module in _MODULES for recipe in module.RECIPES
}
# Those with published figures to be held against.
REPRODUCED: dict[str, Recipe] = {n: recipe for n, recipe in RECIPES.items() if recipe.published}
# What a newcomer trains.
FIRST_RECIPE = "e-beginner-notebook"
