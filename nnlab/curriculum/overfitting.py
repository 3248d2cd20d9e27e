"""Overfitting, validation, dropout and early stopping, in words."""

from nnlab.curriculum.lesson import Lesson, Question

LESSON = Lesson(
    name="overfitting",
    title="Overfitting",
    idea=(
        "A network can learn its training images by heart, which helps with no other image: "
        "**overfitting**. **Validation** images, held out of the training and only looked at, "
        "tell when it begins."
    ),
    summary="Train for real and see the moment when learning turns into memorising.",
    code=("network", "early_stopping", "learn"),
    concepts=("overfitting", "validation", "generalisation", "dropout", "early stopping", "epoch"),
    question=Question(
        text=(
            "512 units learn 300 images for 40 **epochs** (passes over all of them). The training "
            "loss goes to 0. And the validation loss, on 1,000 other images?"
        ),
        options=(
            "Goes to 0 as well, only later",
            "Falls, then stays where it is",
            "Falls, then rises again",
        ),
        answer=2,
        why=(
            "It is lowest after three to six epochs; then the network only grows surer of its 300 "
            "images, and of its mistakes on others. **Early stopping** ends the training after 3 "
            "epochs without a new lowest validation loss. **Dropout** sets a random share "
            "of the units to zero at "
            "each step, so that none can rely on another: with a rate of 0.8 the turn comes later "
            "and lower. What helps most is more images: try 3,000."
        ),
    ),
    after=("confusion", "initialization"),
    recipes=("e-beginner-notebook", "c-512-units", "c-extra-layer-512"),
    code_note="The same in plain Keras; your run uses nnlab's trainer, which reports every epoch",
)
