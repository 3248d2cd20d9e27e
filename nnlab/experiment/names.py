"""Names that people give to classes, columns and sets, so that they do nothing wherever they go.

A name comes into charts, which know a little HTML, into Markdown, tables and files. So signs that
have a meaning in one of them are replaced by others that look alike, once, when a name comes in.
"""

import unicodedata
from collections.abc import Callable

NAME_LENGTH = 30

_ALIKE = str.maketrans(
    {
        "<": "‹", ">": "›", "&": "＆", '"': "'", "`": "'", "\\": "/", "[": "(", "]": ")",
        "{": "(", "}": ")", "*": "∗", "$": "＄", "~": "∼", "|": "¦",
    }
)  # fmt: skip
# What begins an address in Markdown, and what begins a colour or an icon there.
_ADDRESSES = (("www.", "www·"), (":", "∶"))


def harmless(text: str) -> str:
    """`text` in one line of at most `NAME_LENGTH` characters, without signs that do something.

    Characters that cannot be seen, such as those that turn the direction of writing, are left out.
    """
    seen = "".join(" " if c.isspace() else c for c in text[: 4 * NAME_LENGTH] if _told(c))
    seen = unicodedata.normalize("NFC", seen)
    for sign, alike in _ADDRESSES:
        seen = seen.replace(sign, alike)
    return " ".join(seen.translate(_ALIKE).split())[:NAME_LENGTH].strip()


def _told(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in (
        "Cc",
        "Cf",
        "Cs",
        "Co",
        "Cn",
    )


def class_names(low: int, high: int) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """A check of the names of `low` to `high` classes, for a field of settings."""

    def check(names: tuple[str, ...]) -> tuple[str, ...]:
        good = all(name and harmless(name) == name for name in names)
        if not good or not low <= len(names) <= high or len(set(names)) < len(names):
            raise ValueError(
                f"must be {low} to {high} different names of at most {NAME_LENGTH} characters,"
                " without signs of HTML or Markdown"
            )
        return names

    return check
