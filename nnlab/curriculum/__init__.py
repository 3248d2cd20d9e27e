"""The lessons, in the order in which they build on each other. No TensorFlow here."""

from nnlab.curriculum import (
    backpropagation,
    batch_size,
    confusion,
    cross_entropy,
    initialization,
    linear_regression,
    logistic_regression,
    logits,
    neuron,
    optimizers,
    overfitting,
    tensors,
)
from nnlab.curriculum.lesson import Lesson, Question
from nnlab.curriculum.source import source_of

_IN_ORDER = (
    tensors.LESSON,
    linear_regression.LESSON,
    neuron.LESSON,
    logits.LESSON,
    cross_entropy.LESSON,
    logistic_regression.LESSON,
    backpropagation.LESSON,
    optimizers.LESSON,
    batch_size.LESSON,
    initialization.LESSON,
    overfitting.LESSON,
    confusion.LESSON,
)

LESSONS: dict[str, Lesson] = {lesson.name: lesson for lesson in _IN_ORDER}

__all__ = ["LESSONS", "Lesson", "Question", "source_of"]
