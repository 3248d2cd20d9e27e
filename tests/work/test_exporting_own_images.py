"""A run on own images, steered while it trained, leaves as files that work on their own."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from helping import OWNER, WAIT_SECONDS, wait_for_end

from nnlab.datasets.own_images import OwnImageSet
from nnlab.experiment import Change, Dataset, Dense, Dropout, Experiment, Flatten, Training
from nnlab.export.kept import read_member, zip_path
from nnlab.work.engine import Engine

LAYERS = (Flatten(), Dense(units=12), Dropout(rate=0.2), Dense(units=6), Dropout(rate=0.1))
ON_ITS_OWN = """
import json, runpy, sys

class OnlyTensorFlow:
    "What a fresh environment does not have cannot be imported."
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("nnlab", "sklearn", "scipy", "mlxtend", "pandas", "plotly"):
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, OnlyTensorFlow())
again = runpy.run_path("script.py")
import keras
import numpy as np

model = keras.saving.load_model("model.keras", safe_mode=True)
with np.load("own_images.npz") as file:
    images, labels = file["images"][-60:], file["labels"][-60:]
answered = model.evaluate(images[..., None] / 255, labels, verbose=0)
with open("found.json", "w") as file:
    json.dump({"script": [again["loss"], again["accuracy"]], "model": answered}, file)
"""


def gratings(n: int) -> OwnImageSet:
    """Stripes in three directions under noise; the last 60 are kept for testing."""
    draw = np.random.default_rng(8)
    labels = np.arange(n) % 3
    across, down = np.meshgrid(np.arange(16), np.arange(16))
    ways = np.stack([across, down, across + down])[labels]
    images = 128 + 60 * np.sin(ways * 1.1) + draw.normal(0, 45, ways.shape)
    return OwnImageSet(images.clip(0, 255).astype(np.uint8), labels, ("a", "b", "c"), 60)


def test_script_and_model_of_a_run_whose_dropout_was_changed(engine: Engine, tmp_path: Path):
    kept = engine.own_data.add(OWNER, gratings(360), "Stripes")
    changes = (
        Change(step=12, field="dropout", value=0.4),
        Change(step=30, field="dropout", value=0.0),
    )
    training = Training(epochs=5, seed=2, changes=changes)
    dataset = Dataset(name="own_images", own_images=kept.images)
    run_id = engine.train(Experiment(dataset=dataset, layers=LAYERS, training=training), OWNER)
    run = wait_for_end(engine, run_id)
    engine.export(run_id).result(timeout=WAIT_SECONDS)
    with zipfile.ZipFile(zip_path(run_id)) as archive:
        archive.extractall(tmp_path)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "NNLAB"))}
    done = subprocess.run(
        [sys.executable, "-P", "-c", ON_ITS_OWN], cwd=tmp_path, env=clean,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads((tmp_path / "found.json").read_text())
    figures = pytest.approx([run.test_loss, run.test_accuracy], rel=1e-5)
    assert found["script"] == figures
    assert found["model"] == figures
    brought = engine.run(engine.bring_in(read_member(run_id, "model.keras"), dataset, "x", OWNER))
    assert [brought.test_loss, brought.test_accuracy] == figures
