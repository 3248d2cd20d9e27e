"""The rules of the missions on made-up runs: passed and failed rightly, with words that say why."""

from collections.abc import Sequence
from typing import Any

import pytest

from nnlab.check import check
from nnlab.datasets import info
from nnlab.experiment import Experiment, parse_experiment, with_settings
from nnlab.missions import MISSIONS, PLAYGROUND, RunFacts, Verdict
from nnlab.runs.records import EpochRecord
from nnlab.runs.states import RunState

RATE = "training.optimizer.learning_rate"
BALANCE = "dataset.points.balance"


def dense(activation: str, *units: int) -> dict[str, Any]:
    return {"layers": [{"type": "Dense", "units": n, "activation": activation} for n in units]}


def run(
    mission: str,
    changes: dict[str, Any] | None = None,
    test: float | None = 0.5,
    train: float = 0.5,
    state: RunState = RunState.FINISHED,
    small: float | None = None,
) -> RunFacts:
    """Two epochs; figures that are told at the end are there unless it is under way."""
    experiment = with_settings(MISSIONS[mission].experiment, changes or {})
    epochs = (EpochRecord(1, 0.7, 0.5, 0.7, 0.5, 0.1), EpochRecord(2, 0.8, train, 0.6, test, 0.1))
    over = state in (RunState.FINISHED, RunState.STOPPED)
    recalls = None if small is None else (0.98, small)
    return RunFacts(experiment, state, epochs, test if over else None, recalls)


def judge(mission: str, *runs: RunFacts) -> Verdict:
    return MISSIONS[mission].check(runs)


# --- all of them ------------------------------------------------------------------------------


@pytest.mark.parametrize("mission", MISSIONS.values(), ids=MISSIONS)
def test_a_mission_can_be_trained_and_says_what_it_teaches(mission):
    check(mission.experiment)
    assert not info(mission.experiment.dataset.name).has_images
    assert parse_experiment(mission.experiment.model_dump(mode="json")) == mission.experiment
    assert 3 <= len(mission.question.options) <= 4
    assert mission.question.answer in range(len(mission.question.options))
    assert len(mission.hints) >= 2
    assert mission.experiment.dataset.validation == "test", "test figures are told while it trains"


@pytest.mark.parametrize("mission", MISSIONS.values(), ids=MISSIONS)
def test_without_runs_and_with_an_untrained_one_nothing_is_passed(mission):
    untrained = RunFacts(mission.experiment, RunState.QUEUED)
    for runs in ([], [untrained]):
        verdict = mission.check(runs)
        assert not verdict.passed
        assert verdict.words


@pytest.mark.parametrize("mission", MISSIONS.values(), ids=MISSIONS)
def test_points_without_noise_are_another_task(mission):
    easier = with_settings(mission.experiment, {"dataset.points.noise": 0.0})
    verdict = mission.check([RunFacts(easier, RunState.FINISHED, (), 1.0, (1.0, 1.0))])
    assert not verdict.passed
    assert "noise is 0" in verdict.words


def test_another_seed_is_the_same_task():
    other = {"layers": [], "training.seed": 7, "dataset.points.seed": 3}
    assert judge("blobs", run("blobs", other, 0.99)).passed


def test_the_playground_begins_with_the_spiral_from_x_and_y():
    check(PLAYGROUND)
    points = PLAYGROUND.dataset.points
    assert (PLAYGROUND.dataset.name, points.count, points.noise) == ("spiral", 500, 0.1)
    assert points.features == ("x", "y")


# --- one run ----------------------------------------------------------------------------------

XY, SQUARES = ["xy"], ["x2", "y2"]


@pytest.mark.parametrize(
    ("mission", "changes", "test", "told"),
    [
        ("blobs", {"layers": []}, 0.97, None),
        ("blobs", {"layers": []}, 0.96, "Test accuracy: 96.0 %, wanted at least 97.0 %"),
        ("blobs", {}, 0.99, "Hidden layers: 2, wanted none"),
        ("blobs", {"layers": [], "dataset.points.classes": 2}, 1.0, "Points classes is 2"),
        ("xor", {"dataset.points.features": XY}, 0.95, None),
        ("xor", {"dataset.points.features": ["x", "xy"]}, 0.95, None),
        ("xor", {"dataset.points.features": ["x", "y", "xy"]}, 0.99, "Inputs: 3, wanted at most 2"),
        ("xor", {}, 0.6, "Test accuracy: 60.0 %"),
        ("xor", dense("relu", 8), 0.99, "Hidden layers: 1, wanted none"),
        ("circle", {"dataset.points.features": SQUARES}, 0.98, None),
        ("circle", dense("relu", 8), 0.98, "Hidden layers: 1, wanted none"),
        ("spiral", dense("gelu", 10, 10), 0.95, None),
        ("spiral", dense("gelu", 10, 10), 0.94, "Test accuracy: 94.0 %"),
        ("spiral", {}, 0.99, "Hidden units: 24, wanted at most 20"),
        (
            "spiral",
            {"dataset.points.features": ["x", "y", "sin_x"]},
            0.99,
            "Points features is x, y, sin_x; in",
        ),
    ],
)
def test_one_run_decides(mission: str, changes: dict[str, Any], test: float, told: str | None):
    verdict = judge(mission, run(mission, changes, test))
    assert verdict.passed == (told is None), verdict.words
    assert (told or "Done") in verdict.words
    assert verdict.passed <= all(each.met for each in verdict.evidence)


