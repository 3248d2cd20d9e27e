"""Sweeps without a run: what comes next, what is hopeless, what is refused and why."""

import itertools
from typing import Any

import optuna
import pytest

from nnlab.experiment import (
    LAYER_TYPES,
    OPTIMIZER_TYPES,
    Adam,
    Augmentation,
    Change,
    CosineDecay,
    Dataset,
    Dense,
    EarlyStopping,
    Experiment,
    ExponentialDecay,
    Flatten,
    InvalidExperiment,
    Output,
    OwnImages,
    OwnPoints,
    Points,
    Problem,
    StepDecay,
    Training,
)
from nnlab.sweep import (
    ADDED_LAYER,
    Axis,
    Ended,
    Sweep,
    Trial,
    best_trial,
    check_sweep,
    experiment_of,
    hopeless,
    in_words,
    next_settings,
    objectives,
    parse_sweep,
    planned,
    proposing,
    read_axis,
    settable,
    trials_in_all,
    written_axis,
)
from nnlab.sweep.kinds import kind_of

BASE = Experiment(
    dataset=Dataset(name="digits"), layers=(Flatten(), Dense(units=16)), training=Training(epochs=2)
)
UNITS = Axis(path="layers.1.units", values=(8, 16, 32))
RATE = Axis(path="training.optimizer.learning_rate", low=1e-4, high=1e-1, log=True)


def sweep(*axes: Axis, **fields: Any) -> Sweep:
    return Sweep(experiment=BASE, axes=axes, **fields)


def run_all(chosen_by: Sweep, figure=lambda _: 0.5) -> list[Trial]:
    trials: list[Trial] = []
    while (chosen := next_settings(chosen_by, trials)) is not None:
        trials.append(Trial(len(trials), chosen, {1: figure(chosen)}, Ended.COMPLETE))
    return trials


def test_a_grid_is_what_optunas_grid_sampler_visits():
    space = {"layers.1.units": [8, 16, 32], "training.epochs": [1, 2]}
    study = optuna.create_study(sampler=optuna.samplers.GridSampler(space, seed=0))

    def objective(trial: optuna.Trial) -> float:
        return sum(trial.suggest_categorical(name, values) for name, values in space.items())

    study.optimize(objective, n_trials=6)
    ours = run_all(sweep(UNITS, Axis(path="training.epochs", values=(1, 2))))
    assert [t.chosen for t in ours] == [
        dict(zip(space, each, strict=True)) for each in itertools.product(*space.values())
    ]
    as_set = {tuple(sorted(t.params.items())) for t in study.trials}
    assert {tuple(sorted(t.chosen.items())) for t in ours} == as_set


def test_one_at_a_time_is_the_experiment_and_then_each_change():
    plan = planned(sweep(UNITS, Axis(path=ADDED_LAYER, values=(0, 10)), strategy="one at a time"))
    assert plan == [
        {"layers.1.units": 16, ADDED_LAYER: 0},
        {"layers.1.units": 8, ADDED_LAYER: 0},
        {"layers.1.units": 32, ADDED_LAYER: 0},
        {"layers.1.units": 16, ADDED_LAYER: 10},
    ]


@pytest.mark.parametrize("strategy", ["random", "guided"])
def test_what_is_drawn_lies_in_its_range_and_is_the_same_after_a_restart(strategy):
    drawn = sweep(UNITS, RATE, strategy=strategy, trials=8, seed=3)
    trials = run_all(drawn)
    assert len(trials) == 8
    assert all(1e-4 <= t.chosen[RATE.path] <= 1e-1 for t in trials)
    assert len({t.chosen[RATE.path] for t in trials}) == 8
    assert next_settings(drawn, trials[:5]) == trials[5].chosen
    assert run_all(drawn.model_copy(update={"seed": 4}))[0].chosen != trials[0].chosen


def test_random_ends_when_every_combination_was_tried():
    trials = run_all(sweep(UNITS, strategy="random", trials=20))
    assert sorted(t.chosen[UNITS.path] for t in trials) == [8, 16, 32]


