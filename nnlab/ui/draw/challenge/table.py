"""A small table of plain text: what players call themselves is shown as they typed it."""

from collections.abc import Sequence

from streamlit.components.v2 import component

_mount = component(
    "nnlab_challenge_table",
    html="<table><caption></caption><thead><tr></tr></thead><tbody></tbody></table>",
    css="""
table {
  color: var(--st-text-color); font-family: var(--st-font); font-size: 0.9375rem;
  border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums;
}
caption {
  text-align: left; padding-bottom: 0.4rem; font-size: 0.875rem;
  color: color-mix(in srgb, var(--st-text-color) 75%, transparent);
}
th, td {
  text-align: left; padding: 0.3rem 0.6rem; border-bottom: 1px solid var(--st-border-color);
  overflow-wrap: anywhere;
}
th {font-weight: 600; font-size: 0.875rem; overflow-wrap: normal;}
.number {text-align: right;}
.strong td {
  font-weight: 700; background: color-mix(in srgb, var(--st-primary-color) 14%, transparent);
}
""",
    js="""
function cell(kind, text, number) {
  const element = document.createElement(kind);
  element.textContent = text;
  if (kind === 'th') element.scope = 'col';
  if (number) element.className = 'number';
  return element;
}

export default function ({ data, parentElement }) {
  const find = (name) => parentElement.querySelector(name);
  const form = JSON.stringify(data);
  const table = find('table');
  if (table.form === form) return;
  table.form = form;
  find('caption').textContent = data.caption;
  find('thead tr').replaceChildren(
    ...data.columns.map(([name, number]) => cell('th', name, number)));
  find('tbody').replaceChildren(...data.rows.map((row, index) => {
    const line = document.createElement('tr');
    if (data.strong.includes(index)) line.className = 'strong';
    line.append(...row.map((text, column) => cell('td', text, data.columns[column][1])));
    return line;
  }));
}
""",
)


def table(
    key: str,
    caption: str,
    columns: Sequence[tuple[str, bool]],
    rows: Sequence[Sequence[str]],
    strong: Sequence[int] = (),
) -> None:
    """Show rows of text.

    Args:
        key: unique on the page.
        caption: above the table.
        columns: a heading, and whether the column holds numbers.
        rows: one text for each column.
        strong: positions of the rows to stress.
    """
    data = {
        "caption": caption,
        "columns": [list(column) for column in columns],
        "rows": [list(row) for row in rows],
        "strong": list(strong),
    }
    _mount(data=data, key=key, width="stretch", height="content")
