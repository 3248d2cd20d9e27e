"""Initialization, in words."""

from nnlab.curriculum.lesson import Lesson, Question

LESSON = Lesson(
    name="initialization",
    title="How weights begin",
    idea=(
        "A network starts from random weights. Their spread, the standard deviation (**std**), "
        "decides whether values going forward and gradients going back **vanish**, **explode** "
        "or pass through. **Glorot's** and **He's** rules fit it to a layer's number of units "
        "(neurons)."
    ),
    summary="One slider between signals that die out and signals that explode.",
    code=("draw_weights", "forward"),
    concepts=(
        "initialization",
        "vanishing gradient",
        "exploding gradient",
        "saturation",
        "Glorot",
        "He",
    ),
    question=Question(
        text=(
            "A guess of 10 % for every digit has a loss of ln 10 = 2.3. An untrained network with "
            "one hidden layer of 50 ReLU units, weights from a standard normal (standard "
            "deviation 1): what loss does it have on real digits?"
        ),
        options=("About 2.3: it knows nothing", "About 5", "More than 50"),
        answer=2,
        why=(
            "It knows nothing, but is sure of it. A unit adds up hundreds of pixels times "
            "weights, and such a sum is large; layer after layer it grows. Logits a hundred "
            "apart make softmax say 100 % for a wrong digit. Choose relu, 1 hidden layer, 50 "
            "units, *std 1*; then *Glorot*. With *tanh*, large weights push the values to ± 1, "
            "**saturated**: most units pass no gradient on, the few others far too much. With "
            "too small weights, signal and gradient fade from layer to layer."
        ),
    ),
    after=("backpropagation", "optimizers", "overfitting"),
    recipes=("d-network-from-scratch", "d-keras-full-batch"),
)