@pytest.mark.parametrize("strategy", ["random", "guided"])
def test_no_combination_is_left_out_and_none_comes_twice(strategy, monkeypatch):
    """Also where the draws are unlucky: here each trial has a single one."""
    monkeypatch.setattr(proposing, "_DRAWS", 1)
    epochs = Axis(path="training.epochs", low=2, high=6, whole=True)
    drawn = sweep(UNITS, epochs, strategy=strategy, trials=20)
    trials = run_all(drawn, lambda chosen: chosen[UNITS.path])
    every = set(itertools.product((8, 16, 32), range(2, 7)))
    assert len(trials) == trials_in_all(drawn) == 15
    assert {tuple(trial.chosen.values()) for trial in trials} == every
    again = next_settings(drawn, trials[:9])
    assert again == trials[9].chosen


@pytest.mark.parametrize(
    ("axes", "expected"),
    [
        ((UNITS,), 3),
        ((UNITS, Axis(path="training.epochs", low=1, high=2, whole=True)), 6),
        ((UNITS, RATE), 12),
        ((Axis(path="training.epochs", low=1, high=40, whole=True),), 12),
        ((Axis(path="training.l2", values=(1, 1.0, 0)),), 2),
    ],
)
def test_a_drawn_sweep_knows_how_many_trials_it_will_have(axes, expected):
    drawn = sweep(*axes, strategy="random")
    assert trials_in_all(drawn) == expected == len(run_all(drawn))


def test_guided_finds_a_hidden_optimum_better_than_random_does():
    """On a known function: mean of the last trials over seeds, both through our own loop."""

    def figure(chosen: dict[str, Any]) -> float:
        return 1 - abs(chosen["training.l2"] - 0.7)

    def late(strategy: str, seed: int) -> float:
        axis = Axis(path="training.l2", low=0.0, high=1.0)
        trials = run_all(sweep(axis, strategy=strategy, trials=24, seed=seed), figure)
        return sum(figure(t.chosen) for t in trials[12:]) / 12

    seeds = range(4)
    guided = sum(late("guided", seed) for seed in seeds) / 4
    assert guided > sum(late("random", seed) for seed in seeds) / 4 + 0.1


def finished(number: int, *figures: float) -> Trial:
    return Trial(number, {UNITS.path: 8}, dict(enumerate(figures, 1)), Ended.COMPLETE)


@pytest.mark.parametrize(
    ("objective", "figures", "expected"),
    [
        ("val_accuracy", (0.5, 0.55), True),
        ("val_accuracy", (0.5, 0.9), False),
        ("val_accuracy", (0.1,), False),  # the first epoch decides nothing
        ("val_loss", (0.9, 0.9), True),
        ("val_loss", (0.9, 0.2), False),
        ("val_mean_absolute_error", (0.9, 0.9), True),
        ("val_mean_absolute_error", (0.9, 0.2), False),
    ],
)
def test_a_trial_is_hopeless_as_by_the_median_rule(objective, figures, expected):
    others = [finished(n, 0.6 + n / 100, 0.7 + n / 100) for n in range(5)]
    running = Trial(5, {UNITS.path: 32}, dict(enumerate(figures, 1)))
    pruned = sweep(UNITS, pruning=True, objective=objective)
    assert hopeless(pruned, running, others) is expected
    assert not hopeless(sweep(UNITS, objective=objective), running, others)
    assert not hopeless(pruned, running, others[:3])


def test_a_grid_reads_trials_that_diverged_or_broke():
    tried = sweep(RATE, strategy="guided", trials=10)
    trials = [
        Trial(0, {RATE.path: 0.1}, {}, Ended.PRUNED),
        Trial(1, {RATE.path: 0.05}, {}, Ended.BROKEN),
        Trial(2, {RATE.path: 0.01}, {1: 0.9}, Ended.COMPLETE),
        Trial(3, {RATE.path: 0.02}, {1: 0.8}),
    ]
    assert next_settings(tried, trials) is not None
    found = best_trial(tried, trials)
    assert found is not None
    assert found.number == 2


def test_settings_of_a_trial():
    chosen = {
        "training.optimizer.learning_rate": 0.5,
        "training.optimizer.type": "SGD",
        ADDED_LAYER: 10,
    }
    made = experiment_of(BASE, chosen)
    assert (made.training.optimizer.type, made.training.optimizer.learning_rate) == ("SGD", 0.5)
    assert [getattr(layer, "units", None) for layer in made.layers] == [None, 16, 10]
    same = experiment_of(BASE, {ADDED_LAYER: 0, "layers.1.units": 16})
    assert same.fingerprint() == BASE.fingerprint()
    assert experiment_of(BASE, {"training.optimizer.type": "Adam"}).training.optimizer == Adam()


