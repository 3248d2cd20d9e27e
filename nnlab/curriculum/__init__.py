"""The lessons, in the order in which they build on each other. No TensorFlow here."""

from nnlab.curriculum import logits
from nnlab.curriculum.lesson import Lesson, Question
from nnlab.curriculum.source import source_of

LESSONS: dict[str, Lesson] = {lesson.name: lesson for lesson in (logits.LESSON,)}

__all__ = ["LESSONS", "Lesson", "Question", "source_of"]
