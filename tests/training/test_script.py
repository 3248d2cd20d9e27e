"""The exported script: runs on its own, and is the same network."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest

from nnlab.datasets import arrays_of, load_splits
from nnlab.experiment import (
    SGD,
    Activation,
    AdamW,
    Augmentation,
    BatchNormalization,
    Change,
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
    Points,
    RMSprop,
    StepDecay,
    Training,
    with_changes,
    with_settings,
)
from nnlab.recipes import RECIPES
from nnlab.script import Trained, files_beside, keras_notebook, keras_script

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
    tree = ast.parse(script)
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in [getattr(node, "module", None) or node.names[0].name]
    }
    assert imported - {"os"} == {"keras", "numpy", "tensorflow"}
    assert ("os" in imported) == (experiment.dataset.name in ("mnist", "fashion_mnist"))
    # Nothing is left to Keras's own shuffling, compiling or batches of validation.
    fit = next(n for n in ast.walk(tree) if _calls(n, "fit"))
    given = {keyword.arg: ast.unparse(keyword.value) for keyword in fit.keywords}
    assert ast.unparse(fit.args[0]) == "batches()"
    assert given["shuffle"] == "False"
    assert ("validation_batch_size" in given) == (experiment.dataset.validation != "none")


@pytest.mark.parametrize("experiment", variants(), ids=range(len(variants())))
def test_every_notebook_is_valid_and_holds_the_script(experiment: Experiment):
    notebook = nbformat.reads(keras_notebook(experiment), as_version=4)
    nbformat.validate(notebook)
    cells = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    script = ast.parse(keras_script(experiment))
    assert ast.dump(ast.parse("\n".join(cells))) == ast.dump(ast.Module(script.body[1:], []))
    assert keras_notebook(experiment) == keras_notebook(experiment)


def test_a_name_is_text_and_nothing_else_in_a_notebook():
    experiment = Experiment(name="<img src=x> [a](b) `c` $d$")
    first = json.loads(keras_notebook(experiment))["cells"][0]["source"]
    assert not set("<>[]`$") & set("".join(first))


def _calls(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "attr", None) == name


RUN_EACH = """
import json, os, sys
class OnlyTensorFlow:
    "What a fresh environment does not have cannot be imported."
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("nnlab", "sklearn", "scipy", "mlxtend", "pandas", "plotly"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, OnlyTensorFlow())
import numpy as np
for folder in sys.argv[1:]:
    os.chdir(folder)
    name = "notebook.ipynb" if os.path.exists("notebook.ipynb") else "script.py"
    text = open(name).read()
    if name == "notebook.ipynb":
        cells = [c["source"] for c in json.loads(text)["cells"] if c["cell_type"] == "code"]
        text = "\\n".join("".join(source) for source in cells)
    found = {}
    exec(compile(text, name, "exec"), found)
    parts = [n for n in found if n[:2] in ("x_", "y_")]
    np.savez("data.npz", **{n: found[n] for n in parts})
    np.savez("weights.npz", *found["model"].get_weights())
    figures = {**found["history"].history, "test": [found["loss"], found["accuracy"]]}
    with open("figures.json", "w") as file:
        json.dump(figures, file)