@pytest.mark.parametrize(
    ("text", "axis"),
    [
        ("8, 16, 32", UNITS),
        ("0.0001 to 0.1 log", RATE),
        ("1e-4 to 1e-1, log", RATE),
        ("relu, tanh", Axis(path="layers.1.activation", values=("relu", "tanh"))),
        ("2 to 6", Axis(path="training.epochs", low=2, high=6, whole=True)),
        ("2.0 to 6.0", Axis(path="training.epochs", low=2, high=6, whole=True)),
        ("0 to 8", Axis(path=ADDED_LAYER, low=0, high=8, whole=True)),
        ("0 to 1", Axis(path="training.l2", low=0, high=1)),
        ("1 to 10 log", Axis(path="training.optimizer.learning_rate", low=1, high=10, log=True)),
        # Of a size a whole number is a number of images, and any other a share of them.
        ("100 to 900", Axis(path="dataset.validation_size", low=100, high=900, whole=True)),
        ("0.1 to 0.5", Axis(path="dataset.validation_size", low=0.1, high=0.5)),
        ("8, 16, full", Axis(path="training.batch_size", values=(8, 16, "full"))),
        ("none, 5", Axis(path="training.steps_per_epoch", values=(None, 5))),
        ("on, off", Axis(path="training.optimizer.nesterov", values=(True, False))),
    ],
)
def test_axes_as_typed(text, axis):
    assert read_axis(axis.path, text) == axis
    assert read_axis(axis.path, written_axis(axis)) == axis


@pytest.mark.parametrize("strategy", ["random", "guided"])
@pytest.mark.parametrize("path", ["training.l2", "training.optimizer.learning_rate"])
def test_a_range_with_whole_ends_draws_what_the_setting_takes(strategy, path):
    drawn = sweep(read_axis(path, "0 to 1"), strategy=strategy)
    values = [trial.chosen[path] for trial in run_all(drawn)]
    assert len(set(values)) == 12
    assert all(0 < value < 1 for value in values)
    epochs = sweep(read_axis("training.epochs", "1 to 40"), strategy=strategy)
    assert all(isinstance(t.chosen["training.epochs"], int) for t in run_all(epochs))


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("training.epochs", "1, ten", r"Epochs: must be a whole number \(got ten\)"),
        ("training.epochs", "true", r"Epochs: must be a whole number \(got on\)"),
        ("training.epochs", "1.5 to 4", r"Epochs: must be a whole number \(got 1.5\)"),
        ("training.epochs", "none", r"Epochs: must be a whole number \(got none\)"),
        ("training.l2", "false", r"L2 penalty: must be a number \(got off\)"),
        ("training.l2", "0 to .inf", r"L2 penalty: must be a number \(got inf\)"),
        ("training.batch_size", "all", "Batch size: must be a whole number or full"),
        ("training.optimizer.type", "Adam, adam", "Optimizer: must be SGD, .* or Nadam"),
        ("dataset.name", "digits, MNIST", r"Data set: must be mnist, .*digits.* \(got MNIST\)"),
        ("training.optimizer.nesterov", "1", "Nesterov: must be on or off"),
        ("layers.1.activation", "1 to 3", "Layer 2 activation: must be linear, relu"),
        ("training.l2", "1, 1.0", "twice"),
        ("training.epochs", ",".join(map(str, range(1, 62))), r"at most 60 values \(got 61\)"),
    ],
)
def test_a_value_of_another_kind_is_refused_in_words(path, text, words):
    with pytest.raises(InvalidExperiment, match=words):
        read_axis(path, text)


