"""A code in type that can be read from the last row."""

from streamlit.components.v2 import component

_mount = component(
    "nnlab_code_sign",
    html='<div class="title"></div><div class="code"></div>',
    css="""
div {color: var(--st-text-color); font-family: var(--st-font);}
.title {font-weight: 600;}
.code {
  font-family: var(--st-code-font); font-size: 3.25rem; line-height: 1.25; font-weight: 700;
  letter-spacing: 0.12em; color: var(--st-primary-color);
}
""",
    js="""
export default function ({ data, parentElement }) {
  const code = parentElement.querySelector('.code');
  parentElement.querySelector('.title').textContent = data.title;
  code.textContent = data.code;
  // Read aloud letter by letter.
  code.setAttribute('role', 'img');
  code.setAttribute('aria-label', `Code ${[...data.code].join(' ')}`);
}
""",
)


def show_code(code: str, title: str, key: str) -> None:
    """Show the code below its title; `key` is unique on the page."""
    _mount(
        data={"code": code, "title": title},
        key=key,
        width="stretch",
        height="content",
    )
