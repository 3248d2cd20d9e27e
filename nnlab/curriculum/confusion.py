"""Confusion matrix and calibration, in words."""

from nnlab.curriculum.lesson import Lesson, Question

LESSON = Lesson(
    name="confusion",
    title="Confusion and confidence",
    idea=(
        "A **confusion matrix** counts answers: a row for each true digit, a column for each "
        "answer; off the diagonal stand the mistakes. The probability that comes with an answer "
        "is only the network's own claim. It is **calibrated** if, of the answers it calls 80 % "
        "sure, 80 % are right."
    ),
    summary="Read the mistakes, and test whether 90 % sure means right nine times in ten.",
    code=("probabilities", "matrix", "reliability"),
    concepts=("confusion matrix", "confidence", "calibration", "temperature", "threshold"),
    question=Question(
        text=(
            "All logits are divided by 3 (the **temperature**) before softmax. What happens to "
            "the share of right answers?"
        ),
        options=("It falls", "It stays exactly the same", "It rises"),
        answer=1,
        why=(
            "Dividing keeps the order of the ten logits, so the largest stays the largest and "
            "every answer stays: only the claims become more modest. Slide the temperature: the "
            "matrix does not move, the orange line does. A threshold (*Least confidence to "
            "answer*) is the other way round: it keeps the claims and drops the answers "
            "that are not sure enough."
        ),
    ),
    after=("tensors", "overfitting", "logits"),
    recipes=("e-beginner-notebook", "d-logistic-500"),
)
