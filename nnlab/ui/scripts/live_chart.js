const LEAST_WIDTH = 40; // pixels; in less, Plotly finds no room for a label
const ROUNDING = 1e-4; // of the epochs in a figure
const ROUND = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]; // as _STEPS in nnlab/figures/curves.py

/** The figure that a change makes of an old one; see `change` in figure_changes.py. */
function made(old, change) {
  if (!change) return old;
  if ('new' in change) return change.new;
  if ('keep' in change) return old.slice(0, change.keep).concat(change.add);
  const next = Array.isArray(old) ? [...old] : { ...old };
  for (const key of change.out) delete next[key];
  for (const key in change.in) next[key] = made(old[key], change.in[key]);
  return next;
}

/** What `told` in sent_figures.py sends, made whole; null where this browser has to wait for it. */
export function figureOf(slot, data, setTriggerValue) {
  if (data.figure) slot.whole = { id: data.whole, figure: data.figure };
  if (slot.whole?.id === data.whole) return { ...made(slot.whole.figure, data.change) };
  setTriggerValue('missed', data.whole);  // this browser never saw the whole one
  return null;
}

function setHeight(slot, parentElement, layout, limit) {
  slot.style.height = `${layout.height}px`;
  if (limit === null) return;
  parentElement.style.containerType = 'inline-size';
  slot.style.height = `min(${layout.height}px, 100cqw + ${limit}px)`;
  delete layout.height;  // Plotly then fills the slot
}

const THEME = ['border-color', 'text-color', 'font', 'secondary-background-color'];
let theme = { since: -Infinity, values: {} };

/** The page's colours. Charts that are drawn together ask the browser once: it reckons anew. */
function coloursOf(slot) {
  const now = performance.now();
  if (now - theme.since > 50) {
    const style = getComputedStyle(slot);
    const read = (name) => [`--st-${name}`, style.getPropertyValue(`--st-${name}`).trim()];
    const values = Object.fromEntries(THEME.map(read));
    // A slot that is not on the page yet has no colours: those of the others are its own.
    const known = values['--st-text-color'] || !theme.values['--st-text-color'];
    if (known) theme = { since: now, values };
  }
  return theme.values;
}

function inTheme(layout, colours) {
  const colour = (name) => colours[name];
  const grid = colour('--st-border-color');
  const themed = { ...layout, autosize: true };
  themed.font = { ...layout.font, color: colour('--st-text-color'), family: colour('--st-font') };
  themed.hoverlabel = {
    bgcolor: colour('--st-secondary-background-color'), bordercolor: grid,
    font: { color: colour('--st-text-color') },
  };
  for (const axis of ['xaxis', 'yaxis']) {
    themed[axis] = { gridcolor: grid, zerolinecolor: grid, linecolor: grid, ...layout[axis] };
  }
  return themed;
}

let latest = { url: null, since: 0, answer: null };

/** The newest values of a feed; charts that ask for the same one at the same time share them. */
function newest({ url, every_ms }) {
  const now = performance.now();
  if (latest.url === url && now - latest.since < every_ms / 2) return latest.answer;
  const answer = fetch(`${url}?t=${Date.now()}`)
    .then((response) => (response.ok ? response.json() : null))
    .catch(() => null);
  latest = { url, since: now, answer };
  return answer;
}

/** The trace with what came after its last point; the same trace where nothing did. */
function longer(trace, columns, name) {
  const last = trace.x.length ? trace.x[trace.x.length - 1] : -1;
  const from = columns.epoch.findIndex((epoch) => epoch > last + ROUNDING);
  if (from < 0) return trace;
  const x = trace.x.concat(columns.epoch.slice(from));
  return { ...trace, x, y: trace.y.concat(columns[name].slice(from)) };
}

/** The layout with its y axis up to the next round number where a new point lies above it. */
function widened(layout, traces) {
  const [low, high] = layout.yaxis.range;
  const top = Math.max(...traces.flatMap((trace) => trace.y));
  if (top <= high) return layout;
  const power = 10 ** Math.floor(Math.log10(top));
  const range = [low, ROUND.find((step) => step * power >= top) * power];
  return { ...layout, yaxis: { ...layout.yaxis, range } };
}

/** Ask the feed again and again; the timer goes on from drawing to drawing. */
function follow(slot, feed) {
  if (slot.following === feed?.url && slot.every === feed?.every_ms) return;
  clearInterval(slot.asking);
  slot.following = feed?.url;
  slot.every = feed?.every_ms;
  if (!feed) return;
  slot.asking = setInterval(async () => {
    if (!slot.isConnected) return clearInterval(slot.asking);
    if (document.hidden) return;
    const answer = await newest(feed);
    if (!answer || slot.following !== feed.url) return;
    slot.answer = answer;
    slot.show();
  }, feed.every_ms);
}

