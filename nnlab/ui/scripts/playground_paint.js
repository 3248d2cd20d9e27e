const STRONGEST = 0.65; // as _STRONGEST in nnlab/figures/boundary.py
const FINE = 180; // points a side of a field whose answers are drawn without shades

export function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** 16-bit numbers, low byte first. */
export function shorts(text) {
  return new Int16Array(bytes(text).buffer);
}

export function rgb(colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

function image(side, pixel) {
  const made = new ImageData(side, side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      pixel(made.data, 4 * ((side - 1 - row) * side + column), row * side + column);
    }
  }
  return made;
}

/** A tile: 0 is white, above it blue, below it orange, as far as the furthest value goes. */
export function tileImage(tile, side, low, high, colours) {
  const furthest = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const ends = { 1: rgb(colours.above), '-1': rgb(colours.below) }, zero = rgb(colours.zero);
  return image(side, (data, to, from) => {
    const share = (low + (tile[from] / 255) * (high - low)) / furthest;
    const end = ends[share < 0 ? -1 : 1], part = Math.abs(share);
    for (let i = 0; i < 3; i++) data[to + i] = zero[i] + part * (end[i] - zero[i]);
    data[to + 3] = 255;
  });
}

/** The tile of a class: its colour where its probability is high. */
export function classImage(tile, side, low, high, colour) {
  const [r, g, b] = rgb(colour);
  return image(side, (data, to, from) => {
    data.set([r, g, b, 255 * (low + (tile[from] / 255) * (high - low))], to);
  });
}

/** The value of output `k` of the field at a place in [0, side - 1] in both directions. */
function between(field, side, outputs, column, row, k) {
  const c = Math.min(Math.max(Math.floor(column), 0), side - 2), x = column - c;
  const r = Math.min(Math.max(Math.floor(row), 0), side - 2), y = row - r;
  const at = (i, j) => field[((r + i) * side + c + j) * outputs + k];
  return (1 - y) * ((1 - x) * at(0, 0) + x * at(0, 1)) + y * ((1 - x) * at(1, 0) + x * at(1, 1));
}

/** The class that the field answers at a point of the plane. */
export function answerAt(frame, x, y) {
  const { field, side, outputs, reach } = frame, place = (v) => ((v + reach) / (2 * reach)) * (side - 1);
  let best = 0, most = -1;
  for (let k = 0; k < outputs; k++) {
    const value = between(field, side, outputs, place(x), place(y), k);
    if (value > most) [best, most] = [k, value];
  }
  return best;
}

/** Whether the answer at a point is its class; or its number, to within 0.2. */
export function meets(frame, x, y, label) {
  if (frame.outputs > 1) return answerAt(frame, x, y) === label;
  const { field, side, reach } = frame, place = (v) => ((v + reach) / (2 * reach)) * (side - 1);
  return Math.abs(between(field, side, 1, place(x), place(y), 0) - label) <= 0.2 * 127;
}

/** The colour of a number as fields have it, 128 for none. */
export function valueColour(value, colours) {
  const share = Math.max(-1, Math.min((value - 128) / 127, 1));
  const end = rgb(share < 0 ? colours.below : colours.above), zero = rgb(colours.zero);
  return `rgb(${zero.map((from, i) => Math.round(from + Math.abs(share) * (end[i] - from)))})`;
}

/** The least and the greatest number of a field. */
export function range({ field }) {
  return [Math.min, Math.max].map((of) => (field.reduce((a, b) => of(a, b)) - 128) / 127);
}

/** As `field_pixels` in nnlab/figures/boundary.py: classes mixed, clear where nothing is sure. */
function blended(frame, classes) {
  const { field, side, outputs } = frame, colours = classes.map(({ colour }) => rgb(colour));
  return image(side, (data, to, from) => {
    let sum = 0, most = 0;
    const mixed = [0, 0, 0];
    for (let k = 0; k < outputs; k++) {
      const share = field[from * outputs + k];
      sum += share;
      most = Math.max(most, share);
      for (let i = 0; i < 3; i++) mixed[i] += share * colours[k][i];
    }
    for (let i = 0; i < 3; i++) data[to + i] = mixed[i] / (sum || 1);
    const sure = (most / 255 - 1 / outputs) / (1 - 1 / outputs);
    data[to + 3] = 255 * STRONGEST * Math.min(Math.max(sure, 0), 1);
  });
}

function answersOnly(frame, classes) {
  const { field, side, outputs } = frame, colours = classes.map(({ colour }) => rgb(colour));
  const scale = (side - 1) / (FINE - 1);
  return image(FINE, (data, to, from) => {
    const column = (from % FINE) * scale, row = Math.floor(from / FINE) * scale;
    let best = 0, most = -1;
    for (let k = 0; k < outputs; k++) {
      const value = between(field, side, outputs, column, row, k);
      if (value > most) [best, most] = [k, value];
    }
    data.set([...colours[best], 255 * STRONGEST], to);
  });
}

/** One number a point of the plane, 128 for none, in the colours of signs. */
function signed(frame, colours, discrete) {
  const { field, side } = frame;
  const tile = discrete ? field.map((value) => (value >= 128 ? 255 : 0)) : field;
  return tileImage(tile, side, -1, 1, colours);
}

export function fieldImage(frame, data, discrete) {
  if (frame.outputs === 1) return signed(frame, data.colours, discrete);
  const classes = data.structure.classes;
  return discrete ? answersOnly(frame, classes) : blended(frame, classes);
}

/** What share of the square each class is answered on. */
export function shares(frame) {
  const { field, outputs } = frame, counts = new Array(outputs).fill(0), n = field.length / outputs;
  for (let at = 0; at < n; at++) {
    let best = 0;
    for (let k = 1; k < outputs; k++) {
      if (field[at * outputs + k] > field[at * outputs + best]) best = k;
    }
    counts[best] += 1;
  }
  return counts.map((count) => count / n);
}

const spare = document.createElement('canvas');

/** Put an image of the whole square into a rectangle; a pixel reaches half a step beyond its point. */
export function stretch(context, made, [left, top, width, height]) {
  [spare.width, spare.height] = [made.width, made.height];
  spare.getContext('2d').putImageData(made, 0, 0);
  const beyond = 0.5 / (made.width - 1);
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  context.imageSmoothingQuality = 'high';
  context.drawImage(
    spare, left - beyond * width, top - beyond * height,
    width * (1 + 2 * beyond), height * (1 + 2 * beyond),
  );
  context.restore();
}

/** A point: training filled, validation a diamond, test a square with nothing in it. */
export function mark(context, x, y, part, colour, rim) {
  context.beginPath();
  if (part === 0) context.arc(x, y, 3, 0, 2 * Math.PI);
  else if (part === 2) context.rect(x - 2.6, y - 2.6, 5.2, 5.2);
  else {
    context.moveTo(x, y - 4);
    for (const [dx, dy] of [[4, 0], [0, 4], [-4, 0]]) context.lineTo(x + dx, y + dy);
    context.closePath();
  }
  if (part === 2) {
    context.lineWidth = 3;
    context.strokeStyle = rim;
    context.stroke();
    context.lineWidth = 1.6;
    context.strokeStyle = colour;
    context.stroke();
  } else {
    context.fillStyle = colour;
    context.lineWidth = 0.8;
    context.strokeStyle = rim;
    context.fill();
    context.stroke();
  }
}