"""


def on_digits(**training: object) -> Experiment:
    return Experiment(
        dataset=Dataset(name="digits", train_size=1200),
        layers=(Flatten(), Dense(units=16), Dropout(rate=0.3)),
        training=Training(**{"epochs": 3, "batch_size": 32, "seed": 5, **training}),
    )


SPIRAL = Experiment(
    dataset=Dataset(name="spiral", points=Points(features=("x", "y", "sin_x"))),
    layers=(Dense(units=16, activation="tanh"),),
    training=Training(epochs=6, batch_size=25, seed=3, optimizer=AdamW()),
)
EARLY = EarlyStopping(patience=2, min_delta=0.02)
# Of each, and by how much its weights may differ: not at all, but for RMSprop and normalization,
# whose sums TensorFlow and Keras write otherwise.
REPEATED = {
    "plain": (on_digits(), 0),
    "momentum": (on_digits(optimizer=SGD(learning_rate=0.1, momentum=0.9, nesterov=True)), 0),
    "penalties": (on_digits(l1=1e-4, l2=1e-3, optimizer=SGD(learning_rate=0.1)), 0),
    # The last pass ends inside an epoch; the schedule is laid out in steps.
    "steps": (on_digits(steps_per_epoch=70, schedule=CosineDecay()), 0),
    "full": (on_digits(batch_size="full", steps_per_epoch=9, schedule=ExponentialDecay()), 0),
    "early": (on_digits(epochs=30, optimizer=SGD(learning_rate=0.2), early_stopping=EARLY), 0),
    "points": (SPIRAL, 0),
    "everything": (EVERYTHING, 2e-6),
    "rmsprop": (on_digits(optimizer=RMSprop(), schedule=StepDecay(every_epochs=1)), 2e-6),
}
# Some in mid-epoch, some where an epoch begins; of one penalty the other stays as it is.
CHANGES = [
    Change(step=0, field="weight", layer=1, unit=3, input=20, value=2.5),
    Change(step=5, field="l2", value=0.02),
    Change(step=17, field="dropout", value=0.0),
    Change(step=34, field="learning_rate", value=0.02),
    Change(step=34, field="weight", layer=3, unit=2, value=-1.5),
    Change(step=50, field="dropout", value=0.6),
    Change(step=80, field="l1", value=0.003),
]
FROM_ZERO = [
    Change(step=3, field="dropout", value=0.25),
    Change(step=16, field="weight", layer=2, unit=0, input=1, value=0.5),
]
WITH_DROPOUT = with_settings(
    SPIRAL, {"layers": [*SPIRAL.model_dump()["layers"], Dropout(rate=0.0).model_dump()]}
)
REPEATED |= {
    "changes": (with_changes(on_digits(l1=1e-4, optimizer=SGD(learning_rate=0.1)), CHANGES), 0),
    "changes on points": (with_changes(WITH_DROPOUT, FROM_ZERO), 0),
}
AS_NOTEBOOKS = ("plain", "points", "changes on points")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What the scripts and notebooks leave behind; one process for all, and nothing of ours in it.

    It stands in for a fresh environment: of ours, or of what only we need, nothing can be imported.
    """
    parent = tmp_path_factory.mktemp("exports")
    for name, (experiment, _) in REPEATED.items():
        folder = parent / name
        folder.mkdir()
        if name in AS_NOTEBOOKS:
            (folder / "notebook.ipynb").write_text(keras_notebook(experiment))
        else:
            (folder / "script.py").write_text(keras_script(experiment))
        for file in files_beside(experiment):
            arrays = arrays_of(experiment.dataset)
            np.savez_compressed(folder / file, images=arrays.x_train, labels=arrays.y_train)
    paths = [str(parent / name) for name in REPEATED]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "NNLAB"))}
    done = subprocess.run(
        [sys.executable, "-c", RUN_EACH, *paths],
        capture_output=True, text=True, check=False, cwd=parent, env=clean,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return {name: parent / name for name in REPEATED}


@pytest.mark.parametrize("name", REPEATED)
def test_script_or_notebook_repeats_the_run(name: str, folders: dict[str, Path]):
    from listening import Listener

    from nnlab.training.evaluate import evaluate
    from nnlab.training.fit import fit

    experiment, tolerance = REPEATED[name]
    splits, listener = load_splits(experiment.dataset), Listener()
    fitted = fit(experiment, splits, listener)
    while fitted.signal == "change":
        fitted = fit(experiment, splits, listener, fitted.checkpoint)
    theirs = json.loads((folders[name] / "figures.json").read_text())
    for figure in ("loss", "accuracy", "val_loss", "val_accuracy"):
        ours = [getattr(record, figure) for record in listener.epochs]
        assert theirs[figure] == pytest.approx(ours, rel=tolerance, abs=tolerance), figure
    if not experiment.training.early_stopping:  # whose best weights the worker's task puts back
        tested = evaluate(fitted.compiled, splits)
        assert theirs["test"] == pytest.approx([tested.loss, tested.accuracy], rel=tolerance)
        with np.load(folders[name] / "weights.npz") as kept:
            for ours, key in zip(fitted.model.get_weights(), kept.files, strict=True):
                np.testing.assert_allclose(kept[key], ours, rtol=0, atol=tolerance)


@pytest.mark.parametrize("name", ["plain", "everything", "points"])
def test_the_script_learns_from_our_images(name: str, folders: dict[str, Path]):
    """Each part to the last bit."""
    splits = load_splits(REPEATED[name][0].dataset)
    with np.load(folders[name] / "data.npz") as theirs:
        for part in ("x_train", "x_validation", "x_test"):
            images = getattr(splits, part)
            if images.dtype == np.uint8:
                images = images[..., np.newaxis].astype(np.float32) / np.float32(16)
            np.testing.assert_array_equal(images, theirs[part])
        for part in ("y_train", "y_validation", "y_test"):
            np.testing.assert_array_equal(getattr(splits, part), theirs[part])


def test_early_stopping_with_the_best_weights(folders: dict[str, Path]):
    """The script's network is that of the best epoch, however little better it was."""
    theirs = json.loads((folders["early"] / "figures.json").read_text())
    assert 3 < len(theirs["val_loss"]) < 30
    experiment = REPEATED["early"][0]
    splits = load_splits(experiment.dataset)
    best = 1 + int(np.argmin(theirs["val_loss"]))
    shorter = with_settings(experiment, {"training.epochs": best, "training.early_stopping": None})
    from listening import Listener

    from nnlab.training.fit import fit

    model = fit(shorter, splits, Listener()).model
    with np.load(folders["early"] / "weights.npz") as kept:
        for ours, key in zip(model.get_weights(), kept.files, strict=True):
            np.testing.assert_array_equal(kept[key], ours)


def test_a_stopped_run_is_stopped_at_the_same_step(tmp_path: Path):
    """In this process, whose arithmetic has one thread as well."""
    from listening import Listener

    from nnlab.training.fit import fit

    experiment = with_settings(on_digits(), {"dataset.validation": "none"})
    splits = load_splits(experiment.dataset)
    listener = Listener("stop", at=2)
    fitted = fit(experiment, splits, listener)
    done = fitted.checkpoint.epoch * 38 + fitted.checkpoint.step
    assert 0 < done < 3 * 38
    script = keras_script(experiment, Trained(stopped_after=done))
    arrays = arrays_of(experiment.dataset)
    np.savez(tmp_path / "digits.npz", images=arrays.x_train, labels=arrays.y_train)
    found: dict = {}
    exec(script.replace('"digits.npz"', repr(str(tmp_path / "digits.npz"))), found)
    for ours, theirs in zip(fitted.model.get_weights(), found["model"].get_weights(), strict=True):
        np.testing.assert_array_equal(theirs, ours)


def test_a_weight_that_was_edited_before_stop_is_edited_in_the_script():
    edited = with_changes(on_digits(), [Change(step=9, field="weight", layer=1, unit=0, value=2)])
    last_line = "changing.make(9)  # edited just before it was stopped"
    assert last_line in keras_script(edited, Trained(stopped_after=9))
    assert last_line not in keras_script(edited, Trained(stopped_after=10))


def test_a_run_that_was_stopped_before_its_first_step_has_its_start_weights():
    edit = Change(step=0, field="weight", layer=0, unit=1, input=0, value=2.5)
    found: dict = {}
    exec(keras_script(with_changes(SPIRAL, [edit]), Trained(stopped_after=0)), found)
    from nnlab.models.build import build_model

    started = build_model(SPIRAL, (3,), 2).get_weights()
    started[0][0, 1] = 2.5
    for ours, theirs in zip(started, found["model"].get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_the_figures_of_the_run_are_told_beside_the_scripts_own():
    script = keras_script(on_digits(), Trained(threads=2, test_loss=0.25, test_accuracy=0.5))
    assert 'print("the run had: test loss 0.2500, test accuracy 0.5000")' in script
    assert "set_intra_op_parallelism_threads(2)" in script


@pytest.mark.parametrize(
    ("path", "value", "file"),
    [
        ("training.start_from", "0123456789abcdef", "start_weights.npz"),
        ("dataset.drawings", {"id": "0" * 64, "count": 9, "repeat": 3}, "drawings.npz"),
        ("dataset.name", "mnist_5k", "mnist_5k.npz"),
    ],
)
def test_a_script_names_the_files_that_it_reads(path: str, value: object, file: str):
    experiment = with_settings(Experiment(), {path: value})
    assert files_beside(experiment) == (file,)
    script = keras_script(experiment)
    assert f'np.load("{file}")' in script
    assert f"Run it in a folder with {file}" in ast.get_docstring(ast.parse(script))
    assert files_beside(Experiment()) == ()
