const PATIENCE = 600, SECOND = 1000; // milliseconds
const HEAD = 46, FOOT = 20, TILES = 356, LEFT = 58, RIGHT = 46, CLOSEST = 78; // pixels
const MOST_SHOWN = 16;
const NEAR = 5; // so far from an edge it is meant
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

function element(tag, className, parent, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  parent?.append(made);
  return made;
}

function number(value, digits = 3) {
  if (value === null || value === undefined) return '–';
  return value.toFixed(digits).replace('-', '\u2212');
}

function percent(share) {
  return share === null || share === undefined ? '–' : `${(100 * share).toFixed(1)} %`;
}

// --- the skeleton --------------------------------------------------------------------------

function skeleton(root) {
  const figures = element('div', 'figures', root);
  const named = {};
  for (const [name, words] of [
    ['epoch', 'Epoch'], ['step', 'Step'], ['trainLoss', 'Training loss'],
    ['trainAccuracy', 'accuracy'], ['testLoss', 'Test loss'], ['testAccuracy', 'accuracy'],
  ]) {
    const place = element('div', '', figures);
    element('span', '', place, words);
    named[name] = element('b', '', place, '–');
  }
  const main = element('div', 'main', root);
  const net = element('div', 'net', main), plane = element('div', 'plane', main);
  const bar = element('div', 'bar', net);
  const scroll = element('div', 'scroll', net), wires = element('div', 'wires', scroll);
  const edges = element('canvas', '', wires);
  edges.setAttribute('aria-hidden', 'true');
  const inspector = element('div', 'inspector', net);
  inspector.setAttribute('aria-live', 'off');
  const head = element('div', 'bar', plane), title = element('h3', '', head);
  named.pace = element('span', 'pace', head);
  const field = element('canvas', '', plane);
  field.setAttribute('role', 'img');
  const legend = element('div', 'legend', plane), toggles = element('div', 'toggles', plane);
  const note = element('p', 'note', plane);
  return { named, main, net, bar, scroll, wires, edges, inspector, title, field, legend, toggles, note };
}

