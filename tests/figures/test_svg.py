from nnlab.figures.svg import element, line, square, text


def test_attributes_are_named_as_in_svg_and_escaped() -> None:
    assert (
        element("path", stroke_width=1.0, d='"M"') == '<path stroke-width="1" d="&quot;M&quot;"/>'
    )


def test_numbers_are_rounded() -> None:
    assert element("circle", r=1 / 3, cx=100.0) == '<circle r="0.33" cx="100"/>'


def test_children_are_markup() -> None:
    assert element("g", "<a/>", "<b/>") == "<g><a/><b/></g>"


def test_text_is_escaped_and_of_the_colour_of_the_page() -> None:
    assert text(1, 2, "a < b") == '<text x="1" y="2" fill="currentColor">a &lt; b</text>'
    assert 'fill="#fff"' in text(1, 2, "a", fill="#fff")


def test_path_data() -> None:
    assert line(0, 0.5, 1, 2) == "M0 0.5L1 2"
    assert square(1, 2, 3) == "M1 2h3v3h-3z"
