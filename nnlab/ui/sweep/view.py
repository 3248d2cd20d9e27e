"""The sweep that is looked at: live while it runs."""

import streamlit as st

from nnlab.runs.run import RunNotFound
from nnlab.runs.states import RunState
from nnlab.runs.sweeps import KeptSweep, SweepNotFound, SweepState
from nnlab.sweep import Ended, Sweep, best_trial, parse_sweep, trials_in_all
from nnlab.sweep.ready import EXERCISES_OF_C
from nnlab.ui.once import once
from nnlab.ui.plain import plain
from nnlab.ui.resources import engine
from nnlab.ui.state import State
from nnlab.ui.sweep.charts import charts, figure_words, settings_words
from nnlab.ui.sweep.draft import Draft
from nnlab.ui.sweep.estimate import only_so_many, seconds_left
from nnlab.ui.sweep.lesson import effects_table
from nnlab.ui.sweep.table import table
from nnlab.ui.wording import counted, time_left
from nnlab.work.sweep_trials import TrialNow, trials_of

LOOK_EVERY_SECONDS = 1.5
_LEFT_OFF = (RunState.PAUSED, RunState.INTERRUPTED)
_COLOURS = {
    SweepState.RUNNING: "blue", SweepState.FINISHED: "green", SweepState.STOPPED: "gray",
}  # fmt: skip


def view(state: State, draft: Draft) -> None:
    """The chosen sweep and the list of all; nothing where there is none."""
    every = engine().sweeping.sweeps.of(state.owner)
    if not every:
        st.info("No sweep yet. Its table and charts will grow here.", icon=":material/tune:")
        return
    kept = _choose(state, draft, every)
    # Trials that were under way when it was stopped still write down their networks.
    busy = kept.running or _in_hand(kept)
    st.fragment(
        _panel, run_every=LOOK_EVERY_SECONDS if busy else None, key=f"sweep-{kept.id}-{busy}"
    )(state, draft, kept.id, busy)


def _in_hand(kept: KeptSweep) -> bool:
    return any(each.in_hand for each in engine().sweeping.trials(kept))


def _choose(state: State, draft: Draft, every: list[KeptSweep]) -> KeptSweep:
    by_id = {kept.id: kept for kept in every}
    shown = draft.shown if draft.shown in by_id else every[0].id
    key = f"sweep-shown-{shown}-{len(every)}"

    def take() -> None:
        draft.shown = st.session_state[key]
        draft.keep(state.owner)

    st.selectbox(
        "Sweep",
        list(by_id),
        index=list(by_id).index(shown),
        format_func=lambda each: _label(by_id[each]),
        key=key,
        on_change=take,
    )
    return by_id[shown]


def _label(kept: KeptSweep) -> str:
    return f"{kept.title} · {kept.created_at:%d %b %H:%M:%S} UTC"


def _panel(state: State, draft: Draft, sweep_id: str, was_busy: bool) -> None:
    try:
        kept = engine().sweeping.sweeps.get(sweep_id, state.owner)
    except SweepNotFound:
        st.rerun()
    now = engine().sweeping.trials(kept)
    if (kept.running or any(each.in_hand for each in now)) != was_busy:
        st.rerun()  # the timer learns that it began or ended
    sweep = parse_sweep(kept.sweep)
    _head(state, draft, kept, sweep, now)
    _expected(kept, sweep, now)
    if sweep.lesson == EXERCISES_OF_C:
        effects_table(now)
    if now:
        table(state, sweep, now, kept.id)
        charts(sweep, now)


