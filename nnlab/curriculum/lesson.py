"""What a lesson is, as words; its TensorFlow is the module of the same name in nnlab.lessons."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """To be answered before the picture is tried.

    Attributes:
        text: the question, Markdown.
        options: what can be answered.
        answer: position of the right option.
        why: told afterwards, whatever was answered: what to see in the picture, and the reason.
    """

    text: str
    options: tuple[str, ...]
    answer: int
    why: str


@dataclass(frozen=True)
class Lesson:
    """One idea, one picture, a few lines of TensorFlow, one question.

    Attributes:
        name: of its modules and in its link.
        title: two to five words.
        idea: the one thing to take away, one or two sentences of Markdown.
        summary: for its card in the overview, one short sentence.
        code: functions of `nnlab.lessons.<name>` that are shown and run.
        concepts: the field's terms that it explains.
        question: to predict first.
        after: lessons that go well after this one, by name.
        recipes: recipes that show the effect at full size, by name.
        code_note: above the code, how it and the picture belong together.
    """

    name: str
    title: str
    idea: str
    summary: str
    code: tuple[str, ...]
    concepts: tuple[str, ...]
    question: Question
    after: tuple[str, ...] = ()
    recipes: tuple[str, ...] = ()
    code_note: str = "The TensorFlow that ran for the picture"
