"""What a finding rests on: its figures, a small chart, and the remedy in words."""

import streamlit as st

from nnlab.analysis.diagnosis import BarChart, Case, Finding, LossChart
from nnlab.figures.diagnosis import bar_figure, loss_figure
from nnlab.ui.live_chart import live_chart
from nnlab.ui.loss_names import LOSS_NAMES


def evidence(case: Case, finding: Finding, key: str) -> None:
    """The inside of a finding's line.

    Args:
        case: the run's facts.
        finding: one of its findings.
        key: unique on the page.
    """
    rows = [f"- {name}: **{value}**" for name, value in finding.evidence.figures]
    st.markdown("\n".join(rows))
    _chart(case, finding, f"{key}-chart")
    st.markdown(f"**What to try:** {finding.remedy.words}")


def _chart(case: Case, finding: Finding, key: str) -> None:
    match finding.evidence.chart:
        case LossChart() as chart:
            figure = loss_figure(chart, case, LOSS_NAMES[case.loss_name])
            live_chart(figure, key, f"Loss by epoch. {finding.statement}")
        case BarChart() as chart:
            values = zip(chart.names, chart.values, strict=True)
            alt = ", ".join(f"{name} {value:.3g}" for name, value in values)
            live_chart(bar_figure(chart), key, f"{chart.title}: {alt}")
