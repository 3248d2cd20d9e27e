"""Sliders that answer while they move.

Streamlit's own slider waits a fifth of a second after the last movement before it tells anyone.
These send each position as soon as the one before was answered, so a picture moves under the
hand, and never fall behind.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st
from streamlit.components.v2 import component


@dataclass(frozen=True)
class Slider:
    """One slider of a group.

    Attributes:
        name: key of its value.
        label: in words, read aloud too.
        low, high, step: of the position.
        digits: decimals that are shown.
        power_of_ten: the value shown is 10 to the position, for learning rates and the like;
            the value itself stays the position.
        play: has a button that moves it to its end by itself, over `play_seconds`.
        unit: written after the value.
        words: what is shown instead of the value, one for each position from `low` on.
    """

    name: str
    label: str
    low: float
    high: float
    step: float
    digits: int = 2
    power_of_ten: bool = False
    play: bool = False
    play_seconds: float = 6.0
    unit: str = ""
    words: tuple[str, ...] = ()


_mount = component(
    "nnlab_sliders",
    html='<div class="group"></div>',
    css="""
.group {color: var(--st-text-color); font-family: var(--st-font); font-size: 0.875rem;}
.flat {
  display: grid; gap: 0.6rem 1.5rem;
  grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr));
}
.flat .slider {
  display: grid; grid-template-columns: 1fr auto; align-items: center; gap: 0 0.75rem;
}
.flat input {grid-column: 1 / -1; width: 100%;}
.flat .playing input {grid-column: 1;}
.upright {display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 0.25rem;}
.upright .slider {display: flex; flex-direction: column-reverse; align-items: center; gap: 0.3rem;}
.upright input {writing-mode: vertical-lr; direction: rtl; height: 9rem; width: 1.5rem;}
.upright label {max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;}
input {
  --done: var(--st-primary-color); --rest: var(--st-border-color);
  appearance: none; background: transparent; margin: 0; min-height: 1.5rem; cursor: pointer;
}
input::-webkit-slider-runnable-track {
  height: 6px; border-radius: 3px;
  background: linear-gradient(to right, var(--done) var(--fill), var(--rest) var(--fill));
}
input::-moz-range-track {height: 6px; border-radius: 3px; background: var(--rest);}
input::-moz-range-progress {height: 6px; border-radius: 3px; background: var(--done);}
input::-webkit-slider-thumb {
  appearance: none; width: 16px; height: 16px; margin: -5px; border-radius: 50%;
  background: var(--done);
}
input::-moz-range-thumb {
  width: 16px; height: 16px; border: 0; border-radius: 50%; background: var(--done);
}
.upright input::-webkit-slider-runnable-track {
  height: auto; width: 6px;
  background: linear-gradient(to top, var(--done) var(--fill), var(--rest) var(--fill));
}
input:focus-visible {
  outline: 2px solid var(--st-primary-color); outline-offset: 2px; border-radius: 4px;
}
output {font-variant-numeric: tabular-nums; font-weight: 600;}
.play {
  color: inherit; font: inherit; background: transparent; cursor: pointer; min-width: 5.25rem;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius, 0.5rem);
  padding: 0.25rem 0.75rem;
}
.play:hover, .play:focus-visible {
  border-color: var(--st-primary-color); color: var(--st-primary-color);
}
""",
    js="""
const FRAME = 60, PATIENCE = 400;  // milliseconds

function shown(spec, position) {
  if (spec.words.length) return spec.words[Math.round((position - spec.low) / spec.step)];
  const unit = spec.unit ? ` ${spec.unit}` : '';
  if (!spec.power_of_ten) return position.toFixed(spec.digits).replace('-', '\\u2212') + unit;
  return String(Number((10 ** position).toPrecision(spec.digits))) + unit;
}

