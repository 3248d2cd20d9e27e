"""Logits and softmax, in words."""

from nnlab.curriculum.lesson import Lesson, Question

LESSON = Lesson(
    name="logits",
    title="Logits and softmax",
    idea=(
        "A network's last layer gives any numbers, the **logits**. **Softmax** turns them into "
        "probabilities: each logit z becomes exp(z), divided by the sum of all these exponentials. "
        "Only differences between logits count."
    ),
    summary="Drag ten logits, watch ten probabilities share one whole, and make a formula break.",
    code=("naive_softmax", "stable_softmax"),
    concepts=("logits", "softmax", "numerical overflow"),
    question=Question(
        text=(
            "All ten logits are raised by the same 80. What do the probabilities do, "
            "computed exactly?"
        ),
        options=("All of them grow", "Nothing changes", "The largest one takes everything"),
        answer=1,
        why=(
            "The common factor cancels: exp(z + 80) = exp(z) · exp(80), above and below the "
            "fraction. So a library may subtract the largest logit first, and must: in float32 "
            "exp overflows above about 88.7, and ∞ / ∞ is **NaN**, not a number. Move *Added to "
            "all ten*: the orange exponentials climb until they are lost, the blue ones stay."
        ),
    ),
    after=("cross_entropy", "confusion"),
    recipes=("a-fashion-workshop",),
)
