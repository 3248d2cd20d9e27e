"""The exported script: runs on its own, and is the same network."""

import ast
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nnlab.datasets import load_splits
from nnlab.experiment import (
    Activation,
    Augmentation,
    BatchNormalization,
    Conv2D,
    CosineDecay,
    Dataset,
    Dense,
    Dropout,
    EarlyStopping,
    Experiment,
    ExponentialDecay,
    Flatten,
    MaxPooling2D,
    Nadam,
    Output,
    StepDecay,
    Training,
    with_settings,
)
from nnlab.recipes import RECIPES
from nnlab.script import keras_script, missing_for_script

EVERYTHING = Experiment(
    name='A "quoted"\nname \\',
    dataset=Dataset(
        name="digits",
        validation_size=0.2,
        test_size=300,
        split_seed=3,
        train_size=700,
        augmentation=Augmentation(),
    ),
    layers=(
        Conv2D(filters=4, kernel_size=3, padding="same", kernel_initializer="he_normal"),
        BatchNormalization(momentum=0.9),
        Activation(activation="tanh"),
        MaxPooling2D(),
        Flatten(),
        Dense(units=16, kernel_initializer="ones"),
        Dropout(rate=0.1),
        Dense(units=16, kernel_initializer="random_normal", kernel_stddev=0.3, activation="elu"),
    ),
    output=Output(activation="linear"),
    training=Training(
        epochs=2,
        seed=4,
        l1=0.0001,
        l2=0.001,
        optimizer=Nadam(),
        schedule=CosineDecay(),
        early_stopping=EarlyStopping(),
    ),
)


def variants() -> list[Experiment]:
    schedules = [ExponentialDecay(), StepDecay(), StepDecay(every_epochs=99)]
    datasets = [
        Dataset(name="mnist", validation="test"),
        Dataset(name="fashion_mnist", test_size=0.2),
        Dataset(name="mnist_5k", validation="none", augmentation=Augmentation(copies=3)),
    ]
    return [
        EVERYTHING,
        *(recipe.experiment for recipe in RECIPES.values()),
        *(Experiment(training=Training(schedule=schedule)) for schedule in schedules),
        *(Experiment(dataset=dataset) for dataset in datasets),
    ]


@pytest.mark.parametrize("experiment", variants(), ids=range(len(variants())))
def test_every_script_is_valid_python_without_anything_of_ours(experiment: Experiment):
    script = keras_script(experiment)
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(script))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in [getattr(node, "module", None) or node.names[0].name]
    }
    assert imported <= {"keras", "numpy", "sklearn", "mlxtend", "tensorflow"}


def test_the_script_builds_our_network_on_our_images(tmp_path: Path):
    """Weights before training and the images of each part are the same to the last bit."""
    from nnlab.models.build import build_model

    script = keras_script(EVERYTHING).split("history = model.fit")[0]
    script += (
        f"np.savez({str(tmp_path / 'theirs.npz')!r}, x_train=x_train, x_test=x_test,"
        " x_validation=x_validation, y_train=y_train, y_test=y_test,"
        " **{f'w{i}': w for i, w in enumerate(model.get_weights())})\n"
        "print(type(model.optimizer).__name__)"
    )
    path = tmp_path / "experiment.py"
    path.write_text(script)
    command = [sys.executable, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines()[-1] == "Nadam"
    splits = load_splits(EVERYTHING.dataset)
    assert len(splits.x_train) == 2 * 700
    ours = build_model(EVERYTHING, (8, 8, 1), 10)
    with np.load(tmp_path / "theirs.npz") as theirs:
        for i, weight in enumerate(ours.get_weights()):
            np.testing.assert_array_equal(weight, theirs[f"w{i}"])
        for part in ("x_train", "x_validation", "x_test"):
            images = getattr(splits, part)[..., np.newaxis].astype(np.float32) / 16
            np.testing.assert_array_equal(images, theirs[part])
        for part in ("y_train", "y_test"):
            np.testing.assert_array_equal(getattr(splits, part), theirs[part])


RUN_EACH = """
import runpy, sys
for path in sys.argv[1:]:
    runpy.run_path(path, run_name="__main__")
    print("end of", path)
"""
TRAININGS = [
    {"epochs": 12, "batch_size": 16},
    # The last pass ends inside an epoch; the schedule is laid out in steps.
    {"epochs": 4, "batch_size": 16, "steps_per_epoch": 250, "schedule": CosineDecay()},
    {"epochs": 5, "batch_size": "full", "steps_per_epoch": 60},
    {"epochs": 30, "batch_size": "full", "optimizer": Nadam(learning_rate=0.01)},
]


def small(training: dict) -> Experiment:
    return Experiment(
        dataset=Dataset(name="digits", train_size=1200),
        training=Training(**training),
    )


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each whole script prints; one process for all, as TensorFlow takes long to import."""
    folder = tmp_path_factory.mktemp("scripts")
    paths = [folder / f"experiment_{number}.py" for number in range(len(TRAININGS))]
    for path, training in zip(paths, TRAININGS, strict=True):
        path.write_text(keras_script(small(training)))
    command = [sys.executable, "-c", RUN_EACH, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr[-2000:]
    parts = done.stdout
    for path in paths:
        parts = parts.replace(f"end of {path}\n", "\0")
    return parts.split("\0")[:-1]


@pytest.mark.parametrize("number", range(len(TRAININGS)))
def test_the_whole_script_runs_and_agrees_with_our_training(number: int, printed: list[str]):
    from listening import Listener

    from nnlab.training.evaluate import evaluate
    from nnlab.training.fit import fit

    experiment = small(TRAININGS[number])
    splits = load_splits(experiment.dataset)
    ours = evaluate(fit(experiment, splits, Listener()).compiled, splits)
    last = printed[number].splitlines()[-1]
    assert last.startswith("test loss")
    assert float(last.split()[-1]) == pytest.approx(ours.accuracy, abs=0.03)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("training.start_from", "0123456789abcdef", "weights of another run"),
        ("dataset.drawings", {"id": "0" * 64, "count": 9}, "learns from your drawings"),
    ],
)
def test_no_script_is_given_for_what_it_could_not_repeat(path: str, value: object, words: str):
    experiment = with_settings(Experiment(), {path: value})
    assert words in str(missing_for_script(experiment))
    script = keras_script(experiment)
    assert words in script
    assert all(line.startswith("#") for line in script.splitlines())
    assert missing_for_script(Experiment()) is None
