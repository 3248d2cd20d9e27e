"""A neuron, in words."""

from nnlab.curriculum.lesson import Lesson, Question

LESSON = Lesson(
    name="neuron",
    title="A neuron and its activation",
    idea=(
        "A **neuron** multiplies each input by a **weight**, adds a **bias**, and sends this "
        "weighted sum through an **activation function**. Neurons side by side form a **layer**. "
        "Without a bend in the activation function, many layers are worth no more than one."
    ),
    summary="Turn weights and bias, then stack two layers and see when that is worth it.",
    code=("layer", "slope", "two_layers", "one_layer"),
    concepts=(
        "neuron", "weight", "bias", "weighted sum", "activation function",
        "step, linear, sigmoid, tanh, ReLU, ELU", "non-linearity",
    ),
    question=Question(
        text=(
            "Two layers, one on top of the other, both with the **linear** activation "
            "(output = weighted sum). What can they compute that one layer cannot?"
        ),
        options=(
            "Lines with a kink",
            "Any smooth curve",
            "Nothing: one layer can do the same",
        ),
        answer=2,
        why=(
            "Write W₁ and b₁ for all weights and biases of the first layer, W₂ and b₂ for the "
            "second's. Multiplied out, (x·W₁ + b₁)·W₂ + b₂ is x·(W₁W₂) + (b₁W₂ + b₂): one layer "
            "again. "
            "Put the second layer on top and choose *linear*: both lines lie on each other, "
            "whatever you drag. With *ReLU* the two layers get kinks, with *tanh* they bend: "
            "that is what activation functions between layers are for."
        ),
    ),
    after=("logits", "backpropagation"),
    recipes=("c-extra-layer-158", "d-network-from-scratch"),
)  # fmt: skip
