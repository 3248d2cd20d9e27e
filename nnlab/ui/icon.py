"""The icon in the browser's tab, drawn here: Streamlit would fetch a named one from the network."""

import streamlit as st
from PIL import Image, ImageDraw

from nnlab.figures.palette import BLUE, ORANGE, SKY

SIZE = 128
_INPUTS = ((22, 28), (22, 64), (22, 100))
_HIDDEN = ((64, 46), (64, 82))
_OUTPUT = (106, 64)


@st.cache_resource(show_spinner=False)
def page_icon() -> Image.Image:
    """A small network: three inputs, two hidden units, one output."""
    image = Image.new("RGBA", (SIZE, SIZE))
    pen = ImageDraw.Draw(image)
    for hidden in _HIDDEN:
        for other in (*_INPUTS, _OUTPUT):
            pen.line([hidden, other], fill=SKY, width=5)
    for layer, colour in ((_INPUTS, BLUE), (_HIDDEN, SKY), ((_OUTPUT,), ORANGE)):
        for x, y in layer:
            pen.ellipse([x - 15, y - 15, x + 15, y + 15], fill=colour)
    return image
