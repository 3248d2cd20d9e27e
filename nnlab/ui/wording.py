"""Small words used on several pages."""

from nnlab.datasets import title_of
from nnlab.runs.run import Run
from nnlab.runs.states import RunState

STATE_ICONS = {
    RunState.QUEUED: ":material/schedule:",
    RunState.RUNNING: ":material/play_circle:",
    RunState.PAUSED: ":material/pause_circle:",
    RunState.FINISHED: ":material/check_circle:",
    RunState.STOPPED: ":material/stop_circle:",
    RunState.DIVERGED: ":material/trending_up:",
    RunState.FAILED: ":material/error:",
    RunState.INTERRUPTED: ":material/power_off:",
}
STATE_COLOURS = {
    RunState.QUEUED: "gray",
    RunState.RUNNING: "blue",
    RunState.PAUSED: "orange",
    RunState.FINISHED: "green",
    RunState.STOPPED: "gray",
    RunState.DIVERGED: "red",
    RunState.FAILED: "red",
    RunState.INTERRUPTED: "orange",
}


def percent(share: float | None, digits: int = 1) -> str:
    """`0.9779` as `97.8 %`; a dash for None."""
    return "–" if share is None else f"{100 * share:.{digits}f} %"


def counted(number: int, noun: str) -> str:
    """`1 trial`, `1,200 trials`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def duration(seconds: float) -> str:
    """A time span as a person says it."""
    if seconds < 1:
        return "less than a second"
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"


def epoch_text(run: Run) -> str:
    """The epoch under way: `3 of 5`."""
    epochs = run.experiment.training.epochs
    return f"{min(run.epoch + 1, epochs)} of {epochs}"


def time_left(seconds: float) -> str:
    """How long something will still take: "about 12 s left"."""
    about = "" if seconds < 1 else "about "
    return f"{about}{duration(seconds)} left"


def run_label(run: Run) -> str:
    """A run in one line of a select box."""
    when = run.created_at.strftime("%d %b %H:%M:%S")
    if run.brought_in:
        when = f"brought in {when}"
    if run.test_accuracy is not None:
        result = f"test {percent(run.test_accuracy)}"
    elif run.test_mean_absolute_error is not None:
        result = f"error {run.test_mean_absolute_error:.3f}"
    else:
        result = "under way" if run.active else str(run.state)
    return (
        f"{run.experiment.name} · {title_of(run.experiment.dataset.name)} · {result} · {when} UTC"
    )


def figure_reached(run: Run, digits: int = 1) -> str:
    """What a run came to on its test images: "accuracy **97.79 %**", or the mean absolute error."""
    if run.test_mean_absolute_error is not None:
        return f"mean absolute error **{run.test_mean_absolute_error:.4f}**"
    return f"accuracy **{percent(run.test_accuracy, digits)}**"
