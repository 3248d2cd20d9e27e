"""Batch size, in words."""

from nnlab.curriculum.lesson import Lesson, Question

LESSON = Lesson(
    name="batch_size",
    title="Batch size",
    idea=(
        "The gradient can be taken over all samples, or over a few drawn at random, a "
        "**mini-batch**. Small batches make many cheap, noisy steps from one **pass** over the "
        "data (an **epoch**); the full batch makes a single exact one."
    ),
    summary="One sample, a mini-batch or all: a path's noise against a step's cost.",
    code=("take", "gradient"),
    concepts=("batch", "mini-batch", "stochastic gradient", "step", "epoch"),
    question=Question(
        text=(
            "Forty points, ten passes, learning rate 0.02. Batches of 1 make 400 steps, all 40 at "
            "once make 10. How will the path of single samples end?"
        ),
        options=(
            "Further from the lowest point than the full batch's",
            "Nearer to it, but without coming to rest",
            "Exactly in it, at rest",
        ),
        answer=1,
        why=(
            "One sample's gradient points only roughly downhill, but 400 rough steps go further "
            "than 10 exact ones. At the bottom the samples still disagree, so the path goes on "
            "trembling; lower the rate and it trembles less. As to time, a step on 32 images costs "
            "little more than on one, so a pass in batches of 1 is slow: measure *Time of a pass*. "
            "Mini-batches take the best of both."
        ),
    ),
    after=("optimizers", "initialization"),
    recipes=("d-mini-batches", "d-keras-full-batch", "d-keras-fit"),
)
