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

function tidy(canvas, label) {
  canvas.querySelector('.dc-toolbar').style.visibility = 'hidden';
  const paper = canvas.querySelector('.upper-canvas') ?? canvas.querySelector('.dc-canvas');
  paper.setAttribute('role', 'img');
  paper.setAttribute('aria-label', label);
}

function tidyWhenThere(key, label) {
  const canvas = canvasIn(key);
  if (canvas) tidy(canvas, label);
  else requestAnimationFrame(() => tidyWhenThere(key, label));
}

function canvasUnder(event) {
  return event.composedPath().find((part) => part.classList?.contains('dc-root'));
}

export default function ({ data }) {
  let drawing = null;
  const over = (event) => {
    const canvas = canvasUnder(event);
    if (canvas) tidy(canvas, data.label);
  };
  const down = (event) => { drawing = canvasUnder(event); };
  const up = () => {
    const canvas = drawing;
    drawing = null;
    // After the canvas's own handlers, which turn the stroke into an object.
    if (canvas) setTimeout(() => canvas.querySelector(REPORT)?.click());
  };
  const listeners = [
    ['pointerover', over], ['mousedown', down], ['touchstart', down],
    ['mouseup', up], ['touchend', up], ['touchcancel', up],
  ];
  for (const [name, listener] of listeners) document.addEventListener(name, listener, true);
  tidyWhenThere(data.key, data.label);
  return () => {
    for (const [name, listener] of listeners) document.removeEventListener(name, listener, true);
  };
}
""",
)


def pen_up(canvas_key: str, label: str) -> None:
    """Look after the canvas in the container `canvas_key`; `label` is its name when read aloud."""
    _mount(data={"key": canvas_key, "label": label}, key=f"{canvas_key}-pen-up")
