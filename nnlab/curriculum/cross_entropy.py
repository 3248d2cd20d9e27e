"""Cross-entropy, MSE and accuracy, in words."""

from nnlab.curriculum.lesson import Lesson, Question

LESSON = Lesson(
    name="cross_entropy",
    title="Cross-entropy",
    idea=(
        "A prediction that gives the true class the probability p has the **cross-entropy** loss "
        "−ln p. It pulls hardest on confident mistakes. The **mean squared error** (MSE) hardly "
        "feels them, and **accuracy** only says right or wrong."
    ),
    summary="Move three predictions and see what each measure sees, and how hard it pulls.",
    code=("cross_entropy", "mse", "accuracy", "gradient"),
    concepts=("cross-entropy", "accuracy", "mean squared error", "loss and cost", "gradient"),
    question=Question(
        text=(
            "A prediction gets worse: the probability of the true class falls from 30 % to 1 %. "
            "The **gradient** is to push that class's logit up again. What becomes of the MSE's?"
        ),
        options=(
            "It grows, as the mistake does",
            "It stays about the same",
            "It nearly vanishes",
        ),
        answer=2,
        why=(
            "MSE's gradient carries softmax's own slope, p(1 − p), which is nearly 0 at p = 0.01: "
            "−0.147 falls to −0.010. The logarithm of cross-entropy cancels just that slope, which "
            "leaves p − 1: from −0.7 to −0.99. Accuracy is flat, so it has no gradient to follow. "
            "Hence one trains on cross-entropy and reports accuracy."
        ),
    ),
    after=("logistic_regression", "backpropagation", "confusion"),
    recipes=("a-fashion-workshop", "d-logistic-500"),
)
