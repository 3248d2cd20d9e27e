"""The QR code holds the text: read back by a decoder of the test's own, from the standard."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from numpy.typing import NDArray

from nnlab.figures.qr import TooLongForQR, qr_svg

URL = "https://example.org/Train?task=7QKX4M"


def modules(markup: str) -> NDArray[np.bool_]:
    """The dark modules, quiet zone included."""
    root = ElementTree.fromstring(markup)
    side = int(root.attrib["viewBox"].split()[2])
    dark = np.zeros((side, side), bool)
    path = next(p for p in root if "stroke" in p.attrib).attrib["d"]
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", path):
        values = [float(n) for n in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            dark[int(y), int(x) : int(x + values[0])] = True
            x += values[0]
    return dark


def test_three_finder_patterns_and_four_quiet_modules():
    dark = modules(qr_svg(URL, "x"))
    assert not dark[:4].any()
    assert not dark[:, :4].any()
    assert not dark[-4:].any()
    finder = np.ones((7, 7), bool)
    finder[1:6, 1:6] = False
    finder[2:5, 2:5] = True
    code = dark[4:-4, 4:-4]
    for corner in (code[:7, :7], code[:7, -7:], code[-7:, :7]):
        assert np.array_equal(corner, finder)


def test_the_text_can_be_read_from_the_modules():
    code = modules(qr_svg(URL, "x"))[4:-4, 4:-4]
    assert code.shape == (29, 29)  # version 3
    assert read_version_3(code) == URL


def read_version_3(code: NDArray[np.bool_]) -> str:
    """Byte mode of a version 3 symbol of one block: levels L and M (ISO/IEC 18004)."""
    side = len(code)
    bits = [code[8, c] for c in (0, 1, 2, 3, 4)]
    mask = int("".join("1" if bit else "0" for bit in bits), 2) ^ 0b10101
    pattern = MASKS[mask & 0b111]
    kept = reserved(side)
    stream = [
        bool(code[row, column]) ^ pattern(row, column)
        for row, column in zigzag(side)
        if not kept[row, column]
    ]
    number = int("".join("1" if bit else "0" for bit in stream[:12]), 2)
    assert number >> 8 == 0b0100  # byte mode
    length = number & 0xFF
    octets = [
        int("".join("1" if b else "0" for b in stream[12 + 8 * i : 20 + 8 * i]), 2)
        for i in range(length)
    ]
    return bytes(octets).decode()


MASKS = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, _: r % 2 == 0,
    lambda _, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)


def reserved(side: int) -> NDArray[np.bool_]:
    """Finders with separators and format, timing, and the one alignment pattern at 22."""
    kept = np.zeros((side, side), bool)
    kept[:9, :9] = kept[:9, -8:] = kept[-8:, :9] = True
    kept[6] = kept[:, 6] = True
    kept[20:25, 20:25] = True
    return kept


def zigzag(side: int):
    upwards = True
    for right in (*range(side - 1, 6, -2), 5, 3, 1):
        for row in range(side - 1, -1, -1) if upwards else range(side):
            yield row, right
            yield row, right - 1
        upwards = not upwards


def test_black_on_white_in_every_theme():
    markup = qr_svg(URL, 'A "label"')
    assert 'fill="#fff"' in markup
    assert 'stroke="#000"' in markup
    assert 'aria-label="A &quot;label&quot;"' in markup


def test_too_long_a_link_is_told():
    with pytest.raises(TooLongForQR, match="too long"):
        qr_svg("x" * 3000, "x")
