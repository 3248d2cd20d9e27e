"""What somebody in a class may be called."""

import unicodedata

LONGEST = 20


class InvalidNickname(ValueError):
    """Not allowed; the message says what is."""


def parse_nickname(text: str) -> str:
    """The nickname, trimmed, with single spaces, in Unicode's composed form.

    Raises:
        InvalidNickname: it is empty, too long, or has characters that do not show.
    """
    name = unicodedata.normalize("NFC", text.strip())
    if any(unicodedata.category(character).startswith("C") for character in name):
        raise InvalidNickname("Nickname: letters, digits, signs and spaces only.")
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST:
        raise InvalidNickname(f"Nickname: 1 to {LONGEST} characters, please.")
    return name


def nickname_key(name: str) -> str:
    """The same for names that look alike but for capitals or the width of letters."""
    return unicodedata.normalize("NFKC", name).casefold()
