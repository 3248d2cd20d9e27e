"""Has the browser ask for another part of the page, from within a part that redraws itself.

A part of the page with a timer (a fragment) can draw itself or the whole page anew, no other part;
the callback of a widget can. This is a widget without a look that calls back when it is told to.
It waits while a dialog is open, which the drawing of the part that opened it would close.
"""

from collections.abc import Callable

from streamlit.components.v2 import component

_mount = component(
    "nnlab_call",
    html="<span hidden></span>",
    js="""
export default function ({ data, parentElement, setTriggerValue }) {
  const slot = parentElement.querySelector('span');
  if (slot.dataset.number === String(data.number)) return;
  slot.dataset.number = data.number;
  clearTimeout(slot.waiting);
  const call = () => {
    if (!slot.isConnected || data.number === data.quiet) return;
    if (document.querySelector('[role=dialog]')) slot.waiting = setTimeout(call, 300);
    else setTriggerValue('called', data.number);
  };
  call();
}
""",
)


def call_back(number: int, quiet: int, key: str, then: Callable[[], None]) -> None:
    """Have `then` called as a widget's callback, once for each `number` other than `quiet`.

    Args:
        number: what is known now.
        quiet: what the page shows already.
        key: unique on the page.
        then: e.g. `lambda: st.rerun("the key of a fragment")`.
    """
    _mount(data={"number": number, "quiet": quiet}, key=key, on_called_change=then)
