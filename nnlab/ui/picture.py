"""Shows markup that our own figures made, inline SVG included.

`st.html` strips SVG. This is the smallest component that does not: it sets the inner HTML of an
element. The figures escape every text that comes from outside.
"""

from streamlit.components.v2 import component

_mount = component(
    "nnlab_picture",
    html='<div class="picture"></div>',
    css="""
.picture {
  color: var(--st-text-color);
  font-family: var(--st-font);
  width: 100%;
}
""",
    js="""
export default function ({ data, parentElement }) {
  const slot = parentElement.querySelector('.picture');
  if (slot.dataset.shown !== data.markup) {
    slot.innerHTML = data.markup;
    slot.dataset.shown = data.markup;
  }
}
""",
)


def picture(markup: str, key: str) -> None:
    """Show `markup`, in which every outside text is escaped already, the page's text colour on it.

    A picture drawn again under the same `key` changes in place.
    """
    _mount(data={"markup": markup}, key=key, width="stretch", height="content")