def _head(state: State, draft: Draft, kept: KeptSweep, sweep: Sweep, now: list[TrialNow]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(str(kept.state), color=_COLOURS[kept.state])  # type: ignore[arg-type]
        st.markdown(f"**{plain(kept.title)}** :gray[{_counts(sweep, now)}]", width="stretch")
        if kept.running:
            stop = once(lambda: engine().sweeping.stop(kept.id, state.owner))
            st.button("Stop", icon=":material/stop:", key="sweep-stop", on_click=stop)
        else:
            delete = once(lambda: _delete(state, draft, kept))
            st.button(
                "Delete",
                icon=":material/delete:",
                key="sweep-delete",
                help="The sweep is forgotten; its runs stay on Home.",
                on_click=delete,
            )
    if kept.running:
        _progress(kept, sweep, now)
    if kept.message:
        st.warning(plain(kept.message))
    _left_off(state, kept, now)


def _delete(state: State, draft: Draft, kept: KeptSweep) -> None:
    try:
        engine().sweeping.sweeps.delete(kept.id, state.owner)
    except SweepNotFound as error:
        st.toast(str(error))
    draft.shown = None
    draft.keep(state.owner)


def _left_off(state: State, kept: KeptSweep, now: list[TrialNow]) -> None:
    """Trials that were paused, on whatever page, and what becomes of them."""
    left = [each.run.id for each in now if each.run and each.run.state in _LEFT_OFF]
    if not left or (kept.running and not any(each.paused for each in now)):
        return  # of a running sweep, what was interrupted is taken up again by itself
    numbers = [each.kept.number + 1 for each in now if each.run and each.run.id in left]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(_paused_words(numbers, kept.running), width="stretch")
        resume = once(lambda: _resume(state, left))
        st.button("Resume", icon=":material/play_arrow:", key="sweep-resume", on_click=resume)


def _paused_words(numbers: list[int], running: bool) -> str:
    sweep = "The sweep goes on" if running else "The sweep ended"
    if len(numbers) == 1:
        paused = f"Trial {numbers[0]} is paused."
        return f":orange[{paused}] {sweep} without it; resumed, it fills its row."
    paused = f"Trials {', '.join(map(str, numbers))} are paused."
    return f":orange[{paused}] {sweep} without them; resumed, they fill theirs."


def _resume(state: State, run_ids: list[str]) -> None:
    for run_id in run_ids:
        try:
            engine().resume(run_id, state.owner)
        except RunNotFound as error:
            st.toast(plain(str(error)))


def _counts(sweep: Sweep, now: list[TrialNow]) -> str:
    ended = [each for each in now if each.trial.ended != Ended.NOT_YET]
    pruned = sum(each.kept.pruned and each.trial.ended == Ended.PRUNED for each in ended)
    total = trials_in_all(sweep)
    text = f"{len(ended)} of {counted(total, 'trial')} done"
    text += f", {pruned} of them pruned" if pruned else ""
    few = only_so_many(sweep)
    return f"{text}; {few}" if few else text


def _progress(kept: KeptSweep, sweep: Sweep, now: list[TrialNow]) -> None:
    done = 0.0
    for each in now:
        ended = each.trial.ended != Ended.NOT_YET
        done += 1.0 if ended else each.run.progress if each.run else 0.0
    left = seconds_left(sweep, now)
    text = time_left(left) if left is not None else "Starting …"
    if kept.message and not any(each.in_hand for each in now):
        text = "Held, see below"
    st.progress(min(done / trials_in_all(sweep), 1.0), text=text)


def _expected(kept: KeptSweep, sweep: Sweep, now: list[TrialNow]) -> None:
    """What was expected beside what came of it."""
    best = best_trial(sweep, trials_of(now))
    left, right = st.columns(2)
    with left, st.container(border=True, height="stretch"):
        st.markdown("**Expected**")
        st.markdown(plain(kept.expectation) or ":gray[Nothing was stated before it ran.]")
    with right, st.container(border=True, height="stretch"):
        st.markdown("**Found so far**" if kept.running else "**Found**")
        if best is None:
            st.markdown(":gray[No trial has ended an epoch yet.]")
            return
        each = next(each for each in now if each.kept.number == best.number)
        figure = figure_words(sweep, best.best(sweep.higher_is_better))
        st.markdown(
            f"Best: trial {best.number + 1} with {plain(figure)}: "
            f"{plain(settings_words(sweep, each))}"
        )
        st.caption(_between(sweep, now))


def _between(sweep: Sweep, now: list[TrialNow]) -> str:
    found = [each.trial.best(sweep.higher_is_better) for each in now]
    figures = sorted(figure for figure in found if figure is not None)
    low, high = (figure_words(sweep, figure) for figure in (figures[0], figures[-1]))
    return (
        f"All trials lie between {low} and {high}. A small difference may be chance: let the "
        "seed vary too to see how much."
    )
