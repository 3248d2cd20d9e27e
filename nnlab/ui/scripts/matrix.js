/* A confusion matrix as a table of cells: drawn in a tenth of the time that Plotly needs for it, and
   every cell can be reached with the keyboard. */

const CELL = 46, HEAD = 64; // of the saved picture, in pixels

function element(tag, attributes, parent) {
  const made = Object.assign(document.createElement(tag), attributes);
  parent?.append(made);
  return made;
}

/** The table for these classes, empty; the cells are kept to be filled again and again. */
function build(place, data) {
  const n = data.names.length;
  place.replaceChildren();
  element('p', { className: 'title' }, place);
  element('p', { className: 'told' }, place);
  const frame = element('div', { className: 'frame' }, place);
  element('span', { className: 'down', textContent: 'True class' }, frame);
  const square = element('div', { className: 'square' }, frame);
  square.style.setProperty('--classes', n);
  const table = element('table', {}, square), body = element('tbody', {}, table);
  table.setAttribute('role', 'grid');
  place.classList.toggle('long', data.long);
  place.classList.toggle('many', n > 15);
  place.cells = data.names.map((name, row) => {
    const line = element('tr', {}, body);
    element('th', { scope: 'row', textContent: name }, line);
    return data.names.map((_, column) => {
      const cell = element('td', {}, line);
      cell.dataset.at = `${row},${column}`;
      cell.tabIndex = row || column ? -1 : 0;
      return cell;
    });
  });
  const foot = element('tr', {}, element('tfoot', {}, table));
  element('td', { className: 'corner' }, foot);
  for (const name of data.names) {
    element('span', { textContent: name }, element('th', { scope: 'col' }, foot));
  }
  element('span', { className: 'across', textContent: 'Predicted class' }, frame);
}

function fill(place, data) {
  const marked = new Set(data.marked.map(String));
  place.cells.forEach((line, row) => line.forEach((cell, column) => {
    const [text, colour, words] = [data.texts, data.colours, data.words].map((x) => x[row][column]);
    if (cell.words !== words) cell.setAttribute('aria-label', cell.words = words);
    if (cell.text !== text) cell.textContent = cell.text = text;
    if (cell.colour !== colour) cell.style.background = cell.colour = colour;
    const chosen = marked.has(`${row},${column}`);
    if (cell.chosen !== chosen) {
      cell.chosen = chosen;
      cell.classList.toggle('chosen', chosen);
      cell.setAttribute('aria-selected', chosen);
    }
  }));
}

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function cellOf(place, event) {
  const cell = event.target.closest?.('td[data-at]');
  return cell && place.contains(cell) ? cell : null;
}

/** One stop of the Tab key; the arrow keys go from cell to cell. */
function step(place, event) {
  const cell = cellOf(place, event), move = MOVES[event.key];
  if (!cell || !move) return;
  event.preventDefault();
  const [row, column] = cell.dataset.at.split(',').map(Number);
  const next = place.cells[row + move[0]]?.[column + move[1]];
  if (!next) return;
  cell.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function listen(place) {
  const told = () => place.querySelector('.told');
  const tell = (event) => { told().textContent = cellOf(place, event)?.words ?? place.data.hint; };
  const hint = () => { told().textContent = place.data.hint; };
  place.addEventListener('pointerover', tell);
  place.addEventListener('focusin', tell);
  place.addEventListener('pointerleave', hint);
  place.addEventListener('focusout', hint);
  const choose = (event) => {
    const cell = cellOf(place, event);
    if (cell && place.data.clickable) place.choose(cell.dataset.at.split(',').map(Number));
  };
  place.onclick = choose;
  place.onkeydown = (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return step(place, event);
    event.preventDefault();
    choose(event);
  };
}

const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The same as a picture: on white, in dark ink. */
function picture(data) {
  const { long } = data, edge = long ? 112 : 52, foot = long ? 112 : 58;
  const side = data.names.length * CELL, ink = '#22262e';
  const width = Math.max(edge + side + 24, 470), height = HEAD + side + foot;
  const text = (x, y, words, more = '') => `<text x="${x}" y="${y}" ${more}>${escaped(words)}</text>`;
  const middle = 'text-anchor="middle"', right = 'text-anchor="end"';
  const parts = [
    text(edge, 26, data.title, 'font-size="17" font-weight="600"'), text(edge, 48, data.hint),
    text(0, 0, 'True class', `${middle} transform="translate(16 ${HEAD + side / 2}) rotate(-90)"`),
    text(edge + side / 2, height - 10, 'Predicted class', middle),
  ];
  data.names.forEach((name, row) => {
    const at = (row + 0.5) * CELL;
    parts.push(text(edge - 8, HEAD + at + 5, name, right));
    parts.push(long
      ? text(0, 0, name, `${right} transform="translate(${edge + at + 5} ${HEAD + side + 10}) rotate(-45)"`)
      : text(edge + at, HEAD + side + 20, name, middle));
    data.colours[row].forEach((colour, column) => {
      const x = edge + column * CELL, y = HEAD + row * CELL;
      const fill = colour || '#eef0f3';
      parts.push(`<rect x="${x}" y="${y}" width="${CELL - 1}" height="${CELL - 1}" fill="${fill}"/>`);
      const words = data.texts[row][column];
      if (words) parts.push(text(x + CELL / 2, y + CELL / 2 + 5, words, `${middle} fill="${data.ink}"`));
    });
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"`
    + ` font-family="sans-serif" font-size="13" fill="${ink}"><rect width="100%" height="100%"`
    + ` fill="#fff"/>${parts.join('')}</svg>`;
  return { svg, width, height };
}

async function save(place, format) {
  const { saveSvg, fileName } = await place.saving;
  const { svg, width, height } = picture(place.data);
  saveSvg(svg, width, height, fileName(place.data.title), format);
}

/** One drawing: `data` as `matrix` in matrix.py sends it. */
export function draw({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector('.nnlab-matrix'), names = data.names.join('\n');
  place.data = data;
  place.choose = (cell) => setTriggerValue('clicked', cell);
  if (place.names !== names) {
    place.names = names;
    if (!place.cells) listen(place);
    build(place, data);
  }
  place.setAttribute('aria-label', data.alt);
  place.classList.toggle('clickable', data.clickable);
  const [title, told] = place.children;
  if (title.textContent !== data.title) title.textContent = data.title;
  if (!place.matches(':hover') && told.textContent !== data.hint) told.textContent = data.hint;
  fill(place, data);
  if (place.saving) return;
  place.saving = import(new URL(data.saving, document.baseURI));
  place.saving.then(({ offerSaving }) => offerSaving(parentElement, (format) => save(place, format)));
}
