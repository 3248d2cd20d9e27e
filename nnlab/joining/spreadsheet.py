"""Texts of other people in a file for a spreadsheet."""

# A spreadsheet would compute a cell that begins with one of these.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: with an apostrophe in front.

    OWASP, "CSV Injection", names the signs with which a formula may begin.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text
