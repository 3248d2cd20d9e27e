"""Text from outside, among our own Markdown, shown as it was written."""

import re

# Everything that Streamlit's Markdown gives a meaning within a line: emphasis, links and images,
# code, formulas, HTML, colours and icons (`:red[…]`), and addresses (`https:`, `www.`).
_MARKS = re.compile(r"([\\`*_\[\]<>|~$:.])")


def plain(text: str) -> str:
    """`text` with its marks escaped and its line breaks as spaces."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
