import base64
import io
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from PIL import Image

from nnlab.figures.images import as_pixels, data_uri, image_sheet

RNG = np.random.default_rng(0)
GREY = RNG.integers(0, 256, (28, 20), np.uint8)
RGB = RNG.integers(0, 256, (5, 7, 3), np.uint8)


def decoded(uri: str) -> np.ndarray:
    head, _, content = uri.partition(",")
    assert head == "data:image/png;base64"
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(content, validate=True))))


@pytest.mark.parametrize("image", [GREY, RGB, GREY[::2, ::-1]], ids=["grey", "rgb", "view"])
def test_a_data_uri_holds_exactly_the_pixels(image: np.ndarray):
    np.testing.assert_array_equal(decoded(data_uri(image)), image)


def test_upscaling_repeats_pixels():
    larger = decoded(data_uri(RGB, upscale=3))
    assert larger.shape == (15, 21, 3)
    np.testing.assert_array_equal(larger, np.kron(RGB, np.ones((3, 3, 1), np.uint8)))


@pytest.mark.parametrize(
    "image", [GREY / 255, GREY.ravel(), np.zeros((4, 4, 2), np.uint8), np.zeros((2, 4, 4, 3))]
)
def test_refuses_what_is_no_image(image: np.ndarray):
    with pytest.raises(ValueError, match="need uint8"):
        data_uri(image)


def test_pixels_of_another_scale_are_stretched():
    values = np.array([0, 4, 8, 16])
    assert as_pixels(values, 16.0).tolist() == [0, 64, 128, 255]
    assert as_pixels(np.array([-0.1, 0.5, 1.2]), 1.0).tolist() == [0, 128, 255]
    np.testing.assert_array_equal(as_pixels(GREY, 255.0), GREY)


class Tags(HTMLParser):
    """Every tag with its attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_a_sheet_has_each_image_with_caption_and_alt_text():
    images = [GREY, RGB]
    tags = Tags(image_sheet(images, ["5", "Ankle boot"]))
    shown = [attributes for tag, attributes in tags.found if tag == "img"]
    assert [attributes["alt"] for attributes in shown] == ["image of 5", "image of Ankle boot"]
    for attributes, image in zip(shown, images, strict=True):
        np.testing.assert_array_equal(decoded(attributes["src"]), image)
        assert "image-rendering:pixelated" in attributes["style"]
        assert "border:1px solid currentColor" in attributes["style"]
    assert tags.text == ["5", "Ankle boot"]


def test_outside_text_is_escaped():
    evil = '"><script>alert(1)</script>&'
    html = image_sheet([GREY], [evil], alts=[evil])
    tags = Tags(html)
    assert [tag for tag, _ in tags.found] == ["div", "figure", "img", "figcaption"]
    assert tags.text == [evil]
    assert tags.found[2][1]["alt"] == evil


def test_the_grid_has_at_most_so_many_columns():
    html = image_sheet([GREY] * 6, ["a"] * 6, columns=3)
    assert re.search(r"auto-fill,minmax\(max\(64px,calc\(\(100% - 20px\) / 3\)\),1fr\)", html)


def test_each_image_needs_a_caption():
    with pytest.raises(ValueError, match="zip"):
        image_sheet([GREY, GREY], ["one"])
