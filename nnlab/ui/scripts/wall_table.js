const SVG = 'http://www.w3.org/2000/svg';

/** Text below all numbers, what is missing always last. */
function compare(a, b, descending) {
  if (a === null || b === null) return (a === null) - (b === null);
  const numbers = typeof a === 'number' && typeof b === 'number';
  const order = numbers ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true });
  return descending ? -order : order;
}

function sparkline(points, colour, title) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 -4 100 108');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', title);
  const line = document.createElementNS(SVG, 'polyline');
  line.setAttribute('points', points);
  line.setAttribute('stroke', colour);
  svg.append(line);
  return svg;
}

function progressBar(share, colour) {
  const bar = document.createElement('div');
  const done = document.createElement('i');
  bar.className = 'bar';
  done.style.width = `${100 * share}%`;
  done.style.background = colour;
  bar.append(done);
  return bar;
}

function cell([text, value], [label, kind], row, data) {
  const element = document.createElement('td');
  element.className = kind === 'strong' ? 'number strong' : kind;
  if (kind === 'curve') {
    const last = value === null ? 'no points yet' : `${label} ${value.toPrecision(3)}`;
    element.append(sparkline(text, data.colour, last));
    return element;
  }
  element.textContent = kind === 'name' && row.mine ? `${text} (you)` : text;
  if (kind === 'name') element.title = text;
  if (kind === 'state' && row.progress !== null) {
    element.append(progressBar(row.progress, data.colour));
  }
  return element;
}

function fill(line, row, data) {
  const form = JSON.stringify([row, data.columns]);
  if (line.form === form) return;
  line.form = form;
  line.className = row.mine ? 'mine' : '';
  line.setAttribute('aria-label', `Open the run of ${row.cells[0][0]}`);
  line.replaceChildren(...row.cells.map((each, at) => cell(each, data.columns[at], row, data)));
}

function newLine(key, open) {
  const line = document.createElement('tr');
  line.tabIndex = 0;
  line.dataset.run = key;
  line.onclick = () => open(key);
  line.onkeydown = (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    open(key);
  };
  return line;
}

function headings(table, data) {
  const row = table.querySelector('thead tr');
  const form = JSON.stringify(data.columns);
  if (row.form !== form) {
    row.form = form;
    row.replaceChildren(...data.columns.map(([label, kind]) => {
      const head = document.createElement('th');
      const button = document.createElement('button');
      head.scope = 'col';
      head.className = kind === 'strong' ? 'number' : kind;
      head.dataset.label = label;
      button.textContent = label;
      button.onclick = () => {
        // Figures are asked for from the highest down, names from A on.
        const first = kind === 'number' || kind === 'strong' || kind === 'curve';
        const again = table.sort?.label === label;
        table.sort = { label, descending: again ? !table.sort.descending : first };
        table.redraw();
      };
      head.append(button);
      return head;
    }));
  }
  for (const head of row.children) {
    const sorted = table.sort?.label === head.dataset.label;
    head.ariaSort = !sorted ? 'none' : table.sort.descending ? 'descending' : 'ascending';
  }
}

function inOrder(rows, data, sort) {
  const at = data.columns.findIndex(([label]) => label === sort?.label);
  if (at < 0) return rows;
  return [...rows].sort((a, b) => compare(a.cells[at][1], b.cells[at][1], sort.descending));
}

/** The rows are kept by their runs: what has not changed is not touched, nor is the focus lost. */
export function draw(figureOf, drawing) {
  const { parentElement, setTriggerValue } = drawing;
  const table = parentElement.querySelector('table');
  const data = figureOf(table, drawing.data, setTriggerValue);
  if (!data) return;
  const given = data.order.map((key) => ({ key, ...data.rows[key] }));
  table.lines ??= new Map();
  table.open = (key) => setTriggerValue('opened', key);
  const redraw = () => {
    headings(table, data);
    const rows = inOrder(given, data, table.sort);
    const lines = rows.map((row) => {
      if (!table.lines.has(row.key)) {
        table.lines.set(row.key, newLine(row.key, (key) => table.open(key)));
      }
      const line = table.lines.get(row.key);
      fill(line, row, data);
      return line;
    });
    const body = table.querySelector('tbody');
    const same = body.children.length === lines.length
      && lines.every((line, at) => body.children[at] === line);
    if (!same) body.replaceChildren(...lines);
    const shown = new Set(rows.map((row) => row.key));
    for (const key of table.lines.keys()) if (!shown.has(key)) table.lines.delete(key);
  };
  table.redraw = redraw;
  redraw();
}
