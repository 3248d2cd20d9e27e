"""Tensors, in words."""

from nnlab.curriculum.lesson import Lesson, Question

LESSON = Lesson(
    name="tensors",
    title="Tensors",
    idea=(
        "A **tensor** is an array of numbers with a **shape** (its size along each **axis**) and "
        "one **dtype** (the kind of number). Shapes that differ are **broadcast**, where they "
        "can be: an axis that is missing, or of size 1, is stretched to the other's size."
    ),
    summary="Multiply shapes that differ, overflow a pixel, and try to change a constant.",
    code=("multiply", "add", "set_constant", "set_variable"),
    concepts=("tensor", "axis", "shape", "dtype", "immutability", "Variable", "broadcasting"),
    question=Question(
        text=(
            "A has the shape (2, 3): 2 rows of 3. B has the shape (2,): a single axis of 2. What "
            "is A × B, element by element?"
        ),
        options=(
            "Shape (2, 3): a value of B for each row",
            "Shape (2, 2): the third column falls away",
            "An error",
        ),
        answer=2,
        why=(
            "Axes are aligned **from the right**, so B's 2 meets A's 3: sizes must be equal, or "
            "one of them 1. B has to be of shape (2, 1) to give a value to each row: try it. So "
            "[1, 2, 3] × [5] is [5, 10, 15], the one value stretched to three."
        ),
    ),
    after=("linear_regression", "neuron"),
    recipes=("a-fashion-workshop",),
)
