// A square on which points are painted; see nnlab/ui/own/canvas.py.

const EDGE = 6, REACH = 6.5, STEP = 0.25, GAP = 8;  // GAP: pixels between two dots of a stroke
const NEAR = 0.5;  // of the eraser, in units of the axes
const HELP = 'Square for points. Arrows move a cross, space places a point, backspace erases, ' +
  'numbers choose the class. The table below holds the same points.';

const inside = (value) => Math.round(Math.min(EDGE, Math.max(-EDGE, value)) * 1000) / 1000;

function normal() {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}

function button(label, act, colour) {
  const made = document.createElement('button');
  made.type = 'button';
  if (colour) {
    const dot = document.createElement('i');
    dot.style.background = colour;
    made.append(dot);
  }
  made.append(label);
  made.title = label;
  made.onclick = act;
  return made;
}

function build(root, held) {
  const tools = document.createElement('div'), canvas = document.createElement('canvas');
  tools.className = 'tools';
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'application');
  root.replaceChildren(tools, canvas);
  Object.assign(held, { tools, canvas });
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width * 2 - 1) * REACH,
            (1 - (event.clientY - box.top) / box.height * 2) * REACH];
  };
  canvas.onpointerdown = (event) => {
    if (event.button) return;
    canvas.setPointerCapture(event.pointerId);
    held.before = held.points.slice();
    held.pen = [event.clientX, event.clientY];
    dab(held, ...place(event));
  };
  canvas.onpointermove = (event) => {
    if (!held.pen) return;
    const far = Math.hypot(event.clientX - held.pen[0], event.clientY - held.pen[1]);
    if (far < GAP) return;
    held.pen = [event.clientX, event.clientY];
    dab(held, ...place(event));
  };
  canvas.onpointerup = canvas.onpointercancel = () => {
    if (!held.pen) return;
    held.pen = null;
    remember(held);
  };
  canvas.onkeydown = (event) => key(held, event);
  canvas.onfocus = canvas.onblur = () => show(held);
  new ResizeObserver(() => show(held)).observe(canvas);
}

function buildTools(held) {
  const { tools, data } = held;
  tools.replaceChildren();
  held.brushes = data.classes.map((name, label) =>
    button(name, () => choose(held, label), data.colours[label]));
  held.brushes.push(button('Eraser', () => choose(held, -1)));
  const spread = document.createElement('label'), input = document.createElement('input');
  Object.assign(input, { type: 'range', min: 0, max: 1.5, step: 0.1, value: held.spread });
  input.setAttribute('aria-label', 'Spread of the brush');
  input.oninput = () => { held.spread = input.valueAsNumber; };
  spread.append('Spread', input);
  held.undo = button('Undo', () => {
    if (held.past.length) { held.points = held.past.pop(); send(held); }
  });
  held.clear = button('Clear', () => {
    held.before = held.points; held.points = []; remember(held);
  });
  tools.append(...held.brushes, spread, held.undo, held.clear);
  choose(held, Math.min(held.brush, data.classes.length - 1));
}

function choose(held, brush) {
  held.brush = brush;
  const chosen = brush < 0 ? held.brushes.length - 1 : brush;
  held.brushes.forEach((each, i) => each.setAttribute('aria-pressed', String(i === chosen)));
}

function dab(held, x, y) {
  if (held.brush < 0) {
    held.points = held.points.filter(([a, b]) => Math.hypot(a - x, b - y) > NEAR);
  } else if (held.points.length < held.data.most) {
    const jitter = () => held.spread * normal();
    held.points = [...held.points, [inside(x + jitter()), inside(y + jitter()), held.brush]];
  }
  show(held);
}

function remember(held) {
  held.past.push(held.before);
  if (held.past.length > 50) held.past.shift();
  send(held);
}

function send(held) {
  show(held);
  held.setStateValue('painted', { points: held.points, edition: held.data.edition });
}

function key(held, event) {
  const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  const number = Number(event.key);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (move[event.key]) {
    held.cross = held.cross.map((value, i) => inside(value + STEP * move[event.key][i]));
  } else if (event.key === ' ' || event.key === 'Backspace' || event.key === 'Delete') {
    const { brush, spread } = held;
    held.before = held.points;
    if (event.key === ' ') held.spread = 0; else held.brush = -1;
    dab(held, ...held.cross);
    Object.assign(held, { brush, spread });
    remember(held);
  } else if (number >= 1 && number <= held.data.classes.length) {
    choose(held, number - 1);
  } else return;
  event.preventDefault();
  show(held);
}

function show(held) {
  const { canvas, data } = held, ratio = window.devicePixelRatio || 1;
  const side = Math.round(canvas.clientWidth * ratio);
  if (!side) return;
  if (canvas.width !== side) canvas.width = canvas.height = side;
  const pen = canvas.getContext('2d'), ink = getComputedStyle(canvas).color;
  const at = (x, y) => [(x / REACH + 1) / 2 * side, (1 - y / REACH) / 2 * side];
  pen.clearRect(0, 0, side, side);
  pen.strokeStyle = pen.fillStyle = ink;
  pen.font = `${11 * ratio}px sans-serif`;
  for (let tick = -EDGE; tick <= EDGE; tick += 2) {
    pen.globalAlpha = tick ? 0.12 : 0.4;
    pen.lineWidth = ratio;
    pen.beginPath();
    pen.moveTo(...at(tick, -REACH)); pen.lineTo(...at(tick, REACH));
    pen.moveTo(...at(-REACH, tick)); pen.lineTo(...at(REACH, tick));
    pen.stroke();
    pen.globalAlpha = 0.6;
    const words = String(tick).replace('-', '\u2212');
    const [x, y] = at(tick, 0), [x0, y0] = at(0, tick);
    pen.fillText(words, x + 3 * ratio, y - 3 * ratio);
    if (tick) pen.fillText(words, x0 + 3 * ratio, y0 - 3 * ratio);
  }
  pen.globalAlpha = 1;
  for (const [x, y, label] of held.points) {
    pen.fillStyle = data.colours[label];
    pen.beginPath();
    pen.arc(...at(x, y), 4 * ratio, 0, 2 * Math.PI);
    pen.fill();
  }
  if (canvas.matches(':focus-visible')) {
    const [x, y] = at(...held.cross), arm = 8 * ratio;
    pen.lineWidth = 2 * ratio;
    pen.beginPath();
    pen.moveTo(x - arm, y); pen.lineTo(x + arm, y);
    pen.moveTo(x, y - arm); pen.lineTo(x, y + arm);
    pen.stroke();
  }
  const where = held.cross.map((value) => value.toFixed(2)).join(', ');
  canvas.setAttribute('aria-label', `${HELP} ${held.points.length} points; cross at ${where}.`);
  held.undo.disabled = !held.past.length;
  held.clear.disabled = !held.points.length;
}

export function paint({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector('.painting');
  const held = (root.held ??= { points: [], past: [], brush: 0, spread: 0.4, cross: [0, 0] });
  const fresh = held.data === undefined || held.data.edition !== data.edition;
  const form = JSON.stringify([data.classes, data.colours]);
  held.setStateValue = setStateValue;
  held.data = data;
  if (fresh) { held.points = data.points; held.past = []; }
  if (!held.canvas) build(root, held);
  if (held.form !== form) { held.form = form; buildTools(held); }
  show(held);
}
