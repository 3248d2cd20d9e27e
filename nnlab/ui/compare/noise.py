"""Whether settings differ by more than their seeds do."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from nnlab.analysis.comparing.significance import Comparison, compare, holm
from nnlab.analysis.comparing.statement import (
    ACCURACY,
    ERROR,
    EXPLAINED,
    LOSS,
    Figure,
    chance,
    statement,
)
from nnlab.ui.columns import folding_columns
from nnlab.ui.compare.by_figure import JUDGED_BY, figure_of, judged_of
from nnlab.ui.compare.look import Look
from nnlab.ui.compare.sides import Side
from nnlab.ui.tied import tied

_FIELDS = {
    ACCURACY: "test_accuracy", ERROR: "test_mean_absolute_error", LOSS: "test_loss",
}  # fmt: skip
_HOLM = (
    "Where several are tested, one would stand out by luck: the chances are raised by Holm's "
    "method, so that in all of them together noise passes for a difference in 5 % of cases at most."
)


def noise_panel(look: Look, sides: Sequence[Side]) -> None:
    """The statement for two settings, a table for more."""
    ended = [side for side in sides if side.results]
    if len(ended) < 2:
        st.info(_nothing_to_compare(sides), icon=":material/balance:")
        return
    figure = _choices(look, ended)
    reference = next((s for s in ended if s.key == look.reference), ended[0])
    others = [side for side in ended if side is not reference]
    tested = holm([compare(_values(reference, figure), _values(o, figure)) for o in others])
    if len(others) == 1:
        st.markdown(statement(reference.told, others[0].told, tested[0], figure))
    else:
        _table(reference, others, tested, figure)
    if any(each.p is not None for each in tested):
        st.caption(EXPLAINED + (f" {_HOLM}" if len(others) > 1 else ""))


def _nothing_to_compare(sides: Sequence[Side]) -> str:
    if len(sides) < 2:
        return (
            "Tick runs of two settings, and it stands here whether their results differ by more "
            "than other seeds would make them differ."
        )
    return "It stands here whether results differ by more than seed noise, once two have ended."


def _choices(look: Look, ended: Sequence[Side]) -> Figure:
    left, right = folding_columns((1, 1), "compare-noise-row", narrow=2)
    common = figure_of(side.experiment for side in ended)
    names = judged_of(common)
    if look.judged not in names:
        look.judged = names[0]
    left.selectbox("Compared by", names, names.index(look.judged),
                   **tied(look, "judged", f"compare-judged-{common}"))  # fmt: skip
    if len(ended) > 2:
        keys = [side.key for side in ended]
        named = {side.key: side.name for side in ended}
        right.selectbox(
            "All others against",
            keys,
            keys.index(look.reference) if look.reference in keys else 0,
            format_func=named.__getitem__,
            **tied(look, "reference", f"compare-reference-{abs(hash(tuple(keys)))}"),
        )
    return JUDGED_BY[look.judged]


def _values(side: Side, figure: Figure) -> list[float]:
    return [getattr(run, _FIELDS[figure]) for run in side.results]


def _table(
    reference: Side, others: Sequence[Side], tested: Sequence[Comparison], figure: Figure
) -> None:
    rows = [_row(reference, figure, None)]
    rows += [_row(side, figure, each) for side, each in zip(others, tested, strict=True)]
    wide = {"Verdict": st.column_config.Column(width=190)}  # its words whole
    st.dataframe(pd.DataFrame(rows), hide_index=True, height="content", column_config=wide)


def _row(side: Side, figure: Figure, compared: Comparison | None) -> dict[str, object]:
    values = _values(side, figure)
    told: dict[str, object] = {
        "Setting": side.name,
        "Seeds": len(values),
        f"Mean {figure.name}": figure.told(float(np.mean(values))),
    }
    if compared is None:
        return told | {"Difference": "", "Verdict": "", "95 % interval": "", "Chance by seeds": ""}
    low, high, interval = compared.low, compared.high, "–"
    if low is not None and high is not None:
        interval = f"{_signed(low, figure)} to {_signed(high, figure)}"
    return told | {
        "Difference": _signed(compared.difference, figure) + (" points" if figure.share else ""),
        "Verdict": str(compared.verdict),
        "95 % interval": interval,
        "Chance by seeds": "–" if compared.p is None else chance(compared.p),
    }


def _signed(difference: float, figure: Figure) -> str:
    return f"{100 * difference:+.2f}" if figure.share else f"{difference:+.4f}"