def test_an_earlier_run_counts_too_and_the_newest_is_told():
    good, bad = run("blobs", {"layers": []}, 0.99), run("blobs", {"layers": []}, 0.8)
    assert judge("blobs", good, bad).passed
    assert "80.0 %" in judge("blobs", run("blobs", {"layers": []}, 0.7), bad).words


def test_a_run_under_way_passes_as_soon_as_it_is_there():
    live = run("spiral", dense("gelu", 10, 10), 0.9, state=RunState.RUNNING)
    assert judge("spiral", live).words.startswith("So far: Test accuracy: 90.0 %")
    assert judge("spiral", run("spiral", dense("gelu", 10, 10), 0.96, state=RunState.PAUSED)).passed


def test_nineteen_of_twenty_is_95_percent_in_float32():
    assert judge("spiral", run("spiral", dense("gelu", 9, 9), 0.949999988079071)).passed


# --- before and after -------------------------------------------------------------------------


@pytest.mark.parametrize(("mission", "layers"), [("linear", 2), ("vanishing", 6)])
def test_another_activation_after_the_one_that_does_not_do(mission: str, layers: int):
    start = run(mission, test=0.5)
    other = {f"layers.{n}.activation": "relu" for n in range(layers)}
    better = run(mission, other, 0.99)
    assert judge(mission, start, better).passed
    assert "Still to do: Test accuracy with another" in judge(mission, start).words
    assert "Still to do: Test accuracy as set up" in judge(mission, better).words
    assert not judge(mission, run(mission, state=RunState.STOPPED), better).passed, "not to its end"
    more = judge(mission, start, run(mission, other | {"training.epochs": 150}, 0.99))
    assert not more.passed
    assert "Epochs is 150; in this mission it is 100" in more.words


# --- the learning rate ------------------------------------------------------------------------


def rates(*tried: tuple[float, float | None]) -> Verdict:
    """Rates with test accuracies, None where the run diverged."""
    runs = [
        run("learning-rate", {RATE: rate}, share)
        if share is not None
        else run("learning-rate", {RATE: rate}, 0.5, state=RunState.DIVERGED)
        for rate, share in tried
    ]
    return judge("learning-rate", *runs)


def test_the_highest_rate_that_learns_beside_the_lowest_that_does_not():
    assert rates((1.0, 0.99), (3.0, 0.9)).words == "Done: 1 still learns, 3 is too high."
    assert rates((3.0, None), (0.1, 0.97), (1.0, 0.95)).passed


@pytest.mark.parametrize(
    ("tried", "told"),
    [
        ([(0.01, 0.9)], "Still to do: Highest rate that learns"),  # too slow is not too high
        ([(0.01, 0.9), (0.1, 0.97)], "Still to do: Lowest rate that is too high"),
        ([(0.1, 0.97), (10.0, 0.9)], "How far apart: a factor of 100.0, wanted a factor of 3.5"),
        ([(3.0, None)], "Still to do: Highest rate that learns"),
        ([(1.0, 0.99), (0.3, None)], "Still to do: Lowest rate that is too high"),
    ],
)
def test_what_is_missing_of_the_two_rates(tried: Sequence[Any], told: str):
    verdict = rates(*tried)
    assert not verdict.passed
    assert told in verdict.words


def test_another_optimizer_is_no_comparison():
    adam = {"training.optimizer": {"type": "Adam", "learning_rate": 3.0}}
    verdict = judge(
        "learning-rate", run("learning-rate", {RATE: 1.0}, 0.99), run("learning-rate", adam, 0.5)
    )
    assert not verdict.passed
    assert "The last run does not count: Optimizer is Adam; in this mission it is SGD" in (
        verdict.words
    )


