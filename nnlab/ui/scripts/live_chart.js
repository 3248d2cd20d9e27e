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

function figureOf(slot, data, setTriggerValue) {
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

function inTheme(layout, style) {
  const colour = (name) => style.getPropertyValue(name).trim();
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

/** One drawing: `data` as `live_chart` in live_chart.py sends it. */
export function draw(Plotly, { data, parentElement, setTriggerValue }) {
  const slot = parentElement.querySelector('.nnlab-chart');
  const figure = figureOf(slot, data, setTriggerValue);
  if (!figure) return;
  figure.layout = { ...figure.layout };
  setHeight(slot, parentElement, figure.layout, data.taller_than_wide);
  slot.setAttribute('aria-label', data.alt);
  const layout = inTheme(figure.layout, getComputedStyle(slot));
  Plotly.react(slot, figure.data, layout, { displayModeBar: false, responsive: true });
  if (!data.clickable) return;
  slot.removeAllListeners('plotly_click');
  slot.on('plotly_click', ({ points }) => setTriggerValue('clicked', points[0].customdata));
}
