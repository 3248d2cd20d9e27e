"""Lets the canvas report at once, and hides its own toolbar, for which this page has buttons.

The canvas waits 200 ms after a stroke before it reports, more than all the rest together takes.
Its toolbar has a button that reports without waiting: it is pressed here when the pen is lifted.
The toolbar itself only shows under a mouse, with small icons, and its Clear brings back the
drawing that the canvas began with. Without this component the page works, only slower.
"""

from streamlit.components.v2 import component

_mount = component(
    "nnlab_pen_up",
    html="<span hidden></span>",
    isolate_styles=False,
    js="""
const REPORT = '.dc-toolbar button[aria-label="Update the app with this drawing"]';

function canvasIn(key) {
  const hosts = document.querySelectorAll(`.st-key-${key} *`);
  for (const host of hosts) {
    const canvas = host.shadowRoot?.querySelector('.dc-root');
    if (canvas) return canvas;
  }
  return null;
}

function tidy(key, label) {
  const canvas = canvasIn(key);
  if (!canvas) return requestAnimationFrame(() => tidy(key, label));
  canvas.querySelector('.dc-toolbar').style.visibility = 'hidden';
  const paper = canvas.querySelector('.upper-canvas') ?? canvas.querySelector('.dc-canvas');
  paper.setAttribute('role', 'img');
  paper.setAttribute('aria-label', label);
}

export default function ({ data }) {
  let drawing = null;
  const down = (event) => {
    drawing = event.composedPath().find((part) => part.classList?.contains('dc-container'));
  };
  const up = () => {
    const root = drawing?.closest('.dc-root');
    drawing = null;
    // After the canvas's own handlers, which turn the stroke into an object.
    if (root) setTimeout(() => root.querySelector(REPORT)?.click());
  };
  const listeners = [
    ['mousedown', down], ['touchstart', down],
    ['mouseup', up], ['touchend', up], ['touchcancel', up],
  ];
  for (const [name, listener] of listeners) document.addEventListener(name, listener, true);
  tidy(data.key, data.label);
  return () => {
    for (const [name, listener] of listeners) document.removeEventListener(name, listener, true);
  };
}
""",
)


def pen_up(canvas_key: str, label: str) -> None:
    """Look after the canvas in the container `canvas_key`; `label` is its name when read aloud."""
    _mount(data={"key": canvas_key, "label": label}, key=f"{canvas_key}-pen-up")
