import re
from html.parser import HTMLParser

import numpy as np
import pytest

from nnlab.figures import palette
from nnlab.figures.images import data_uri
from nnlab.figures.sheet import prediction_sheet

DIGITS = [str(n) for n in range(10)]
IMAGES = np.arange(4 * 28 * 28, dtype=np.int64).reshape(4, 28, 28).astype(np.uint8)
# Images 0 and 2 are right (0, 2); image 1 is taken for 9, image 3 for 0.
Y_TRUE = np.array([0, 1, 2, 3])
ANSWERS = [0, 9, 2, 0]
PROBABILITIES = np.full((4, 10), 0.02)
PROBABILITIES[range(4), ANSWERS] = 0.82


class Elements(HTMLParser):
    """All elements with their attributes, and the text of the page."""

    VOID = ("img", "br")

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "elements close in the order they were opened"

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data.strip())

    def of(self, tag: str, class_: str | None = None) -> list[dict[str, str]]:
        return [
            attributes
            for name, attributes in self.found
            if name == tag and (class_ is None or attributes.get("class") == class_)
        ]


def sheet(indices: list[int], names: list[str] = DIGITS) -> Elements:
    return Elements(prediction_sheet(IMAGES, PROBABILITIES, Y_TRUE, names, indices))


def test_one_card_for_each_chosen_image_in_their_order() -> None:
    page = sheet([3, 0])

    assert len(page.of("div", "nnlab-card")) == 2
    assert [image["src"] for image in page.of("img")] == [data_uri(IMAGES[3]), data_uri(IMAGES[0])]
    assert page.of("img")[0]["alt"] == "image 3 of the set, true class 3"
    assert page.open == []


def test_right_and_wrong_differ_in_colour_and_in_a_sign() -> None:
    for index, colour, sign, word in (
        (0, palette.RIGHT, "✓", "right"),
        (1, palette.WRONG, "✗", "wrong"),
    ):
        page = sheet([index])
        assert colour in page.of("div", "answer")[0]["style"]
        assert colour in page.of("div", "nnlab-card")[0]["style"]
        assert sign in page.words
        assert any(span.get("aria-label") == word for span in page.of("span"))


def test_words_of_a_card() -> None:
    words = " ".join(" ".join(sheet([1]).words).split())

    assert words.startswith("✗ 9 82.0% sure true: 1 no. 1")


def test_a_bar_for_each_class_as_tall_as_it_is_probable() -> None:
    styles = [bar["style"] for bar in sheet([1]).of("i")]
    heights = [float(re.search(r"height:([\d.]+)%", style)[1]) for style in styles]  # type: ignore[index]

    np.testing.assert_allclose(heights, PROBABILITIES[1] * 100)
    assert palette.WRONG in styles[9]
    assert palette.RIGHT in styles[1]
    assert all(palette.NEUTRAL in styles[label] for label in (0, 2, 3, 4, 5, 6, 7, 8))


def test_every_bar_says_its_class_and_probability() -> None:
    titles = [span["title"] for span in sheet([2]).of("span") if ": " in span.get("title", "")]

    assert titles == [f"{n}: {'82.0%' if n == 2 else '2.0%'}" for n in range(10)]


def test_the_chart_is_spoken_from_the_most_probable_down() -> None:
    assert sheet([1]).of("div", "bars")[0]["aria-label"] == "probabilities: 9 82.0%, 0 2.0%, 1 2.0%"


def test_short_names_stand_under_the_bars_and_long_ones_do_not() -> None:
    assert len(sheet([0]).of("div", "names")) == 1
    assert sheet([0], [*DIGITS[:9], "Ankle boot"]).of("div", "names") == []


def test_names_from_outside_are_text_and_never_markup() -> None:
    names = ['<script>alert("x")</script>', "\"><img src=x onerror='y'>", *DIGITS[2:9], "a & b"]
    page = sheet([0, 1], names)

    assert page.of("script") == []
    assert len(page.of("img")) == 2
    assert names[0] in page.words
    assert "a & b" in page.words
    assert any(span.get("title") == f"{names[1]}: 2.0%" for span in page.of("span"))


def test_an_answer_that_is_not_a_number() -> None:
    broken = np.full((4, 10), np.nan)
    page = Elements(prediction_sheet(IMAGES, broken, Y_TRUE, DIGITS, [1]))

    assert "not a number" in page.words
    assert all("nan" not in bar["style"] for bar in page.of("i"))


@pytest.mark.parametrize("indices", [[], np.zeros(0, int)])
def test_nothing_chosen(indices: list[int]) -> None:
    assert sheet(indices).of("div", "nnlab-card") == []


def test_what_streamlit_strips_is_not_used() -> None:
    """`st.html` keeps HTML only: no SVG, no scripts."""
    assert {tag for tag, _ in sheet([0, 1]).found} <= {"style", "div", "img", "span", "i", "b"}
