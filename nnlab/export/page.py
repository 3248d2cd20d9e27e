"""The report's HTML: frame, charts, tables. What a visitor wrote is escaped here."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

_PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data: blob:;
 style-src 'unsafe-inline'; script-src 'unsafe-inline'; font-src data:">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --ink: light-dark(#22262e, #e8eaee);
  --paper: light-dark(#ffffff, #14171c); --line: light-dark(#d8dbe0, #3a3f48) }}
body {{ font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 1080px; margin: 0 auto; padding: 1.5rem 1rem 3rem }}
h1 {{ overflow-wrap: anywhere; line-height: 1.2 }}
h2 {{ margin: 2.2rem 0 0.6rem }}
dl {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0.5rem }}
dl > div {{ border: 1px solid var(--line); border-radius: 6px; padding: 0.4rem 0.7rem }}
dt {{ font-size: 0.85rem; opacity: 0.8 }} dd {{ margin: 0; overflow-wrap: anywhere }}
.two {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
  gap: 1rem }}
figure.chart {{ margin: 0; min-width: 0 }}
#confusion {{ max-width: 34rem }}
figure.chart figcaption {{ font-size: 0.9rem }}
figure.chart button {{ font: inherit; font-size: 0.85rem; color: inherit; background: none;
  border: 1px solid var(--line); border-radius: 6px; padding: 0.1rem 0.6rem; cursor: pointer }}
.scroll {{ overflow-x: auto }} details {{ margin: 0.6rem 0 }} summary {{ cursor: pointer }}
table {{ border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.9rem }}
th, td {{ border-bottom: 1px solid var(--line); padding: 0.2rem 0.7rem; text-align: right }}
th:first-child, td:first-child {{ text-align: left }}
footer {{ margin-top: 2.5rem; font-size: 0.85rem; opacity: 0.8 }}
</style>
<script>{plotly}</script>
</head><body>
<h1>{title}</h1>
{body}
<script>
const ink = () => getComputedStyle(document.body).color;
const line = () => getComputedStyle(document.querySelector('dl > div')).borderTopColor;
function show(figure) {{
  const slot = figure.querySelector('.plot');
  const {{ data, layout }} = JSON.parse(figure.querySelector('script').textContent);
  const themed = {{ ...layout, autosize: true, paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)', font: {{ ...layout.font, color: ink() }} }};
  for (const axis of ['xaxis', 'yaxis']) {{
    const grid = {{ gridcolor: line(), zerolinecolor: line(), linecolor: line() }};
    themed[axis] = {{ ...grid, ...layout[axis] }};
  }}
  slot.style.height = `${{layout.height}}px`;
  Plotly.react(slot, data, themed, {{ responsive: true, displaylogo: false }});
  for (const button of figure.querySelectorAll('button')) {{
    button.onclick = () => save(slot, button.dataset.format, figure.id);
  }}
}}
/** A chart is saved on white, in dark ink, twice as fine as on the screen. */
function save(slot, format, filename) {{
  const layout = {{ ...slot.layout, paper_bgcolor: '#fff', plot_bgcolor: '#fff',
    font: {{ ...slot.layout.font, color: '#22262e' }} }};
  const {{ clientWidth: width, clientHeight: height }} = slot;
  const wanted = {{ format, filename, width, height, scale: 2 }};
  Plotly.downloadImage({{ data: slot.data, layout }}, wanted);
}}
const all = () => document.querySelectorAll('figure.chart').forEach(show);
all();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', all);
</script>
</body></html>
"""
_CHART = (
    '<figure class="chart" id="{key}"><div class="plot" role="img" aria-label="{words}"></div>'
    "<figcaption>{words} "
    '<button type="button" data-format="png">Save as PNG</button> '
    '<button type="button" data-format="svg">Save as SVG</button></figcaption>'
    '<script type="application/json">{figure}</script></figure>'
)


def page(title: str, body: str, plotly: str) -> str:
    """The whole file. `body` is HTML already; `title` is a visitor's."""
    library = plotly.replace("</script", "<\\/script")
    return _PAGE.format(title=escape(title), body=body, plotly=library)


def chart(key: str, figure: dict[str, Any], words: str) -> str:
    """A figure, its content in words, and buttons that save it as a picture.

    Args:
        key: its name on the page and of the saved file, letters only.
        figure: a Plotly figure as a plain dictionary without NaN.
        words: what it shows.
    """
    data = json.dumps(figure, allow_nan=False).replace("<", "\\u003c")
    return _CHART.format(key=key, words=escape(words), figure=data)


def facts(values: Mapping[str, str]) -> str:
    """Names and values in boxes."""
    boxes = (
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in values.items()
    )
    return f"<dl>{''.join(boxes)}</dl>"


def table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Numbers in rows; the first column names the row."""
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(str(v))}</td>' for v in row)}</tr>" for row in rows)
    return f'<div class="scroll"><table><tr>{head}</tr>{body}</table></div>'
