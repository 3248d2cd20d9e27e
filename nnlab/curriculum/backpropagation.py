"""Back-propagation, in words."""

from nnlab.curriculum.lesson import Lesson, Question

LESSON = Lesson(
    name="backpropagation",
    title="Back-propagation",
    idea=(
        "To lower the loss, each weight needs to know how the loss answers to it: its "
        "**gradient**. **Back-propagation** finds all of them in one walk from the loss back to "
        "the inputs: at each step it multiplies by one simple derivative (the **chain rule**)."
    ),
    summary="Walk forward with values, then back with gradients, one step at a time.",
    code=("forward", "backward", "automatic"),
    concepts=("forward pass", "loss", "gradient", "chain rule", "automatic differentiation"),
    question=Question(
        text=(
            "The input x₁ is set to 0. What is the gradient of the three weights that lead away "
            "from x₁?"
        ),
        options=(
            "As large as before: weights do not depend on inputs",
            "Exactly 0, whatever the loss",
            "The same as that of the weights that lead away from x₂",
        ),
        answer=1,
        why=(
            "The gradient of a weight is what comes back to its end, **times the value that went "
            "through it**: an input of 0 could not have changed anything, so its weights are not "
            "to blame and do not move. Set x₁ to 0 and show the last step: three times 0. A "
            "hidden unit that is always 0 is stuck in the same way."
        ),
    ),
    after=("optimizers", "initialization", "overfitting"),
    recipes=("d-keras-full-batch", "e-beginner-notebook"),
)
