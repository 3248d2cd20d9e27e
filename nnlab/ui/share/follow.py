"""Opens what the address names: an experiment, a task or an own run. Once, and wholly or not."""

import streamlit as st

from nnlab.experiment import Assignment, Experiment, InvalidExperiment, Problem
from nnlab.joining.code import InvalidCode, parse_code
from nnlab.links import experiment_in, path_of
from nnlab.runs.assignments import AssignmentNotFound
from nnlab.runs.run import RunNotFound
from nnlab.ui.resources import assignments, engine
from nnlab.ui.share.address import RUN, TASK, Parameters, take_from_address
from nnlab.ui.share.banner import left_with_room
from nnlab.ui.share.before import set_aside
from nnlab.ui.state import State

_FOLLOWED, _REFUSED = "nnlab_link_followed", "nnlab_link_refused"


def follow_link(state: State) -> bool:
    """Do what the address says and take it out of the address, so that a reload does not repeat it.

    True where something was opened now. What cannot be opened changes nothing; `refused_link`
    tells why.
    """
    parameters = take_from_address(st.session_state, _FOLLOWED)
    if not parameters:
        return False
    st.session_state[_REFUSED] = _problems(state, parameters)
    return not refused_link()


def refused_link() -> list[Problem]:
    """Why the last link of this session was not opened; empty if it was."""
    return st.session_state.get(_REFUSED, [])


def dismiss_refusal() -> None:
    """It has been read."""
    st.session_state[_REFUSED] = []


def _problems(state: State, parameters: Parameters) -> list[Problem]:
    experiment = dict(parameters)
    task, run = experiment.pop(TASK, ()), experiment.pop(RUN, ())
    try:
        if task:
            _begin(state, task[-1])
        if run:
            _watch(state, run[-1])
        if experiment:
            _open(state, experiment)
    except InvalidExperiment as error:
        return error.problems
    except (InvalidCode, AssignmentNotFound) as error:
        return [Problem(TASK, str(error))]
    except RunNotFound as error:
        return [Problem(RUN, f"Not found. {error}")]
    return []


def _begin(state: State, code: str) -> None:
    code = parse_code(code)
    assignment = assignments().get(code)
    if left_with_room(state):
        raise InvalidExperiment(
            [Problem(TASK, "You are in a class room, whose task holds. Leave the room first.")]
        )
    state.take(assignment, f"link:{code}")


def _watch(state: State, run_id: str) -> None:
    state.run_id = engine().run(run_id, state.owner).id


def _open(state: State, parameters: Parameters) -> None:
    experiment = experiment_in(parameters)
    state.require(experiment)
    if experiment == state.experiment:
        return
    if state.assignment is None:
        set_aside(state, experiment)
    else:
        _check(state.assignment, experiment, parameters)
    state.replace(experiment)


def _check(assignment: Assignment, experiment: Experiment, parameters: Parameters) -> None:
    try:
        assignment.check(experiment)
    except InvalidExperiment as error:
        raise InvalidExperiment(_of_the_link(error.problems, parameters)) from None


def _of_the_link(problems: list[Problem], parameters: Parameters) -> list[Problem]:
    """Those about what the link names; all where it is its defaults that are in the way."""
    paths = [path_of(name) for name in parameters]
    named = [p for p in problems if any(f"{p.field}.".startswith(f"{path}.") for path in paths)]
    return named or problems
