"""The short code by which a class finds a round or a room."""

import secrets

# Without what is taken for another on a blackboard: 0 and O, 1, I and L, 2 and Z, 5 and S,
# 8 and B, U and V.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 6


class InvalidCode(ValueError):
    """This can be no code; the message says what one looks like."""


def new_code() -> str:
    """A code that cannot be guessed: one of 148 million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def parse_code(text: str) -> str:
    """The code that somebody typed, in small letters or with spaces and hyphens too.

    Raises:
        InvalidCode: it is none.
    """
    code = text.upper().replace(" ", "").replace("-", "")
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        raise InvalidCode(f"Code: {LENGTH} letters and digits, as on the board, such as 7QKX4M.")
    return code
