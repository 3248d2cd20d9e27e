"""The table of published and own figures as it stands in the README."""

from nnlab.recipes import RECIPES
from nnlab.reproduction.comparison import Comparison
from nnlab.reproduction.measured import measured
from nnlab.reproduction.wording import difference_text, figure_name, own_figure

BEGIN = "<!-- figures: made by `python -m nnlab reproduce --all --write` -->"
END = "<!-- end of figures -->"
_HEAD = "| recipe | figure | published | ours | difference | verdict |\n|---|---|---|---|---|---|"


def figures_table() -> str:
    """Markdown: a row for each published figure, from the measurements in the package."""
    rows = [_row(name, comparison) for name in RECIPES for comparison in measured(name)]
    return "\n".join([_HEAD, *rows])


def with_figures(readme: str) -> str:
    """`readme` with a new table between its two marks.

    Raises:
        ValueError: the marks are not there.
    """
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("the README has no place for the figures")
    return f"{before}{BEGIN}\n{figures_table()}\n{END}{after}"


def _row(name: str, comparison: Comparison) -> str:
    published = comparison.published
    cells = [
        f"`{name}`",
        figure_name(published),
        f"{published}" + (" (plain Keras)" if published.source == "plain Keras" else ""),
        own_figure(comparison),
        difference_text(comparison),
        str(comparison.verdict),
    ]
    return f"| {' | '.join(cells)} |"