function build(group, data, send) {
  group.replaceChildren();
  group.className = `group ${data.upright ? 'upright' : 'flat'}`;
  const rows = {};
  for (const spec of data.sliders) {
    const row = document.createElement('div');
    const label = document.createElement('label');
    const output = document.createElement('output');
    const input = document.createElement('input');
    row.className = 'slider';
    label.textContent = spec.label;
    label.title = spec.label;
    input.type = 'range';
    Object.assign(input, { min: spec.low, max: spec.high, step: spec.step });
    input.setAttribute('aria-label', spec.label);
    row.append(label, output, input);
    const show = () => {
      const words = shown(spec, input.valueAsNumber);
      const share = (input.valueAsNumber - spec.low) / (spec.high - spec.low);
      input.style.setProperty('--fill', `${100 * share}%`);
      output.textContent = words;
      input.setAttribute('aria-valuetext', words);
    };
    input.oninput = () => { show(); send(); };
    rows[spec.name] = { input, show, stop: () => {} };
    if (spec.play) addPlay(row, spec, rows[spec.name], send);
    group.append(row);
  }
  return rows;
}

function addPlay(row, spec, slot, send) {
  const button = document.createElement('button');
  let timer = null;
  button.className = 'play';
  button.type = 'button';
  row.classList.add('playing');
  const rest = () => { clearInterval(timer); timer = null; button.textContent = '▶ Play'; };
  const run = () => {
    const { input } = slot, low = Number(spec.low), high = Number(spec.high);
    if (input.valueAsNumber >= high) input.value = low;
    const began = performance.now(), from = input.valueAsNumber;
    button.textContent = '❚❚ Pause';
    timer = setInterval(() => {
      const share = (performance.now() - began) / (spec.play_seconds * 1000);
      const before = input.value;
      input.value = Math.min(from + share * (high - low), high);
      if (input.value !== before) { slot.show(); send(); }
      if (input.valueAsNumber >= high || !input.isConnected) rest();
    }, FRAME);
  };
  button.onclick = () => (timer === null ? run() : rest());
  slot.stop = rest;
  slot.input.addEventListener('pointerdown', rest);
  rest();
  row.append(button);
}

export default function ({ data, parentElement, setStateValue }) {
  const group = parentElement.querySelector('.group');
  const form = JSON.stringify([data.sliders, data.upright]);
  const held = group.held ?? (group.held = { number: data.number, sent: 0, waiting: null });
  held.setStateValue = setStateValue;
  held.answered = data.number;
  const send = () => {
    clearTimeout(held.waiting);
    // One position is under way at a time, unless its answer is long overdue.
    const wait = held.answered < held.number ? PATIENCE - (performance.now() - held.sent) : 0;
    if (wait > 0) { held.pending = true; held.waiting = setTimeout(send, wait); return; }
    held.pending = false;
    held.sent = performance.now();
    held.number += 1;
    const values = {};
    for (const name in held.rows) values[name] = held.rows[name].input.valueAsNumber;
    held.setStateValue('moved', { values, number: held.number });
  };
  if (held.form !== form) {
    for (const name in held.rows) held.rows[name].stop();
    held.rows = build(group, data, send);
    held.form = form;
    held.answered = held.number = Math.max(held.number, data.number);
  }
  if (held.answered >= held.number && held.pending) return send();
  if (held.answered < held.number) return;  // the hand has been further since
  for (const name in held.rows) {
    const row = held.rows[name];
    if (row.input.valueAsNumber !== data.values[name]) row.input.value = data.values[name];
    row.show();
  }
}
""",
)


def sliders(
    group: Sequence[Slider],
    values: Mapping[str, float],
    key: str,
    on_move: Callable[[dict[str, float]], None],
    upright: bool = False,
) -> None:
    """Show sliders at `values`; `on_move` hears all their values at each movement.

    Args:
        group: the sliders, side by side where there is room.
        values: where they stand, by name. They follow when these are changed from elsewhere.
        key: unique on the page.
        on_move: called with every value, before the page (or the fragment) runs again. Values
            outside a slider's bounds, which no browser sends by itself, are brought back.
        upright: standing, for ten of them like an equaliser.
    """
    counter = f"{key}-number"

    def moved() -> None:
        message: Any = st.session_state[key].moved
        if message is not None:
            st.session_state[counter] = int(message["number"])
            sent = message["values"]
            on_move({item.name: _inside(item, sent[item.name]) for item in group})

    data = {
        "sliders": [asdict(item) for item in group],
        "values": {item.name: values[item.name] for item in group},
        "number": st.session_state.get(counter, 0),
        "upright": upright,
    }
    _mount(data=data, key=key, width="stretch", height="content", on_moved_change=moved)


def _inside(item: Slider, value: float) -> float:
    """`value` between the slider's ends; what is no number becomes its low end."""
    return min(max(float(item.low), float(value)), float(item.high))
