"""A piece of a script: what it does in words, and the code."""

from dataclasses import dataclass
from textwrap import fill

_WIDTH = 96


@dataclass(frozen=True)
class Section:
    """One cell of a notebook, or one stretch of a script.

    Attributes:
        title: a few words.
        words: one or a few plain sentences.
        code: Python.
    """

    title: str
    words: str
    code: str

    def as_script(self) -> str:
        """Title and words as comments over the code."""
        line = f"# --- {self.title} ".ljust(_WIDTH, "-")
        words = fill(self.words, _WIDTH, initial_indent="# ", subsequent_indent="# ")
        return f"{line}\n{words}\n\n{self.code}"

    def as_markdown(self) -> str:
        """Title and words for the cell over the code."""
        return f"## {self.title}\n\n{self.words}"