def test_the_kind_of_every_setting_is_known():
    """And its own value is of that kind."""
    layers = tuple(kind() for kind in LAYER_TYPES.values())
    whole = BASE.model_copy(update={"layers": layers})
    training = Training(early_stopping=EarlyStopping())
    augmented = Dataset(augmentation=Augmentation())
    for optimizer, schedule in itertools.product(
        OPTIMIZER_TYPES.values(), (StepDecay, CosineDecay, ExponentialDecay)
    ):
        changed = training.model_copy(update={"optimizer": optimizer(), "schedule": schedule()})
        each = whole.model_copy(update={"training": changed, "dataset": augmented})
        for path, value in [*settable(each).items(), *settable(POINTS).items()]:
            kind = kind_of(path)
            assert kind is not None, path
            assert kind.read(value) == value
    assert kind_of("layers.1.nothing") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "give its values"),
        ("5 to 1", "smaller"),
        ("0 to 1 log", "above 0"),
        ("8, 8", "twice"),
        ("a to b", "numbers"),
        ("{x: 1}", "cannot read"),
        ("1, [2", "cannot read"),
    ],
)
def test_texts_that_are_no_axis_say_what_can_be_typed(text, words):
    with pytest.raises(InvalidExperiment, match=words) as caught:
        read_axis("layers.1.units", text)
    assert "Layer 2 units" in str(caught.value)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (sweep(), "^What varies: choose at least one setting"),
        (sweep(RATE), "needs a list"),
        (sweep(UNITS, UNITS), "varies twice"),
        (
            sweep(
                Axis(path="layers.7.units", values=(1,)), Axis(path="layers.0.rate", values=(1,))
            ),
            "^Layer 8 units: this network has no layer 8; choose another setting in its place, or "
            "remove it; Layer 1 rate: layer 1 of this network is Flatten, without rate; choose",
        ),
        (
            sweep(Axis(path="training.optimizer.momentum", values=(0.9,))),
            "^Momentum: is no setting that can vary here; allowed: Added layer units, Data set, "
            "Test size, .*Layer 2 units, .*Learning rate, .*Seed, Loss$",
        ),
        (sweep(Axis(path="layers.x", values=(1,))), "^layers.x: is no setting"),
        (sweep(Axis(path="layers.1.units", values=(0,))), "1 to 4,096"),
        (sweep(UNITS, trials=2), "3 combinations, the budget is 2"),
        (
            sweep(Axis(path="training.epochs", low=0, high=5, whole=True), strategy="random"),
            r"^Epochs: must be from 1 to 2,000 \(got 0\)$",
        ),
        (sweep(UNITS, trials=1), "^Trials at most: this sweep"),
        (
            sweep(Axis(path="training.batch_size", values=(8, 9_999))),
            '^Batch size: must be from 1 to 4,096 or "full"',
        ),
        (
            sweep(Axis(path="dataset.validation_size", values=(0.1, 5_000))),
            "^My experiment: Validation size 5000 · Validation size: should be",
        ),
        (
            Sweep(
                experiment=BASE.model_copy(
                    update={"dataset": Dataset(name="digits", validation="none")}
                ),
                axes=(UNITS,),
            ),
            "validation images",
        ),
    ],
)
def test_sweeps_that_cannot_run_say_why(wanted, words):
    with pytest.raises(InvalidExperiment, match=words):
        check_sweep(wanted)


def test_trials_are_judged_by_a_figure_that_all_of_them_have():
    linear = {"output": Output(activation="linear")}  # allowed for classes and numbers
    numbers = POINTS.model_copy(update=linear | {"dataset": Dataset(name="waves")})
    assert objectives(numbers) == ("val_mean_absolute_error", "val_loss")
    assert objectives(BASE) == ("val_accuracy", "val_loss")
    either = Axis(path="dataset.name", values=("waves", "circle"))
    width = Axis(path="layers.0.units", values=(2, 4))
    check_sweep(Sweep(experiment=numbers, axes=(width,), objective="val_mean_absolute_error"))
    check_sweep(Sweep(experiment=numbers, axes=(either,), objective="val_loss"))
    for axis, objective, missing in (
        (width, "val_accuracy", "units 2 has no accuracy"),
        (either, "val_mean_absolute_error", "circle has no mean absolute error"),
    ):
        with pytest.raises(InvalidExperiment, match=f"{missing}; choose the loss"):
            check_sweep(Sweep(experiment=numbers, axes=(axis,), objective=objective))


