"""The answer in big type, and what the network saw: texts change in place and are read aloud."""

from dataclasses import asdict, dataclass, field

from streamlit.components.v2 import component

_mount = component(
    "nnlab_answer",
    html="""
<div class="card">
  <div class="answer" role="status" aria-live="polite" aria-atomic="true">
    <div class="label"></div><div class="sure"></div><div class="remark"></div>
  </div>
  <ol class="top"></ol>
  <figure><img><figcaption></figcaption></figure>
  <table class="unseen"><caption></caption><tbody></tbody></table>
</div>
""",
    css="""
.card {
  color: var(--st-text-color); font-family: var(--st-font);
  display: flex; flex-direction: column; gap: 0.6rem;
}
/* The remark stands last, so that nothing moves when there is one; it is read with the answer. */
.answer {display: contents;}
.top {order: 1;}
figure {order: 2;}
.remark {order: 3;}
.card:has(.top:empty) .remark {order: 0;}
.label {
  font-weight: 700; font-size: 1.6rem; line-height: 1.15; overflow-wrap: anywhere;
  min-height: 4.9rem; display: flex; align-items: center;
}
.label.short {font-size: 5.4rem; line-height: 0.9; font-variant-numeric: tabular-nums;}
.label.number {font-size: 3.6rem; line-height: 1; font-variant-numeric: tabular-nums;}
.label.certain {color: var(--st-primary-color);}
.label.none {color: color-mix(in srgb, var(--st-text-color) 62%, transparent);}
.sure {font-size: 1.1rem; font-weight: 600; min-height: 1.6rem;}
.remark, figcaption {
  font-size: 0.875rem; line-height: 1.4;
  color: color-mix(in srgb, var(--st-text-color) 75%, transparent);
}
.top {list-style: none; margin: 0; padding: 0; font-size: 0.95rem;}
.top li {
  display: flex; justify-content: space-between; gap: 0.75rem; padding: 0.1rem 0;
  border-bottom: 1px solid var(--st-border-color); font-variant-numeric: tabular-nums;
}
.top li:first-child {font-weight: 600;}
.top span:first-child {overflow-wrap: anywhere;}
figure[hidden], .top:empty {display: none;}
figure {margin: 0.3rem 0 0; display: flex; gap: 0.75rem; align-items: center;}
img {
  width: 5.6rem; flex: none; aspect-ratio: 1; image-rendering: pixelated; background: #000;
  border: 1px solid var(--st-border-color); border-radius: 4px; box-sizing: border-box;
}
.unseen {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap;
}
""",
    js="""
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function row(name, value) {
  const line = document.createElement('tr');
  const head = document.createElement('th');
  const cell = document.createElement('td');
  head.scope = 'row';
  head.textContent = name;
  cell.textContent = value;
  line.append(head, cell);
  return line;
}

function guess(name, value) {
  const line = document.createElement('li');
  for (const text of [name, value]) {
    const part = document.createElement('span');
    part.textContent = text;
    line.append(part);
  }
  return line;
}

export default function ({ data, parentElement }) {
  const find = (name) => parentElement.querySelector(name);
  const label = find('.label');
  put(label, data.label);
  const size = [...data.label].length <= 2 ? 'short' : /^\\d+$/.test(data.label) ? 'number' : '';
  label.className = `label ${data.tone} ${size}`;
  put(find('.sure'), data.sure);
  put(find('.remark'), data.remark);
  put(find('figcaption'), data.caption);
  find('figure').hidden = !data.image;
  const image = find('img');
  image.src = data.image;
  image.alt = data.alt;
  find('.top').replaceChildren(...data.top.map(([name, value]) => guess(name, value)));
  put(find('caption'), 'Probability of each class');
  find('tbody').replaceChildren(...data.rows.map(([name, value]) => row(name, value)));
}
""",
)


@dataclass(frozen=True)
class Card:
    """What the card says.

    `tone` is "certain", "unsure" or "none"; `top` the likeliest classes with their
    probabilities; `image` a data URI of what the network sees, empty for none, `alt` that image in
    words, `caption` the line beside it; `rows` all classes with their probabilities, for those who
    do not see the bars.
    """

    label: str
    tone: str
    sure: str
    remark: str
    top: list[tuple[str, str]] = field(default_factory=list)
    image: str = ""
    alt: str = ""
    caption: str = ""
    rows: list[tuple[str, str]] = field(default_factory=list)


def show_card(card: Card) -> None:
    """Show the card; the one shown before is changed in place."""
    _mount(data=asdict(card), key="draw-card-content", width="stretch", height="content")
