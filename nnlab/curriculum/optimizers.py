"""Optimizers, in words."""

from nnlab.curriculum.lesson import Lesson, Question

LESSON = Lesson(
    name="optimizers",
    title="Four optimizers race",
    idea=(
        "An **optimizer** turns gradients into steps. **SGD** (stochastic gradient descent) steps "
        "straight against the gradient; **momentum** adds 90 % of its last step; **RMSprop** "
        "divides each coordinate's gradient by its own recent size; **Adam** does both."
    ),
    summary="SGD, momentum, RMSprop and Adam on one surface, from one start.",
    code=("racers", "step"),
    concepts=("optimizer", "SGD", "momentum", "RMSprop", "Adam", "saddle point", "local minimum"),
    question=Question(
        text=(
            "Surface *two minima*, learning rate 0.1, start at x = 4.5: a shallow hollow lies on "
            "the way to the deepest point, at the left. Which one gets there in a hundred steps?"
        ),
        options=("SGD", "momentum", "RMSprop", "Adam"),
        answer=1,
        why=(
            "In the hollow the gradient is 0, and the three others come to rest there: a **local "
            "minimum**. Momentum still carries what it had, and rolls over the hump. It is speed, "
            "not knowledge: at a rate of 0.2 it stays in the hollow too. In the *valley*, see how "
            "Adam and RMSprop go straight while SGD, at 0.3, zigzags; and on the *saddle*, that "
            "none leaves a start at y = 0, where the gradient across is exactly 0."
        ),
    ),
    after=("batch_size", "initialization"),
    recipes=("c-listed-optimizer", "c-fashion-course"),
)