function withAnswer(traces, feed, answer) {
  if (!feed || !answer) return traces;
  return traces.map((trace, place) => {
    const [group, name] = feed.series[place];
    return longer(trace, answer[group], name);
  });
}

/** Whether two figures differ in the marks on them alone; unchanged parts are the same objects. */
function onlyMarked(old, figure) {
  if (old?.data !== figure.data) return false;
  const names = new Set([...Object.keys(old.layout), ...Object.keys(figure.layout)]);
  names.delete('shapes');
  return [...names].every((name) => old.layout[name] === figure.layout[name]);
}

/**
 * Notes whether the chart is in sight; what came meanwhile is drawn when it comes into sight, or
 * has room: while a page is put together, a slot can be a few pixels wide for a moment.
 */
function watchSight(slot) {
  if (slot.sight) return;
  slot.sight = new IntersectionObserver((entries) => {
    slot.away = !entries.at(-1).isIntersecting;
    slot.show();
  }, { scrollMargin: '150px' });
  slot.sight.observe(slot);
  new ResizeObserver(() => slot.show()).observe(slot);
}

/** The chart as a file: on white, in dark ink, a PNG twice as fine as on the screen. */
function saveChart(Plotly, slot, fileName, format) {
  const ink = '#22262e', grid = '#d8dbe0';
  const layout = { ...slot.layout, paper_bgcolor: '#fff', plot_bgcolor: '#fff' };
  layout.font = { ...slot.layout.font, color: ink };
  for (const axis of ['xaxis', 'yaxis']) {
    if (layout[axis]) layout[axis] = { ...layout[axis], gridcolor: grid, zerolinecolor: grid };
  }
  const { clientWidth: width, clientHeight: height } = slot;
  const scale = format === 'png' ? 2 : 1;
  const title = slot.layout?.title?.text ?? slot.layout?.title ?? '', filename = fileName(title);
  Plotly.downloadImage({ data: slot.data, layout }, { format, filename, width, height, scale });
}

/** Two small buttons in the corner of the chart; made once, while nobody waits. */
async function offer(Plotly, slot, parentElement, url) {
  if (slot.saving) return;
  slot.saving = true;
  const { fileName, offerSaving } = await import(new URL(url, document.baseURI));
  offerSaving(parentElement, (format) => saveChart(Plotly, slot, fileName, format));
}

/** Tells Python of clicks; only a chart that was drawn can be listened to. */
function listen(slot, setTriggerValue) {
  slot.removeAllListeners('plotly_click');
  slot.on('plotly_click', ({ points }) => setTriggerValue('clicked', points[0].customdata));
}

/** One drawing: `data` as `live_chart` in live_chart.py sends it. */
export function draw(Plotly, { data, parentElement, setTriggerValue }) {
  const slot = parentElement.querySelector('.nnlab-chart');
  const whole = figureOf(slot, data, setTriggerValue);
  if (!whole) return;
  const figure = { ...whole, layout: { ...whole.layout } };
  setHeight(slot, parentElement, figure.layout, data.taller_than_wide);
  slot.setAttribute('aria-label', data.alt);
  const layout = inTheme(figure.layout, coloursOf(slot));
  if (slot.following !== data.feed?.url) slot.answer = null;
  let drawn = null;
  slot.show = () => {
    // Only before the first drawing: asking for a width has the browser lay out the whole page.
    if (slot.away || (!slot.shown && slot.clientWidth < LEAST_WIDTH)) return;
    const traces = withAnswer(figure.data, data.feed, slot.answer);
    const ends = traces.map((trace) => trace.x?.length).join();
    if (ends === drawn) return;
    drawn = ends;
    const old = slot.shown, font = layout.font.color;
    slot.shown = { ...whole, font };
    if (!data.feed && old?.font === font && onlyMarked(old, whole)) {
      Plotly.relayout(slot, { shapes: layout.shapes ?? [] });  // a tenth of the time
    } else {
      const shown = data.feed ? widened(layout, traces) : layout;
      Plotly.react(slot, traces, shown, { displayModeBar: false, responsive: true });
    }
    if (data.clickable) listen(slot, setTriggerValue);
  };
  slot.show();
  watchSight(slot);
  offer(Plotly, slot, parentElement, data.saving);
  follow(slot, data.feed);
}
