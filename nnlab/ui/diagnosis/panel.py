"""The diagnosis of a run: a line for each finding, with its evidence and a remedy to try."""

import streamlit as st

from nnlab.analysis.diagnosis import Clear, Finding, Severity, Unknown
from nnlab.experiment import Experiment
from nnlab.runs.run import Run
from nnlab.runs.states import RunState
from nnlab.ui.columns import folding_columns
from nnlab.ui.diagnosis.evidence import evidence
from nnlab.ui.diagnosis.reading import Examined, examined
from nnlab.ui.diagnosis.remedy import remedy_button, tell_what_is_tried
from nnlab.ui.opening import go_if_opened
from nnlab.ui.state import State

_ICONS = {
    Severity.PROBLEM: ":red[:material/error:]",
    Severity.WARNING: ":orange[:material/warning:]",
    Severity.NOTE: ":blue[:material/info:]",
}
_ENDED = {RunState.FINISHED, RunState.STOPPED, RunState.DIVERGED}


def diagnosis_of_ended(state: State, run: Run, key: str) -> None:
    """On the Train page: the diagnosis of a run that has ended and has learned something."""
    go_if_opened()  # at once, or what is told would be lost on the way
    tell_what_is_tried()
    if run.state in _ENDED and (run.epoch or run.step):
        diagnosis(state, run, key)


def diagnosis(state: State, run: Run, key: str) -> None:
    """All findings, and in a line of their own the rules that found nothing.

    Args:
        state: the visitor's; a remedy goes into their form.
        run: whose.
        key: unique on the page.
    """
    seen = examined(run)
    st.markdown("**:material/stethoscope: Diagnosis** :gray[from what was recorded]")
    offered: list[Experiment | None] = []
    for number, finding in enumerate(seen.findings):
        again = finding.remedy.experiment is not None and finding.remedy.experiment in offered
        _finding(state, seen, finding, f"{key}-{run.id}-{number}", again)
        offered.append(finding.remedy.experiment)
    _others(seen, f"{key}-others-{run.id}")
    go_if_opened()


# The same, redrawn without the rest of the page.
diagnosis_panel = st.fragment(diagnosis)


def _finding(state: State, seen: Examined, finding: Finding, key: str, again: bool) -> None:
    """A line; its remedy is a button, unless one above is the same."""
    what, cure = folding_columns([2.2, 1], key, gap="small")
    with what:
        line = st.expander(
            f"{_ICONS[finding.severity]} {finding.statement}",
            key=f"{key}-line",
            on_change="rerun",  # so that the chart of a closed one is not drawn
        )
        if line.open:
            with line:
                evidence(seen.case, finding, key)
    with cure:
        if again:
            st.caption("The same remedy as above.")
        else:
            remedy_button(state, seen.case.experiment, finding.remedy, key)


def _others(seen: Examined, key: str) -> None:
    """What is in order, with the figures: that is worth reading, too."""
    if not seen.others:
        return
    label = (
        "What else was looked at" if seen.findings else "Nothing wrong found: what was looked at"
    )
    icon = ":material/checklist:" if seen.findings else ":material/check_circle:"
    with st.expander(label, icon=icon, key=key):
        st.markdown("\n".join(_line(outcome) for outcome in seen.others))


def _line(outcome: Clear | Unknown) -> str:
    mark = "gray[:material/help:]" if isinstance(outcome, Unknown) else "green[:material/check:]"
    answer = "Cannot tell:" if isinstance(outcome, Unknown) else "No;"
    return f"- :{mark} **{outcome.rule}?** {answer} {outcome.words}."
