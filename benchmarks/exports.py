"""Every recipe's script or notebook, run on its own, beside the run that it repeats.

    python -m benchmarks.exports                 all recipes, which takes an hour
    python -m benchmarks.exports e-beginner-notebook d-keras-fit
    python -m benchmarks.exports --python CLEAN/bin/python   in an environment of TensorFlow alone
    python -m benchmarks.exports --form notebook             the cells of the notebook, in order

Each recipe is trained by the engine's own code in one process and by its exported script in
another, into which nothing of ours can be imported. A line tells the test figures of both, and by
how much weights and loss differ at most. The data are looked for as the app does.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from nnlab.datasets import arrays_of
from nnlab.experiment import Experiment
from nnlab.recipes import RECIPES
from nnlab.script import Trained, files_beside, keras_notebook, keras_script
from nnlab.work.slots import is_large

ENGINE = """
import json, sys
import numpy as np
from nnlab.datasets import load_splits
from nnlab.recipes import RECIPES
from nnlab.runs.records import Reporter
from nnlab.training.evaluate import evaluate
from nnlab.training.fit import fit
from nnlab.training.warm_up import warm_up

class Quiet:
    def __getattr__(self, name):
        return lambda *_, **__: None

warm_up()
experiment = RECIPES[sys.argv[1]].experiment
splits = load_splits(experiment.dataset)
fitted = fit(experiment, splits, Quiet())
tested = evaluate(fitted.compiled, splits)
losses = [record.loss for record in fitted.checkpoint.history]
np.savez("engine.npz", *fitted.model.get_weights())
json.dump({"loss": losses, "test": [tested.loss, tested.accuracy]}, open("engine.json", "w"))
"""
# What each form of the export holds, one piece after the other in the same names.
PIECES = {
    "script": "[open('experiment.py').read()]",
    "notebook": "[''.join(cell['source']) for cell in json.load(open('experiment.ipynb'))['cells']"
    " if cell['cell_type'] == 'code']",
}
ALONE = """
import json, sys
class OnlyTensorFlow:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("nnlab", "sklearn", "scipy", "mlxtend", "pandas", "plotly"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, OnlyTensorFlow())
import numpy as np
found = {}
for piece in PIECES:
    exec(compile(piece, "experiment", "exec"), found)
np.savez("alone.npz", *found["model"].get_weights())
test = [found["loss"], found["accuracy"]]
json.dump({"loss": found["history"].history["loss"], "test": test}, open("alone.json", "w"))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipes", nargs="*", metavar="RECIPE")
    parser.add_argument("--python", default=sys.executable, help="that runs what is exported")
    parser.add_argument("--form", choices=tuple(PIECES), default="script")
    options = parser.parse_args()
    for name in options.recipes or RECIPES:
        said = compared(name, RECIPES[name].experiment, options.python, options.form)
        print(f"{name}: {said}", flush=True)


def compared(name: str, experiment: Experiment, python: str, form: str) -> str:
    """Train twice, and say how far apart the two are.

    Args:
        name: of the recipe.
        experiment: its experiment.
        python: the interpreter that runs what is exported.
        form: of the export, a key of `PIECES`.
    """
    if experiment.training.early_stopping:
        return "skipped: its best weights are put back by the worker's task, not by `fit`"
    threads = os.cpu_count() or 1 if is_large(experiment) else 1
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        _write(folder, experiment, threads)
        here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
        command = [sys.executable, "-c", ENGINE, name]
        engine = _run(command, folder, {**here, "NNLAB_WORKER_THREADS": str(threads)})
        alone = {k: v for k, v in here.items() if k != "PYTHONPATH"}
        program = ALONE.replace("PIECES", PIECES[form])
        export = _run([python, "-c", program], folder, alone)
        ours, theirs = (json.loads((folder / f"{w}.json").read_text()) for w in _WHO)
        weights = _difference(folder)
    loss = max(abs(a - b) for a, b in zip(ours["loss"], theirs["loss"], strict=True))
    return (
        f"test accuracy {ours['test'][1]:.4f} and {theirs['test'][1]:.4f}, test loss"
        f" {ours['test'][0]:.6f} and {theirs['test'][0]:.6f}; at most {loss:.1e} between losses of"
        f" an epoch, {weights:.1e} between weights; {threads} threads, {engine:.0f} and"
        f" {export:.0f} s"
    )


_WHO = ("engine", "alone")


def _write(folder: Path, experiment: Experiment, threads: int) -> None:
    """The script, the notebook and what has to lie beside them."""
    arrays, trained = arrays_of(experiment.dataset), Trained(threads=threads)
    (folder / "experiment.py").write_text(keras_script(experiment, trained))
    (folder / "experiment.ipynb").write_text(keras_notebook(experiment, trained))
    names = ("x_train", "y_train", "x_test", "y_test")
    parts = {part: getattr(arrays, part) for part in names}
    if experiment.dataset.name in ("mnist", "fashion_mnist"):
        np.savez(folder / f"{experiment.dataset.name}.npz", **parts)
    for file in files_beside(experiment):
        np.savez(folder / file, images=arrays.x_train, labels=arrays.y_train)


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> float:
    """Seconds that it took, loading TensorFlow included."""
    started = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return time.perf_counter() - started


def _difference(folder: Path) -> float:
    with np.load(folder / "engine.npz") as ours, np.load(folder / "alone.npz") as theirs:
        return max(float(np.abs(ours[key] - theirs[key]).max()) for key in ours.files)


if __name__ == "__main__":
    main()
