"""The answer in big type, and what the network saw: texts change in place and are read aloud."""

from dataclasses import asdict, dataclass

from streamlit.components.v2 import component

_mount = component(
    "nnlab_answer",
    html="""
<div class="card">
  <div class="answer" role="status" aria-live="polite" aria-atomic="true">
    <div class="label"></div><div class="sure"></div><div class="remark"></div>
  </div>
  <img><p class="caption"></p>
  <table class="unseen"><caption></caption><tbody></tbody></table>
</div>
""",
    css="""
.card {
  color: var(--st-text-color); font-family: var(--st-font);
  display: grid; grid-template-columns: 1fr 8.75rem; gap: 0.75rem 1.5rem;
}
.label {
  font-weight: 700; font-size: 1.7rem; line-height: 1.15; overflow-wrap: anywhere;
  min-height: 4.9rem; display: flex; align-items: center;
}
.label.short {font-size: 5.4rem; line-height: 0.9; font-variant-numeric: tabular-nums;}
.label.certain {color: var(--st-primary-color);}
.label.none {color: color-mix(in srgb, var(--st-text-color) 62%, transparent);}
.sure {font-size: 1.15rem; font-weight: 600;}
.remark, .caption {
  font-size: 0.875rem; line-height: 1.45;
  color: color-mix(in srgb, var(--st-text-color) 75%, transparent);
}
.remark {min-height: 2.6rem;}
.caption {grid-column: 1 / -1; margin: 0;}
img {
  width: 8.75rem; aspect-ratio: 1; image-rendering: pixelated; background: #000;
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

export default function ({ data, parentElement }) {
  const find = (name) => parentElement.querySelector(name);
  const label = find('.label');
  put(label, data.label);
  label.className = `label ${data.tone}${[...data.label].length <= 2 ? ' short' : ''}`;
  put(find('.sure'), data.sure);
  put(find('.remark'), data.remark);
  put(find('.caption'), data.caption);
  const image = find('img');
  image.src = data.image;
  image.alt = data.alt;
  put(find('caption'), 'Probability of each class');
  find('tbody').replaceChildren(...data.rows.map(([name, value]) => row(name, value)));
}
""",
)


@dataclass(frozen=True)
class Card:
    """What the card says.

    `tone` is "certain", "unsure" or "none"; `image` a data URI of what the network sees, `alt`
    that image in words; `rows` the classes with their probabilities, for those who do not see
    the bars.
    """

    label: str
    tone: str
    sure: str
    remark: str
    image: str
    alt: str
    caption: str
    rows: list[tuple[str, str]]


def show_card(card: Card) -> None:
    """Show the card; the one shown before is changed in place."""
    _mount(data=asdict(card), key="draw-card-content", width="stretch", height="content")
