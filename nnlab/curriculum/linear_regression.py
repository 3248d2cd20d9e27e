"""Linear regression by gradient descent, in words."""

from nnlab.curriculum.lesson import Lesson, Question

LESSON = Lesson(
    name="linear_regression",
    title="Linear regression",
    idea=(
        "A model is a formula with numbers to be found, here a line's slope and intercept. "
        "**Loss** is how wrong they are: the mean squared vertical distance of the points. "
        "**Gradient descent** walks downhill on it, in steps scaled by the **learning rate**."
    ),
    summary="Fit a line by hand, then let gradient descent walk down the loss.",
    code=("mean_squared_error", "gradient", "step"),
    concepts=("model", "loss", "mean squared error", "gradient", "learning rate", "divergence"),
    question=Question(
        text=(
            "From slope 1 and intercept 0, at a learning rate of 0.05, a hundred steps bring the "
            "loss from 49.6 down to 0.446. What will twice that rate, 0.10, do?"
        ),
        options=(
            "Get there in about half the steps",
            "Go past the lowest point at first, then settle there",
            "Overshoot further at every step, without end",
        ),
        answer=2,
        why=(
            "The **gradient** is the loss's slope in both directions; a step goes against it, as "
            "far as learning rate × gradient. The loss is a narrow valley. Across it the gradient "
            "changes so fast (the largest curvature is 21.8) that from a rate of 2 / 21.8 = "
            "0.0916 on, each step lands further up the other side. Try 0.090, 0.092 and 0.100 "
            "with all steps. A small rate is safe but crawls along the valley's floor."
        ),
    ),
    after=("neuron", "optimizers", "batch_size"),
    recipes=("b-mnist-gradient-descent",),
)
