/* Two small buttons in the corner of a chart: it as PNG or SVG. */

const STYLE = `
  .nnlab-save {position: absolute; right: 0; bottom: -4px; display: flex; gap: 4px; opacity: 0;
    transition: opacity 0.15s}
  :hover > .nnlab-save, .nnlab-save:focus-within {opacity: 1}
  @media (hover: none) {.nnlab-save {opacity: 0.6}}
  .nnlab-save button {font: 0.75rem var(--st-font); color: var(--st-text-color); cursor: pointer;
    background: var(--st-background-color); border: 1px solid var(--st-border-color);
    border-radius: 4px; padding: 0 6px; line-height: 1.5}`;

/** What the file of a saved chart is called: the chart's title in plain letters. */
export function fileName(title) {
  const plain = String(title).replace(/<[^>]*>/g, ' ').replace(/[^a-z0-9]+/gi, '-').toLowerCase();
  return plain.replace(/^-+|-+$/g, '').slice(0, 40) || 'chart';
}

/** Shown while the pointer is on the chart; `save` is called with 'png' or 'svg'. */
export function offerSaving(parentElement, save) {
  if (!document.getElementById('nnlab-save-style')) {
    const style = document.createElement('style');
    style.id = 'nnlab-save-style';
    style.textContent = STYLE;
    document.head.append(style);
  }
  parentElement.style.position = 'relative';
  const saving = document.createElement('div');
  saving.className = 'nnlab-save';
  for (const format of ['png', 'svg']) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = format.toUpperCase();
    button.title = `Save this chart as ${button.textContent}`;
    button.onclick = () => save(format);
    saving.append(button);
  }
  parentElement.append(saving);
}

/** An SVG picture, as text, given to the visitor as a file; PNG twice as fine as on the screen. */
export async function saveSvg(svg, width, height, name, format) {
  const picture = new Blob([svg], { type: 'image/svg+xml' });
  download(format === 'svg' ? picture : await png(picture, width, height), `${name}.${format}`);
}

async function png(picture, width, height) {
  const image = new Image(), url = URL.createObjectURL(picture);
  image.src = url;
  await image.decode();
  URL.revokeObjectURL(url);
  const canvas = new OffscreenCanvas(2 * width, 2 * height);
  canvas.getContext('2d').drawImage(image, 0, 0, 2 * width, 2 * height);
  return canvas.convertToBlob();
}

function download(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
