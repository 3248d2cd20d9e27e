"""Codes, nicknames, and the score board."""

import csv
import io

import pytest

from nnlab.challenge.board import Player, places, to_csv
from nnlab.challenge.score import Score
from nnlab.joining.code import ALPHABET, LENGTH, InvalidCode, new_code, parse_code
from nnlab.joining.nickname import InvalidNickname, nickname_key, parse_nickname


def test_codes_differ_and_have_no_look_alikes():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)
    assert not set(ALPHABET) & set("0O1IL2Z5S8BUV")


@pytest.mark.parametrize("typed", ["7QKX4M", " 7qkx4m ", "7QK-X4M", "7qk x4m"])
def test_a_code_is_found_however_it_is_typed(typed: str):
    assert parse_code(typed) == "7QKX4M"


@pytest.mark.parametrize("typed", ["", "7QKX4", "7QKX4MM", "7QKX40", "7QKX4ß", "<b>7Q</b>", "None"])
def test_what_is_no_code_is_told(typed: str):
    with pytest.raises(InvalidCode, match="^Code: 6 letters"):
        parse_code(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada  ", "Ada"),
        ("Ada   L", "Ada L"),
        ("<b>x</b>", "<b>x</b>"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("王小明", "王小明"),
        ("x" * 20, "x" * 20),
    ],
)
def test_nicknames_are_trimmed_and_otherwise_kept(typed: str, kept: str):
    assert parse_nickname(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "   ", "x" * 21, "a\x00b", "a\nb", "a\u202eb", "\u200b", "a\u2066b"]
)
def test_other_nicknames_are_refused_by_name(typed: str):
    with pytest.raises(InvalidNickname, match="^Nickname: "):
        parse_nickname(typed)


def test_names_alike_but_for_capitals_or_width_are_the_same():
    assert nickname_key("ADA") == nickname_key("Ada") == nickname_key("\uff21da")
    assert nickname_key("Ada") != nickname_key("Adam")


def player(name: str, points: int | None, mean: float | None = 2.0) -> Player:
    return Player("0" * 16, name, None if points is None else Score(1, mean, points))


def test_most_points_come_first_and_equal_ones_share_a_place():
    board = places([player("D", None), player("C", 150), player("B", 150), player("A", 90)])
    assert [(each.number, each.player.nickname) for each in board] == [
        (1, "B"),
        (1, "C"),
        (3, "A"),
        (None, "D"),
    ]


def test_a_spreadsheet_computes_nothing_of_a_nickname():
    board = places([player("=1+1", 150, 2.25), player('"a",b', 90, None), player("@c", None)])
    rows = list(csv.reader(io.StringIO(to_csv(board))))
    assert rows[0] == ["place", "nickname", "digits right", "mean seconds", "points"]
    assert rows[1] == ["1", "'=1+1", "1", "2.25", "150"]
    assert rows[2] == ["2", '"a",b', "1", "", "90"]
    assert rows[3] == ["", "'@c", "", "", ""]
