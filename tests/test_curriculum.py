"""The lessons' words and links, and that the code they show is theirs."""

import ast
import importlib.util
from pathlib import Path

import pytest

from nnlab.curriculum import LESSONS, Lesson, source_of
from nnlab.recipes import RECIPES

ROOT = Path(__file__).resolve().parents[1]
WIDEST_LINE = 54  # characters that fit beside the picture
EVERY_LESSON = pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)


def test_all_twelve_lessons_are_there_in_order():
    assert list(LESSONS) == [
        "tensors", "linear_regression", "neuron", "logits", "cross_entropy",
        "logistic_regression", "backpropagation", "optimizers", "batch_size", "initialization",
        "overfitting", "confusion",
    ]  # fmt: skip


@EVERY_LESSON
def test_a_lesson_has_its_modules(lesson: Lesson):
    for package in ("nnlab.lessons", "nnlab.ui.learn.lessons"):
        assert importlib.util.find_spec(f"{package}.{lesson.name}") is not None


@EVERY_LESSON
def test_the_question_has_a_right_answer_among_different_ones(lesson: Lesson):
    question = lesson.question
    assert 0 <= question.answer < len(question.options)
    assert len(set(question.options)) == len(question.options) >= 2
    assert question.text
    assert question.why


@EVERY_LESSON
def test_the_shown_code_is_three_to_ten_lines_that_fit(lesson: Lesson):
    shown = [source_of(lesson.name, name) for name in lesson.code]
    body = sum(_body_lines(source) for source in shown)
    assert 3 <= body <= 10, body
    longest = max((line for source in shown for line in source.splitlines()), key=len)
    assert len(longest) <= WIDEST_LINE, longest


def _body_lines(source: str) -> int:
    """Lines of code inside functions, `def`, decorators and blank lines not counted."""
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    first = function.body[0].lineno
    return sum(bool(line.strip()) for line in source.splitlines()[first - 1 :])


@EVERY_LESSON
def test_the_shown_code_is_cut_from_the_module_that_runs(lesson: Lesson):
    module = (ROOT / "nnlab/lessons" / f"{lesson.name}.py").read_text()
    for name in lesson.code:
        lines = source_of(lesson.name, name).splitlines()
        assert lines[-1] in module.splitlines()
        assert '"""' not in "\n".join(lines)


@EVERY_LESSON
def test_links_lead_somewhere(lesson: Lesson):
    assert lesson.after
    assert set(lesson.after) <= set(LESSONS) - {lesson.name}
    assert set(lesson.recipes) <= set(RECIPES)


def test_every_lesson_is_reached_from_another_one():
    linked = {name for lesson in LESSONS.values() for name in lesson.after}
    assert linked == set(LESSONS)


def test_unknown_code_is_told():
    with pytest.raises(LookupError, match="no lesson 'nonsense'"):
        source_of("nonsense", "anything")
    with pytest.raises(LookupError, match="no function 'nonsense'"):
        source_of("logits", "nonsense")
