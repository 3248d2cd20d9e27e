"""Tables from outside: what gives points, what is refused, and that no name does anything."""

import csv
import io
import random
import re
import unicodedata

import numpy as np
import pytest

from nnlab.datasets.own import read_own, write_own
from nnlab.datasets.own_table import (
    Columns,
    NotAPointTable,
    guessed_columns,
    points_from,
    read_table,
    table_of,
)
from nnlab.experiment.names import NAME_LENGTH, harmless


def file_of(*rows: object, head: str = "a,b,kind") -> bytes:
    return "\n".join([head, *map(str, rows)]).encode()


def own_of(content: bytes):
    table = read_table(content)
    return points_from(table, guessed_columns(table))


ROWS = [f"{i},{i * i},{'no' if i % 3 else 'yes'}" for i in range(12)]


def test_columns_are_scaled_to_the_square_and_back():
    own = own_of(file_of(*ROWS))
    values = np.array([[i, i * i] for i in range(12)], float)
    low, high = values.min(axis=0), values.max(axis=0)
    np.testing.assert_allclose(own.points, (values - low) / (high - low) * 12 - 6, atol=1e-6)
    assert own.classes == ("no", "yes")
    assert own.labels.tolist() == [1, 0, 0] * 4
    assert [axis.name for axis in own.axes] == ["a", "b"]
    back = np.stack([a.value(own.points[:, i]) for i, a in enumerate(own.axes)], axis=1)
    np.testing.assert_allclose(back, values, atol=1e-4)
    assert read_own(write_own(own)).id == own.id
    assert own_of(table_of(own).encode()).classes == own.classes


def test_decimal_commas_tabs_and_a_table_without_names():
    german = file_of(*(f"{i},5;{i * i},25;{i % 2}" for i in range(12)), head="x;y;z")
    assert own_of(german).axes[0].middle == 6.0
    tabs = "\n".join(f"{'AB'[i % 2]}\t{i}\t{-i}" for i in range(12)).encode()
    assert guessed_columns(read_table(tabs)) == Columns(1, 2, 0)
    assert [axis.name for axis in own_of(tabs).axes] == ["column 2", "column 3"]
    with_mark = "\ufeff".encode() + file_of(*ROWS)
    assert read_table(with_mark).columns == ("a", "b", "kind")


def test_classes_that_are_numbers_are_in_their_order():
    assert own_of(file_of(*(f"{i},{i},{(i % 3 - 1) * 10}" for i in range(12)))).classes == (
        "-10", "0", "10",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "UTF-8"),
        ("a,b,c\n1,2,ä".encode("latin-1"), "UTF-8"),
        ("a,b,c\n1,2,3".encode("utf-16"), "UTF-8"),
        (b"a,b,c\n1,2,\0", "no CSV file"),
        (b"", "no table"),
        (b"hello\nworld", "no table"),
        (b'a,b,c\n"1,2,3', "no CSV file, from line 2"),
        (b"a,b,c\n" + b"1" * 200_000 + b",2,3", "no CSV file"),
        (b"1" * 1_000_001, r"1\.0 MB; at most 1 MB"),
        (file_of(*ROWS[:9]), r"10 to 5,000 rows of points \(got 9\)"),
        (file_of(*["1,2,a"] * 5001), r"10 to 5,000 rows of points \(got more\)"),
        (file_of(*ROWS, "1,2"), "Row 14 has 2 columns, the first one 3"),
        (b",".join([b"1"] * 101), "101 columns"),
        (file_of(*ROWS, "1,nan,no"), r"Row 14, column “b”.*got nan"),
        (file_of(*ROWS, "1,,no"), "Row 14, column “b”.*got nothing"),
        (file_of(*ROWS, "1,1e300,no"), "Row 14, column “b”"),
        (file_of(*ROWS, "1,1_000,no"), "Row 14, column “b”"),
        (file_of(*ROWS, "1,2,"), "Row 14, column “kind”: the class is missing"),
        (file_of(*(f"1,{i},{i % 2}" for i in range(12))), "“a” has the same value everywhere"),
        (file_of(*(f"{i},{i},one" for i in range(12))), "has 1 different values; 2 to 6"),
        (file_of(*(f"{i},{i},w{i}" for i in range(12))), "has 12 different values; 2 to 6"),
        (file_of(*(f"{i},<b>{i}</b>,{i % 2}" for i in range(12))), "got ‹b›0‹/b›"),
    ],
)  # fmt: skip
def test_what_is_no_table_of_points_is_refused_with_the_place(content: bytes, told: str):
    with pytest.raises(NotAPointTable, match=told) as refused:
        points_from(read_table(content), Columns(0, 1, 2))
    assert "<" not in str(refused.value)


def test_the_same_column_cannot_be_two_things():
    with pytest.raises(NotAPointTable, match="three different columns"):
        points_from(read_table(file_of(*ROWS)), Columns(0, 0, 2))


def test_names_with_html_and_formulas_do_nothing():
    rows = [f'{i},{i},"{("=1+1", "<img src=x onerror=alert(1)>", "[a](http://b)")[i % 3]}"'
            for i in range(12)]  # fmt: skip
    own = own_of(file_of(*rows, head="<script>x</script>,+cmd|' /C calc'!A0,kind"))
    for name in (*own.classes, *(axis.name for axis in own.axes)):
        assert not re.search(r"[<>&\[\]`*$|\\]|://", name), name
    header, *lines = csv.reader(io.StringIO(table_of(own)))
    assert header[1].startswith("'+cmd")
    assert "'=1+1" in {line[2] for line in lines}
    assert not any(cell[0] in "=+@" for line in (header, *lines) for cell in line)


def test_any_name_becomes_harmless_and_stays_so():
    draw = random.Random(2)
    signs = "<>&\"'`\\[]{}*_$~|#:/w.-=+@ \t\n\0\u202e\u200b\ud800aéß漢🙂e\u0301"
    for _ in range(2000):
        name = harmless("".join(draw.choices(signs, k=draw.randint(0, 60))))
        assert harmless(name) == name
        assert len(name) <= NAME_LENGTH
        assert not set(name) & set('<>&"`\\[]{}*$~|:')
        assert all(unicodedata.category(c)[0] != "C" for c in name)
