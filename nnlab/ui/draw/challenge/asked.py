"""The digit to draw in very large type, and the seconds left, which tick in the browser."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from streamlit.components.v2 import component

_mount = component(
    "nnlab_challenge",
    html="""
<div class="round">
  <p class="unseen" role="status" aria-live="polite" aria-atomic="true"></p>
  <div class="top"><span class="count"></span><span class="points"></span></div>
  <ol class="marks" aria-hidden="true"></ol>
  <div class="middle">
    <div class="ask" aria-hidden="true"><span>Draw a</span><b></b></div>
    <div class="time" role="timer" aria-live="off">
      <span class="seconds"></span><span class="unit">seconds left</span>
    </div>
  </div>
  <div class="bar" aria-hidden="true"><div></div></div>
  <p class="told" aria-hidden="true"></p>
  <p class="reads" role="status" aria-live="polite"></p>
</div>
""",
    css="""
.round {color: var(--st-text-color); font-family: var(--st-font);}
.top {display: flex; justify-content: space-between; gap: 1rem; font-weight: 600;}
.points {font-variant-numeric: tabular-nums;}
.marks {
  display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 0.25rem;
  list-style: none; margin: 0.5rem 0 0; padding: 0;
}
.marks li {
  box-sizing: border-box; border-radius: 4px; height: 1.6rem; line-height: 1.5rem;
  text-align: center; font-size: 0.875rem; font-weight: 600;
  border: 1px solid var(--st-border-color);
  color: color-mix(in srgb, var(--st-text-color) 75%, transparent);
}
.marks .right {
  background: var(--st-primary-color); border-color: var(--st-primary-color); color: #fff;
}
.marks .missed {text-decoration: line-through; background: var(--st-secondary-background-color);}
.marks .now {border: 2px solid var(--st-primary-color); line-height: 1.4rem;}
.middle {
  display: flex; flex-wrap: wrap; justify-content: space-between; align-items: flex-end;
  gap: 0 1.5rem; margin-top: 0.9rem;
}
.ask {display: flex; align-items: baseline; gap: 0.75rem; font-size: 1.45rem; font-weight: 600;}
.ask b {
  font-size: 9.5rem; line-height: 0.95; font-weight: 700; color: var(--st-primary-color);
  font-variant-numeric: tabular-nums;
}
.time {display: flex; align-items: baseline; gap: 0.4rem; padding-bottom: 0.9rem;}
.seconds {font-size: 3rem; line-height: 1; font-weight: 700; font-variant-numeric: tabular-nums;}
.bar {
  height: 8px; border-radius: 4px; margin-top: 0.25rem; overflow: hidden;
  background: var(--st-border-color);
}
.bar div {height: 100%; background: var(--st-primary-color); transform-origin: left;}
.short .seconds {color: var(--late);}
.short .bar div {background: var(--late);}
.round {--late: var(--st-orange-text-color, #B45309);}
.told, .reads {margin: 0.6rem 0 0; min-height: 1.4rem; line-height: 1.4;}
.told {font-weight: 600;}
.reads {margin-top: 0.1rem; color: color-mix(in srgb, var(--st-text-color) 75%, transparent);}
@media (max-width: 900px) {
  .middle {margin-top: 0.4rem;}
  .ask b {font-size: 5.5rem;}
  .time {padding-bottom: 0.2rem;}
  .told, .reads {margin-top: 0.25rem;}
}
.unseen {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
""",
    js="""
// In milliseconds: how often the seconds are drawn; how long after the end the server is told, as
// its clock may still be a little behind; when it is told again if nothing came of it; and how far
// our clock may be from the server's before it is set anew.
const TICK = 100, AFTER = 150, AGAIN = 1500, APART = 1000;
const SHORT = 5;  // seconds

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function mark(digit, kind) {
  const item = document.createElement('li');
  item.textContent = digit;
  item.className = kind;
  return item;
}

function tick(root, held) {
  const left = held.ends - performance.now();
  const seconds = Math.max(Math.ceil(left / 1000), 0);
  put(held.seconds, String(seconds));
  put(held.unit, seconds === 1 ? 'second left' : 'seconds left');
  const share = Math.min(Math.max(left / held.whole, 0), 1);
  held.bar.style.transform = `scaleX(${share})`;
  root.classList.toggle('short', seconds <= SHORT);
  if (left < -AFTER && performance.now() - held.told > AGAIN) {
    held.told = performance.now();
    held.send('ran_out', held.position);
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector('.round');
  const find = (name) => root.querySelector(name);
  const held = root.held ?? (root.held = {
    position: -1, ends: 0, told: -Infinity, seconds: find('.seconds'), unit: find('.unit'),
    bar: find('.bar div'),
  });
  held.send = setTriggerValue;
  held.whole = data.seconds * 1000;
  const ends = performance.now() + data.left * 1000;
  if (held.position !== data.position || held.game !== data.game) {
    Object.assign(held, { position: data.position, game: data.game, ends, told: -Infinity });
    put(find('.unseen'), `${data.told} Draw a ${data.asked}. ${data.count}.`.trim());
  } else if (Math.abs(ends - held.ends) > APART) held.ends = ends;
  put(find('.count'), data.count);
  put(find('.points'), data.points);
  put(find('.ask b'), data.asked);
  put(find('.told'), data.told);
  put(find('.reads'), data.reads);
  find('.marks').replaceChildren(...data.marks.map(([digit, kind]) => mark(digit, kind)));
  clearInterval(held.timer);
  tick(root, held);
  held.timer = setInterval(() => {
    if (root.isConnected) tick(root, held);
    else clearInterval(held.timer);
  }, TICK);
}
""",
)


@dataclass(frozen=True)
class Asked:
    """What is shown while a digit is asked.

    `game` and `position` tell one question from another; `left` and `seconds` are the time that is
    left and the whole; `marks` a digit and "right", "missed", "now" or "" for each of the round.
    """

    game: str
    position: int
    asked: str
    seconds: float
    left: float
    count: str
    points: str
    told: str
    reads: str
    marks: list[tuple[str, str]]


def show_asked(asked: Asked, on_ran_out: Callable[[], None]) -> None:
    """Show the question; `on_ran_out` is called once its time is over."""
    _mount(
        data=asdict(asked),
        key="challenge-asked",
        width="stretch",
        height="content",
        on_ran_out_change=on_ran_out,
    )