# --- overfitting ------------------------------------------------------------------------------

MANY = dense("relu", 8, 8)
ILL = run("overfitting", MANY, test=0.82, train=1.0)


@pytest.mark.parametrize(
    "control",
    [
        {"training.l2": 0.1},
        {"training.epochs": 10},
        {"dataset.points.count": 1000},
        {"training.early_stopping": {"patience": 3}},
        {"layers": [*MANY["layers"], {"type": "Dropout", "rate": 0.5}]},
        {"layers.1.units": 2},
    ],
)
def test_one_control_cures(control: dict[str, Any]):
    verdict = judge("overfitting", ILL, run("overfitting", MANY | control, test=0.88, train=0.92))
    assert verdict.passed, verdict.words
    assert "from 18 to 4 points" in verdict.words


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        ([run("overfitting", test=0.9, train=0.94)], "training 94.0 %, test 90.0 %, wanted"),
        ([ILL], "Still to do: Changed after that, one control"),
        (
            [ILL, run("overfitting", MANY | {"training.l2": 0.1, "training.epochs": 9}, 0.9, 0.9)],
            "Epochs, L2 penalty, wanted one control",
        ),
        (
            [ILL, run("overfitting", MANY | {"training.l2": 0.01}, test=0.86, train=1.0)],
            "Cured: training 100.0 %, test 86.0 %, wanted test at most 6 points below training",
        ),
        (
            [ILL, run("overfitting", MANY | {"training.l2": 1.0}, test=0.5, train=0.5)],
            "no lower than before",
        ),
        ([run("overfitting", MANY | {"training.l2": 0.1}, 0.88, 0.92), ILL], "one control"),
    ],
)
def test_what_is_missing_of_illness_and_cure(runs: Sequence[RunFacts], told: str):
    verdict = judge("overfitting", *runs)
    assert not verdict.passed
    assert told in verdict.words


# --- units or points --------------------------------------------------------------------------

BASE = run("more-units", test=0.74)
UNITS = run("more-units", dense("relu", 16, 16), test=0.72)
POINTS = run("more-units", {"dataset.points.count": 1000}, test=0.868)


def test_points_help_and_units_do_not():
    assert judge("more-units", BASE, UNITS, POINTS).passed
    assert judge("more-units", POINTS, UNITS, BASE).passed, "in any order"
    for left_out in ((UNITS, POINTS), (BASE, POINTS), (BASE, UNITS)):
        assert not judge("more-units", *left_out).passed
    lucky = run("more-units", dense("relu", 16, 16), test=0.80)
    assert not judge("more-units", BASE, lucky, POINTS).passed
    assert not judge(
        "more-units", BASE, UNITS, run("more-units", {"dataset.points.count": 1000}, 0.78)
    ).passed


# --- imbalance --------------------------------------------------------------------------------


def test_the_small_class_is_lost_and_found():
    lost = run("imbalance", test=0.916, small=0.23)
    found = run("imbalance", {BALANCE: 1.0}, test=0.82, small=0.81)
    verdict = judge("imbalance", lost, found)
    assert verdict.passed
    assert "class B from 23.0 % to 81.0 %" in verdict.words
    assert "Changed: Points balance" in verdict.words
    assert not judge("imbalance", found).passed, "it has to be lost first"
    assert not judge("imbalance", lost, run("imbalance", {BALANCE: 0.3}, 0.9, small=0.6)).passed
    live = judge("imbalance", run("imbalance", test=0.9, state=RunState.RUNNING))
    assert "counted when the training has ended" in live.words


# --- what was changed on the way --------------------------------------------------------------


def test_runs_changed_while_they_trained_are_not_compared(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(RunFacts, "changed_on_the_way", True)
    for name, runs in (("overfitting", (ILL, ILL)), ("more-units", (BASE, UNITS, POINTS))):
        verdict = judge(name, *runs)
        assert not verdict.passed
        assert "was changed while it trained" in verdict.words


def test_the_starts_need_what_they_ask_for():
    """None of the missions is passed by what it begins with, however well that does."""
    for mission in MISSIONS.values():
        perfect = RunFacts(mission.experiment, RunState.FINISHED, (), 1.0, (1.0, 1.0))
        passed_alone = {name for name in ("xor", "circle") if mission.name == name}
        assert mission.check([perfect]).passed == bool(passed_alone), mission.name


def test_experiments_differ():
    prints = {mission.experiment.fingerprint() for mission in MISSIONS.values()}
    assert len(prints) == len(MISSIONS)
    assert isinstance(PLAYGROUND, Experiment)
