"""Multiclass logistic regression, in words."""

from nnlab.curriculum.lesson import Lesson, Question

LESSON = Lesson(
    name="logistic_regression",
    title="Logistic regression",
    idea=(
        "The simplest network that reads digits: **a weight for each pixel and digit**, a bias, "
        "softmax. Only new images, the **test** images, show whether it learnt digits or "
        "**memorised** its training images."
    ),
    summary="Watch ten weight images form, and training part from test.",
    code=("model", "cross_entropy", "train"),
    concepts=("logistic regression", "full batch", "step", "training and test set", "memorising"),
    question=Question(
        text=(
            "It learns from only 500 images, for 1,000 steps. How many of those 500 will it read "
            "right in the end, and how many of 10,000 new ones?"
        ),
        options=(
            "About 90 % of both",
            "Nearly all of both",
            "All of the 500, but far fewer of the new ones",
            "Hardly more than the 10 % of pure guessing",
        ),
        answer=2,
        why=(
            "All 500 are right after some 900 steps, yet of the new images only 83 %: 7,850 "
            "numbers are enough to **memorise** 500 images, with all their accidents. That is "
            "**overfitting**. Now train on all images: both lines end near 90 % and stay together. "
            "Nothing can be memorised there, and what is left of mistakes is what so simple a "
            "formula cannot tell apart."
        ),
    ),
    after=("overfitting", "initialization", "logits"),
    recipes=("d-logistic-500", "d-logistic-60000"),
)
