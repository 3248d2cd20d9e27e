"""The settings by which the runs of a wall are told apart in a chart."""

from collections.abc import Sequence
from typing import Any

from nnlab.experiment import setting_label
from nnlab.figures.wall import in_words

_NAMED = 3


def told_apart(tasks: Sequence[int | None], settings: dict[str, list[Any]]) -> list[str]:
    """A few settings a run, in words.

    First come those with the most values among the runs of the same task, which else would all be
    named by what that task sets; equals stay in the order of `settings`.

    Args:
        tasks: the task of each run, None for none.
        settings: by dotted path, a value a run; None for what a run does not have.
    """
    words = {path: [in_words(each) for each in values] for path, values in settings.items()}
    orders = {task: _order(words, [t == task for t in tasks]) for task in set(tasks)}
    return [
        _named([path for path in orders[task] if settings[path][at] is not None], words, at)
        for at, task in enumerate(tasks)
    ]


def _order(words: dict[str, list[str]], among: list[bool]) -> list[str]:
    def values(path: str) -> int:
        return len({each for each, is_among in zip(words[path], among, strict=True) if is_among})

    return sorted(words, key=values, reverse=True)


def _named(paths: Sequence[str], words: dict[str, list[str]], at: int) -> str:
    return ", ".join(f"{setting_label(path)} {words[path][at]}" for path in paths[:_NAMED])