POINTS = Experiment(
    dataset=Dataset(name="spiral"), layers=(Dense(units=4),), training=Training(epochs=3)
)


def test_points_vary_and_what_is_ones_own_does_not():
    noise = Axis(path="dataset.points.noise", values=(0.0, 0.3))
    found = [made for made, _ in check_sweep(Sweep(experiment=POINTS, axes=(noise,)))]
    assert [made.dataset.points for made in found] == [Points(noise=0.0), Points(noise=0.3)]
    as_it_is = experiment_of(POINTS, {"training.epochs": 3})
    assert as_it_is.fingerprint() == POINTS.fingerprint()
    own = OwnPoints(count=20, smallest=10, classes=("a", "b"), id="0" * 64)
    mine = POINTS.model_copy(update={"dataset": Dataset(name="own_points", own=own)})
    images = OwnImages(count=20, smallest=10, classes=("a", "b"), id="0" * 64)
    pictures = Experiment(dataset=Dataset(name="own_images", own_images=images))
    paths = {*settable(POINTS), *settable(mine), *settable(pictures)}
    assert not {path for path in paths if path.startswith(("dataset.own", "dataset.validation."))}
    assert "dataset.points.features.0" not in paths
    for path in ("dataset.own.id", "dataset.validation", "training.changes"):
        with pytest.raises(InvalidExperiment, match="no setting that can vary"):
            check_sweep(Sweep(experiment=mine, axes=(Axis(path=path, values=("a", "b")),)))


def changing(*changes: Change) -> Experiment:
    training = POINTS.training.model_copy(update={"changes": changes})
    return POINTS.model_copy(update={"training": training})


RATE_CHANGES = Change(step=2, field="learning_rate", value=0.5)
WEIGHT_CHANGES = Change(step=2, field="weight", value=1.0, layer=0, unit=3, input=0)


def test_changes_while_training_stay_in_each_trial():
    base = changing(RATE_CHANGES, WEIGHT_CHANGES)
    axis = Axis(path="training.seed", values=(0, 1))
    for made, _ in check_sweep(Sweep(experiment=base, axes=(axis,))):
        assert made.training.changes == (RATE_CHANGES, WEIGHT_CHANGES)


@pytest.mark.parametrize(
    ("change", "axis", "words"),
    [
        (RATE_CHANGES, RATE, "would undo what varies"),
        (WEIGHT_CHANGES, Axis(path=ADDED_LAYER, values=(0, 3)), "would undo what varies"),
        (Change(field="l2", value=0.1), Axis(path="training.l2", values=(0, 0.1)), "L2"),
        # A trial without the unit that is edited, and one that ends before the change.
        (WEIGHT_CHANGES, Axis(path="layers.0.units", values=(4, 2)), "units 2.*from 0 to 1"),
        (
            Change(step=30, field="learning_rate", value=0.5),
            Axis(path="training.epochs", values=(3, 1)),
            "Epochs 1.*the steps of this training",
        ),
    ],
)
def test_changes_that_do_not_go_with_what_varies_are_refused(change, axis, words):
    strategy = "grid" if axis.values else "random"
    with pytest.raises(InvalidExperiment, match=words):
        check_sweep(Sweep(experiment=changing(change), axes=(axis,), strategy=strategy))


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("layers.0.units", "Layer 1 units"),
        ("layers.3", "Layer 4"),
        ("layers", "Layers"),
        ("training.optimizer.type", "Optimizer"),
        ("training.early_stopping", "Early stopping"),
        ("training.changes.0.layer", "Change 1 while training: layer"),
        ("Layer 1 units", "Layer 1 units"),
        ("A net. With dots · Layer 4", "A net. With dots · Layer 4"),
        ("runs at once", "runs at once"),
        ("layers.x", "layers.x"),
    ],
)
def test_fields_are_called_as_the_form_calls_them(field, label):
    found = in_words(InvalidExperiment([Problem(field, "must be 1")]))
    assert str(found) == f"{label}: must be 1"


def test_settings_from_outside_are_checked():
    with pytest.raises(InvalidExperiment, match="trials"):
        parse_sweep({"trials": 1000})
    kept = sweep(UNITS, RATE, strategy="random")
    assert parse_sweep(kept.model_dump(mode="json")) == kept
    check_sweep(kept)