class Playground {
  constructor(root, paint) {
    this.root = root;
    this.paint = paint;
    this.at = skeleton(root);
    this.choices = { test: true, discrete: false, errors: false };
    this.hover = this.pin = this.frame = null;
    this.over = new Map(); // weights set here that no frame has shown yet
    this.units = new Map();
    this.waiting = [];
    this.number = this.sent = this.frames = 0;
    this.times = [];
    this.addToggles();
    this.listen();
    new ResizeObserver(() => { this.lay(); this.ask(); }).observe(root);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.ask());
  }

  // --- what Python tells --------------------------------------------------------------------

  take({ data, setTriggerValue }) {
    const { paint } = this;
    this.data = data;
    this.tell = setTriggerValue;
    this.number = Math.max(this.number, data.number);
    this.points = {
      x: paint.shorts(data.points.x), y: paint.shorts(data.points.y),
      label: paint.bytes(data.points.label), part: paint.bytes(data.points.part),
    };
    const form = JSON.stringify([data.structure, data.locked]);
    if (form !== this.form) {
      this.form = form;
      this.hover = this.pin = null;
      this.over.clear();
      if (this.frame && !this.fits(this.frame)) this.frame = null;
      this.build();
    }
    this.legend();
    this.at.note.textContent = data.note;
    if (data.frame) this.show(data.frame);
    else if (!data.follow) this.frame = null;
    this.follow(data.follow);
    if (data.number >= this.number && this.waiting.length) this.send();
    this.ask();
  }

  fits(frame) {
    const { hidden, output } = this.data.structure;
    const wanted = [...hidden, output].map(({ index, units }) => `${index}:${units}`).join();
    return frame.layers.map(({ index, units }) => `${index}:${units}`).join() === wanted;
  }

  show(frame) {
    if (!this.fits(frame)) return;
    const { paint } = this;
    const layers = frame.layers.map((layer) => ({ ...layer, tiles: paint.bytes(layer.tiles) }));
    this.frame = { ...frame, layers, field: paint.bytes(frame.field) };
    if (this.data.number >= this.number && !this.waiting.length) this.over.clear();
    this.fresh = true;
    this.ask();
  }

  /** Read the worker's newest frame again and again, one reading at a time. */
  follow(follow) {
    if (this.following?.url === follow?.url && this.following?.every_ms === follow?.every_ms) return;
    clearInterval(this.reading);
    this.following = follow;
    this.latest = null;
    this.at.named.pace.textContent = '';
    if (!follow) return;
    let busy = false;
    this.reading = setInterval(async () => {
      if (!this.root.isConnected) return clearInterval(this.reading);
      if (busy || document.hidden) return;
      busy = true;
      try {
        const answer = await fetch(`${follow.url}?t=${Date.now()}`);
        const text = answer.ok ? await answer.text() : null;
        if (!text || text === this.latest || this.following !== follow) return;
        this.latest = text;
        const frame = JSON.parse(text);
        if (frame.run === this.data.of) this.show(frame);
      } catch { /* the next reading may do */ } finally {
        busy = false;
      }
    }, follow.every_ms);
  }

  // --- what a hand asks for -----------------------------------------------------------------

  /** One message is under way at a time, unless its answer is long overdue. */
  post(asked) {
    const same = (other) => asked.kind === 'weight' && other.kind === 'weight'
      && [other.layer, other.unit, other.input].join() === [asked.layer, asked.unit, asked.input].join();
    this.waiting = [...this.waiting.filter((other) => !same(other)), asked];
    this.send();
  }

  send() {
    clearTimeout(this.timer);
    if (!this.waiting.length) return;
    const left = this.data.number < this.number ? PATIENCE - (performance.now() - this.sent) : 0;
    if (left > 0) { this.timer = setTimeout(() => this.send(), left); return; }
    this.number += 1;
    this.sent = performance.now();
    const asked = this.waiting.splice(0);
    this.tell('asked', { number: this.number, asked });
  }

  addToggles() {
    for (const [name, words] of [
      ['test', 'Show test points'], ['discrete', 'Discretise output'],
      ['errors', 'Only test points answered wrongly'],
    ]) {
      const label = element('label', '', this.at.toggles), input = element('input', '', label);
      this.at.named[name] = label;
      input.type = 'checkbox';
      input.checked = this.choices[name];
      label.append(words);
      input.onchange = () => { this.choices[name] = input.checked; this.ask(); };
    }
  }

  listen() {
    const { wires } = this.at;
    wires.addEventListener('pointermove', (event) => {
      if (event.target.closest('button')) return;
      this.look(this.edgeAt(event));
    });
    wires.addEventListener('pointerleave', () => this.look(null));
    wires.addEventListener('click', (event) => {
      if (event.target.closest('button')) return;
      this.hold(this.edgeAt(event));
    });
    this.root.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.hold(null);
      else if (event.key.startsWith('Arrow') && event.target.unit) this.move(event);
    });
  }

  look(what) {
    if (JSON.stringify(what) === JSON.stringify(this.hover)) return;
    this.hover = what;
    this.ask();
  }

  hold(what) {
    this.pin = what;
    this.inspected = null;
    for (const [key, { button }] of this.units) {
      button.classList.toggle('pinned', what !== null && key === `${what.layer}:${what.unit}`);
    }
    this.ask();
  }

  move(event) {
    event.preventDefault();
    const { column, row } = event.target.unit;
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const beside = this.columns[column + dx];
    if (!beside) return;
    const last = beside.buttons.length - 1;
    beside.buttons[Math.min(Math.max(row + dy, 0), last)].focus();
  }

  // --- the network's columns ----------------------------------------------------------------

  build() {
    const { at, data } = this, { hidden, output, features, classes } = data.structure;
    at.wires.replaceChildren(at.edges);
    this.units.clear();
    this.inspected = null;
    this.bar();
    this.columns = [{ kind: 'input', index: -1, count: data.inputs.length, words: 'Inputs' }];
    for (const layer of hidden) {
      this.columns.push({ ...layer, kind: 'hidden', count: Math.min(layer.units, MOST_SHOWN) });
    }
    this.columns.push({ ...output, kind: 'output', words: 'Output', count: Math.min(output.units, MOST_SHOWN) });
    this.columns.forEach((column, at) => this.column(column, at, features, classes));
    this.columns[0].buttons[0].tabIndex = 0;
    this.lay();
  }

  bar() {
    const { bar } = this.at, { hidden, full } = this.data.structure;
    bar.replaceChildren();
    element('b', '', bar, hidden.length === 1 ? '1 hidden layer' : `${hidden.length} hidden layers`);
    this.small(bar, '\u2212', 'One hidden layer less', !hidden.length || this.data.locked.layers,
      { kind: 'layer', by: -1 });
    this.small(bar, '+', 'One hidden layer more', full || this.data.locked.layers,
      { kind: 'layer', by: 1 });
    const signs = element('span', 'signs', bar);
    for (const [colour, words] of [['above', 'weight above 0'], ['below', 'below 0']]) {
      element('i', '', signs).style.background = this.data.colours[colour];
      signs.append(words);
    }
  }

  small(parent, text, words, disabled, asked) {
    const button = element('button', 'small', parent, text);
    button.type = 'button';
    button.disabled = disabled;
    button.title = words;
    button.setAttribute('aria-label', words);
    button.onclick = () => this.post(asked);
    return button;
  }

  column(column, at, features, classes) {
    const { data } = this, head = element('div', 'column', this.at.wires);
    column.head = head;
    const line = element('div', '', head);
    if (column.kind === 'hidden') {
      const { least_units: least, most_units: most } = data.structure;
      const fixed = data.locked.layers, nth = `layer ${at}`;
      this.small(line, '\u2212', `One unit less in ${nth}`, fixed || column.units <= least,
        { kind: 'units', layer: column.index, by: -1 });
      element('b', '', line, ` ${column.units} `);
      this.small(line, '+', `One unit more in ${nth}`, fixed || column.units >= most,
        { kind: 'units', layer: column.index, by: 1 });
      element('small', '', head, [column.words, ...column.after].join(', '));
    } else element('b', '', line, column.words);
    column.labels = [];
    column.buttons = Array.from({ length: column.count }, (_, row) => {
      const button = element('button', 'unit', this.at.wires);
      button.type = 'button';
      button.tabIndex = -1;
      button.unit = { column: at, row };
      const canvas = element('canvas', '', button);
      if (column.kind === 'input') this.input(column, button, canvas, row, features);
      else this.output(column, button, canvas, row, classes);
      button.addEventListener('focus', () => {
        for (const { buttons } of this.columns) for (const other of buttons) other.tabIndex = -1;
        button.tabIndex = 0;
      });
      return button;
    });
    const more = (column.units ?? 0) - column.count;
    column.more = more > 0 ? element('span', 'more', this.at.wires, `+${more} more`) : null;
  }

  input(column, button, canvas, row, features) {
    const { data } = this, { name, label, tile, low, high } = data.inputs[row];
    const on = features.includes(name);
    button.classList.toggle('off', !on);
    button.disabled = data.locked.features;
    button.setAttribute('aria-pressed', String(on));
    button.setAttribute('aria-label', `Input ${label}`);
    button.title = on ? `${label}: an input. Press to take it away.` : `${label}: press to make it an input.`;
    button.onclick = () => this.post({ kind: 'feature', name });
    const shown = { layer: -1, unit: row };
    this.watch(button, shown);
    this.put(canvas, this.paint.tileImage(this.paint.bytes(tile), 24, low, high, data.colours));
    column.labels.push(element('span', on ? 'label' : 'label off', this.at.wires, label));
  }

  output(column, button, canvas, row, classes) {
    const what = { layer: column.index, unit: row };
    this.units.set(`${column.index}:${row}`, { button, canvas, column });
    button.onclick = () => this.hold(JSON.stringify(this.pin) === JSON.stringify(what) ? null : what);
    this.watch(button, what);
    button.setAttribute('aria-label', this.nameOf(what));
    if (column.kind === 'output') {
      const label = element('span', 'label after', this.at.wires, classes[row]?.name ?? '');
      column.labels.push(label);
    }
  }

  watch(button, what) {
    button.addEventListener('pointerenter', () => this.look(what));
    button.addEventListener('pointerleave', () => this.look(null));
    button.addEventListener('focus', () => this.look(what));
    button.addEventListener('blur', () => this.look(null));
  }

  put(canvas, made) {
    if (canvas.width !== made.width) [canvas.width, canvas.height] = [made.width, made.height];
    canvas.getContext('2d').putImageData(made, 0, 0);
  }

  /** Give every tile its place. */
  lay() {
    if (!this.columns) return;
    const { at } = this, most = Math.max(...this.columns.map(({ count }) => count));
    const size = most <= 8 ? 36 : Math.max(18, Math.floor(TILES / most) - 4);
    const gaps = this.columns.length - 1, room = at.scroll.clientWidth - LEFT - RIGHT - size;
    const apart = Math.max(CLOSEST, Math.min(room / gaps, 150));
    const width = Math.max(LEFT + RIGHT + size + apart * gaps, 0), height = HEAD + TILES + FOOT;
    Object.assign(at.wires.style, { width: `${width}px`, height: `${height}px` });
    this.size = size;
    this.extent = [width, height];
    this.columns.forEach((column, n) => {
      const left = LEFT + n * apart, step = Math.min(TILES / column.count, size + 14);
      const top = HEAD + (TILES - step * column.count) / 2 + (step - size) / 2;
      column.head.style.left = `${left + size / 2}px`;
      column.places = column.buttons.map((button, row) => {
        const y = top + row * step;
        Object.assign(button.style, { left: `${left}px`, top: `${y}px`, width: `${size}px`, height: `${size}px` });
        const label = column.labels[row];
        if (label) {
          label.style.top = `${y + size / 2}px`;
          label.style.left = `${column.kind === 'input' ? left - 6 : left + size + 6}px`;
        }
        return [left, y + size / 2];
      });
      if (column.more) {
        Object.assign(column.more.style, { left: `${left + size / 2}px`, top: `${HEAD + TILES + 2}px` });
      }
    });
    this.geometry = null;
  }

  /** All edges between tiles: from where, to where, and which weight it is. */
  links() {
    if (this.geometry) return this.geometry;
    const { features } = this.data.structure, names = this.data.inputs.map(({ name }) => name);
    const found = [];
    for (let n = 1; n < this.columns.length; n++) {
      const before = this.columns[n - 1], column = this.columns[n];
      const sources = n === 1
        ? features.map((name) => before.places[names.indexOf(name)])
        : before.places;
      sources.forEach(([x, y], input) => column.places.forEach(([toX, toY], unit) => {
        found.push({ layer: column.index, unit, input, from: [x + this.size, y], to: [toX, toY] });
      }));
    }
    this.geometry = found;
    return found;
  }

  layerOf(index) {
    return this.frame?.layers.find((layer) => layer.index === index);
  }

  weightOf({ layer, unit, input }) {
    const set = this.over.get(`${layer}:${unit}:${input}`);
    if (set !== undefined) return set;
    const found = this.layerOf(layer);
    return input === null ? found?.bias?.[unit] : found?.kernel?.[input]?.[unit];
  }

  edgeAt(event) {
    const box = this.at.wires.getBoundingClientRect();
    const x = event.clientX - box.left, y = event.clientY - box.top;
    let best = null, least = NEAR;
    for (const link of this.links()) {
      if (x < link.from[0] || x > link.to[0]) continue;
      const t = (x - link.from[0]) / (link.to[0] - link.from[0]);
      const away = Math.abs(curve(link, inverse(t))[1] - y);
      if (away < least) [best, least] = [link, away];
    }
    return best && { layer: best.layer, unit: best.unit, input: best.input };
  }

  // --- drawing ------------------------------------------------------------------------------

  ask() {
    this.pending ??= requestAnimationFrame(() => { this.pending = null; this.draw(); });
  }

  draw() {
    if (!this.data) return;
    const style = getComputedStyle(this.root);
    this.theme = {
      text: style.getPropertyValue('--st-text-color').trim(),
      grid: style.getPropertyValue('--st-border-color').trim(),
      page: style.getPropertyValue('--st-background-color').trim(),
      font: style.fontFamily,
    };
    if (this.fresh) { this.tiles(); this.count(); }
    this.fresh = false;
    this.told();
    this.wires();
    this.plane();
    this.inspect();
  }

  tiles() {
    const { paint, data } = this, { units_side: side, layers } = this.frame;
    const last = layers.at(-1);
    for (const layer of layers) {
      for (let unit = 0; unit < layer.shown; unit++) {
        const place = this.units.get(`${layer.index}:${unit}`);
        if (!place) continue;
        const tile = layer.tiles.subarray(unit * side * side, (unit + 1) * side * side);
        const low = layer.low[unit], high = layer.high[unit];
        const asClass = layer === last && low >= 0 && high <= 1.001 && last.units > 1;
        this.put(place.canvas, asClass
          ? paint.classImage(tile, side, low, high, data.structure.classes[unit].colour)
          : paint.tileImage(tile, side, low, high, data.colours));
      }
    }
  }

  /** Pictures drawn in the last second, for people and for tests. */
  count() {
    const now = performance.now();
    this.frames += 1;
    this.root.dataset.frames = this.frames;
    this.root.dataset.step = this.frame.step;
    this.times = [...this.times.filter((time) => now - time < SECOND), now];
    if (this.following && this.times.length > 1 && now - (this.paced ?? 0) > SECOND) {
      this.paced = now;
      this.at.named.pace.textContent = `${this.times.length} pictures a second`;
    }
  }

  told() {
    const { named } = this.at, { frame } = this, numbers = !this.data.structure.classes.length;
    const figure = (measured) => (numbers
      ? number(measured?.mean_absolute_error) : percent(measured?.accuracy));
    const values = {
      epoch: frame ? frame.epoch.toFixed(1) : '0.0',
      step: frame ? frame.step.toLocaleString('en') : '0',
      trainLoss: number(frame?.train?.loss), trainAccuracy: figure(frame?.train),
      testLoss: number(frame?.test?.loss), testAccuracy: figure(frame?.test),
    };
    for (const name in values) {
      if (named[name].textContent !== values[name]) named[name].textContent = values[name];
    }
  }

  canvas(canvas, width, height) {
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    }
    const context = canvas.getContext('2d');
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    return context;
  }

  wires() {
    const { edges } = this.at, [width, height] = this.extent;
    Object.assign(edges.style, { width: `${width}px`, height: `${height}px` });
    const context = this.canvas(edges, width, height), chosen = this.hover ?? this.pin;
    const isMeant = (link) => chosen && link.layer === chosen.layer && link.unit === chosen.unit
      && (chosen.input === undefined || chosen.input === link.input);
    // A step further with each picture, from the inputs to the answers.
    context.setLineDash(this.following && !STILL.matches ? [8, 2] : []);
    context.lineDashOffset = -2 * this.frames;
    const meant = [];
    for (const link of this.links()) {
      if (isMeant(link)) meant.push(link);
      else this.wire(context, link, chosen && chosen.layer >= 0 ? 0.35 : 1);
    }
    for (const link of meant) this.wire(context, link, 1.6);
  }

  wire(context, link, strength) {
    const weight = this.weightOf(link), size = Math.abs(weight ?? 0);
    context.strokeStyle = weight === undefined ? this.theme.grid
      : this.data.colours[weight < 0 ? 'below' : 'above'];
    context.globalAlpha = Math.min((0.2 + 0.65 * Math.min(size, 1)) * strength + (strength > 1 ? 0.4 : 0), 1);
    context.lineWidth = Math.max(Math.min(0.4 + 1.5 * size, 8), strength > 1 ? 2 : 0);
    const [x, y] = link.from, [toX, toY] = link.to, half = (toX - x) / 2;
    context.beginPath();
    context.moveTo(x, y);
    context.bezierCurveTo(x + half, y, toX - half, toY, toX, toY);
    context.stroke();
    context.globalAlpha = 1;
  }

  plane() {
    const { field, title } = this.at, { frame, paint, data, theme } = this;
    const side = field.clientWidth, box = [30, 6, side - 38, side - 38];
    if (side < 60) return;
    const context = this.canvas(field, side, side), unit = this.hover ?? this.pin;
    const shown = unit && this.tileOf(unit);
    if (shown) paint.stretch(context, shown.image, box);
    else if (frame) paint.stretch(context, paint.fieldImage(frame, data, this.choices.discrete), box);
    const words = shown ? shown.words : 'The answers of the network';
    if (title.textContent !== words) title.textContent = words;
    this.axes(context, box, theme);
    this.scatter(context, box, theme);
    if (performance.now() - (this.described ?? -SECOND) < SECOND && !this.still) return;
    this.described = performance.now();
    field.setAttribute('aria-label', this.words());
  }

  /** The tile of a unit, input or not, as large as one likes. */
  tileOf({ layer, unit }) {
    const { paint, data } = this;
    if (layer < 0) {
      const { label, tile, low, high } = data.inputs[unit];
      return {
        image: paint.tileImage(paint.bytes(tile), 24, low, high, data.colours),
        words: `Input ${label}: from ${number(low, 2)} to ${number(high, 2)}`,
      };
    }
    const found = this.layerOf(layer);
    if (!found || unit >= found.shown) return null;
    const side = this.frame.units_side, low = found.low[unit], high = found.high[unit];
    const tile = found.tiles.subarray(unit * side * side, (unit + 1) * side * side);
    const words = `${this.nameOf({ layer, unit })}: from ${number(low, 2)} to ${number(high, 2)}`;
    return { image: paint.tileImage(tile, side, low, high, data.colours), words };
  }

  axes(context, [left, top, width, height], theme) {
    const { reach } = this.data, unit = width / (2 * reach), every = reach > 12 ? 5 : 2;
    context.strokeStyle = theme.grid;
    context.fillStyle = theme.text;
    context.font = `11px ${theme.font}`;
    context.lineWidth = 1;
    context.strokeRect(left, top, width, height);
    context.textBaseline = 'top';
    for (let value = -Math.floor(reach / every) * every; value <= reach; value += every) {
      const words = String(value).replace('-', '\u2212');
      context.textAlign = 'center';
      context.fillText(words, left + (value + reach) * unit, top + height + 5);
      context.textAlign = 'right';
      context.textBaseline = 'middle';
      context.fillText(words, left - 5, top + (reach - value) * unit);
      context.textBaseline = 'top';
    }
    context.textAlign = 'center';
    context.fillText('x', left + width / 2, top + height + 18);
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.fillText('y', 2, top + height / 2 - unit);
  }

  scatter(context, [left, top, width, height], theme) {
    const { x, y, label, part } = this.points, { fine } = this.data.points, { test, errors } = this.choices;
    const { reach } = this.data, classes = this.data.structure.classes;
    for (let i = 0; i < x.length; i++) {
      if (part[i] === 2 && !test && !errors) continue;
      const px = x[i] / fine, py = y[i] / fine;
      if (errors) {
        if (part[i] !== 2 || !this.frame) continue;
        if (this.paint.meets(this.frame, px * reach, py * reach, label[i])) continue;
      }
      const colour = classes.length ? classes[label[i]]?.colour ?? theme.text
        : this.paint.valueColour(label[i], this.data.colours);
      this.paint.mark(
        context, left + (1 + px) * width / 2, top + (1 - py) * height / 2, part[i], colour,
        classes.length ? '#ffffff' : '#8a8f98',
      );
    }
  }

  legend() {
    const { classes } = this.data.structure, parts = new Set(this.points.part);
    const form = JSON.stringify([classes, [...parts]]);
    if (form === this.legendForm) return;
    this.legendForm = form;
    const sign = (shape) => `<span><svg viewBox="0 0 12 12" aria-hidden="true">${shape}</svg></span>`;
    this.at.legend.replaceChildren();
    const add = (shape, words) => {
      this.at.legend.insertAdjacentHTML('beforeend', sign(shape));
      this.at.legend.lastElementChild.append(words);
    };
    const { named } = this.at, numbers = !classes.length;
    for (const { previousSibling: words } of [named.trainAccuracy, named.testAccuracy]) {
      words.textContent = numbers ? 'absolute error' : 'accuracy';
    }
    named.errors.lastChild.textContent = numbers
      ? 'Only test points more than 0.2 off' : 'Only test points answered wrongly';
    if (numbers) {
      const { below, zero, above } = this.data.colours, scale = element('span', '', this.at.legend);
      scale.append('value \u22121 ');
      element('i', 'scale', scale).style.background
        = `linear-gradient(to right, ${below}, ${zero}, ${above})`;
      scale.append(' 1');
    }
    for (const { name, colour } of classes) add(`<circle cx="6" cy="6" r="5" fill="${colour}"/>`, `class ${name}`);
    add('<circle cx="6" cy="6" r="4" fill="currentColor"/>', 'training');
    if (parts.has(1)) add('<path d="M6 1 11 6 6 11 1 6Z" fill="currentColor"/>', 'validation');
    if (parts.has(2)) add('<rect x="2" y="2" width="8" height="8" fill="none" stroke="currentColor" stroke-width="2"/>', 'test');
  }

  words() {
    const { frame } = this, { classes } = this.data.structure;
    if (!frame) return 'The points; the network has not been asked yet.';
    if (frame.outputs === 1) {
      const [low, high] = this.paint.range(frame).map((value) => number(value, 2));
      return `After step ${frame.step}, the network answers ${low} to ${high} in this square.`;
    }
    const told = this.paint.shares(frame).map((share, k) => `${classes[k].name} on ${percent(share)}`);
    return `After step ${frame.step}, the network answers ${told.join(', ')} of this square.`;
  }

  // --- one unit, in numbers -----------------------------------------------------------------

  nameOf({ layer, unit }) {
    const at = this.columns.findIndex(({ index }) => index === layer);
    if (at < 0) return '';
    if (at < this.columns.length - 1) return `Layer ${at}, unit ${unit + 1}`;
    const name = this.data.structure.classes[unit]?.name;
    return name === undefined ? `Output ${unit + 1}` : `Output for class ${name}`;
  }

  /** What stands on the other end of an incoming edge. */
  sourceOf(layer, input) {
    const at = this.columns.findIndex(({ index }) => index === layer);
    if (at > 1) return `unit ${input + 1}`;
    const name = this.data.structure.features[input];
    return this.data.inputs.find((tile) => tile.name === name)?.label ?? `input ${input + 1}`;
  }

  inspect() {
    const { inspector } = this.at, what = this.pin ?? this.hover, pinned = this.pin !== null;
    if (!what || what.layer < 0) {
      if (this.inspected === 'none') return;
      this.inspected = 'none';
      const words = 'Point at a unit to see what it answers where. Click a unit or a line to read its '
        + 'weights and to set them by hand. Inputs are switched on and off by a click.';
      inspector.replaceChildren(element('p', '', null, words));
      return;
    }
    const form = JSON.stringify([what, pinned, this.layerOf(what.layer)?.kernel?.length]);
    if (this.inspected !== form) {
      this.inspected = form;
      this.describe(what, pinned);
    }
    this.refresh(what);
  }

  describe(what, pinned) {
    const { inspector } = this.at, layer = this.layerOf(what.layer);
    inspector.replaceChildren();
    this.shown = { head: element('p', 'head', inspector), chips: [] };
    if (!layer) return;
    if (pinned) this.editor(what);
    const chips = element('div', 'chips', inspector);
    const inputs = layer.kernel ? layer.kernel.map((_, at) => at) : [];
    for (const input of [null, ...inputs]) {
      const chip = element('button', '', chips), value = document.createTextNode('');
      chip.type = 'button';
      element('i', '', chip, input === null ? 'bias' : this.sourceOf(what.layer, input));
      chip.append(' ', value);
      chip.setAttribute('aria-pressed', String(pinned && (what.input ?? null) === input));
      chip.onclick = () => this.hold({ layer: what.layer, unit: what.unit, input });
      this.shown.chips.push({ value, input });
    }
    if (!layer.kernel) element('p', '', inspector, 'This layer has too many weights to show them here.');
  }

  editor(what) {
    const weight = { layer: what.layer, unit: what.unit, input: what.input ?? null };
    const line = element('div', 'edit', this.at.inspector), value = this.weightOf(weight) ?? 0;
    const limit = Math.max(3, Math.ceil(2 * Math.abs(value)));
    const words = weight.input === null ? 'Bias' : `Weight from ${this.sourceOf(what.layer, weight.input)}`;
    const label = element('span', '', line, words);
    const range = element('input', '', line), field = element('input', '', line);
    Object.assign(range, { type: 'range', min: -limit, max: limit, step: 0.01 });
    Object.assign(field, { type: 'number', step: 0.01 });
    for (const input of [range, field]) {
      input.setAttribute('aria-label', `${words} of ${this.nameOf(what)}`);
      input.disabled = this.data.locked.weights;
      input.oninput = () => {
        const wanted = input.valueAsNumber;
        if (!Number.isFinite(wanted)) return;
        this.over.set(`${weight.layer}:${weight.unit}:${weight.input}`, wanted);
        this.post({ kind: 'weight', ...weight, value: wanted });
        this.ask();
      };
    }
    label.dataset.editing = words;
    this.shown.editing = { weight, range, field };
  }

  refresh(what) {
    const layer = this.layerOf(what.layer), { head, chips, editing } = this.shown;
    const range = !editing && layer && what.unit < layer.shown
      ? ` · output from ${number(layer.low[what.unit], 2)} to ${number(layer.high[what.unit], 2)}` : '';
    const edge = what.input === undefined || what.input === null ? ''
      : ` · weight from ${this.sourceOf(what.layer, what.input)}`;
    const title = `${this.nameOf(what)}${edge}${range}`;
    if (head.textContent !== title) head.textContent = title;
    for (const { value, input } of chips) {
      const weight = this.weightOf({ layer: what.layer, unit: what.unit, input });
      const words = weight === undefined || weight === null ? '–' : String(weight).replace('-', '\u2212');
      if (value.data !== words) value.data = words;
    }
    if (!editing) return;
    const weight = this.weightOf(editing.weight);
    const held = editing.field.getRootNode().activeElement;
    for (const input of [editing.range, editing.field]) {
      if (weight !== undefined && held !== input && input.valueAsNumber !== weight) input.value = weight;
    }
  }
}

/** A place on the edge at parameter t. */
function curve({ from: [x, y], to: [toX, toY] }, t) {
  const eased = t * t * (3 - 2 * t);
  return [x + (toX - x) * (1.5 * t * (1 - t) + t ** 3), y + (toY - y) * eased];
}

/** The parameter at which the edge is at a share of its way to the right. */
function inverse(share) {
  let low = 0, high = 1;
  for (let i = 0; i < 20; i++) {
    const t = (low + high) / 2;
    if (1.5 * t * (1 - t) + t ** 3 < share) low = t;
    else high = t;
  }
  return (low + high) / 2;
}

/** One drawing: `data` as `picture_data` in nnlab/ui/playground/picture.py makes it. */
export function draw(paint, drawing) {
  const root = drawing.parentElement.querySelector('.board');
  root.playground ??= new Playground(root, paint);
  root.playground.take(drawing);
}
