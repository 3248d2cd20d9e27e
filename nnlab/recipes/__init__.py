"""Named experiments: a tutorial's network, its published figures, and what it teaches."""

from nnlab.recipes import course_a, course_b, course_c, course_d, course_e
from nnlab.recipes.recipe import Course, Published, Recipe

__all__ = ["COURSES", "FIRST_RECIPE", "RECIPES", "Course", "Published", "Recipe"]

_MODULES = (course_a, course_b, course_c, course_d, course_e)

COURSES: dict[str, Course] = {module.COURSE.letter: module.COURSE for module in _MODULES}
RECIPES: dict[str, Recipe] = {
    recipe.name: recipe for module in _MODULES for recipe in module.RECIPES
}
# What a newcomer trains.
FIRST_RECIPE = "e-beginner-notebook"
