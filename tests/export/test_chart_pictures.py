"""A run's charts as files: what they show is what the run has, and no name becomes markup."""

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from sklearn.metrics import confusion_matrix

from nnlab.experiment import Dataset, Experiment, Output
from nnlab.export.pictures import write_pictures
from nnlab.export.record import RunRecord
from nnlab.export.report import Answered
from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.run import Run, utc_now
from nnlab.runs.states import RunState

LABELS = np.array([0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9])
SAID = np.array([0, 0, 7, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 4])


def record(experiment: Experiment) -> RunRecord:
    run = Run("0123456789abcdef", "a" * 32, experiment, RunState.FINISHED, utc_now(), None, 2, 82,
              41, 1e4, 0.25, 0.75, None)  # fmt: skip
    epochs = (EpochRecord(1, 1.5, 0.5, 1.6, 0.4, 0.5), EpochRecord(2, 0.3, 0.75, 0.4, 0.7, 0.5))
    points = (Point(1, 1 / 41, 2.1, 0.1, 9e3), Point(41, 1.0, 1.5, 0.5, 1e4))
    return RunRecord(run, points, epochs)


def texts(path: Path) -> list[str]:
    """What is written in an SVG picture."""
    root = ElementTree.parse(path).getroot()
    return [element.text or "" for element in root.iter() if element.tag.endswith("}text")]


def test_curves_and_matrix_as_svg_and_png(tmp_path: Path):
    answered = Answered(np.eye(10, dtype=np.float32)[SAID], LABELS)
    paths = write_pictures(record(Experiment(dataset=Dataset(name="digits"))), answered, tmp_path)

    names = {f"{name}.{form}" for name in ("loss", "accuracy", "confusion-matrix")
             for form in ("svg", "png")}  # fmt: skip
    assert {path.name for path in paths} == names
    for path in paths:
        if path.suffix == ".png":
            with Image.open(path) as image:
                assert min(image.size) >= 800
                assert len(np.unique(np.asarray(image.convert("L")))) > 20
    curve = texts(tmp_path / "charts" / "loss.svg")
    assert {"Loss", "Epoch", "Training", "Validation"} <= set(curve)


def test_the_matrix_has_the_numbers_of_scikit_learn(tmp_path: Path):
    answered = Answered(np.eye(10, dtype=np.float32)[SAID], LABELS)
    write_pictures(record(Experiment(dataset=Dataset(name="digits"))), answered, tmp_path)

    found = texts(tmp_path / "charts" / "confusion-matrix.svg")
    counts = confusion_matrix(LABELS, SAID, labels=range(10))
    written = [str(count) for count in counts.ravel() if count]
    names = [str(digit) for digit in range(10)]
    # Ticks of both axes, their words and the title come beside the cells.
    for text in {*written, *names}:
        assert found.count(text) == written.count(text) + 2 * names.count(text)


def test_names_are_words_not_formulas_or_markup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from nnlab.datasets import catalog
    from nnlab.export import pictures

    evil = tuple(f'<b>$x_{n}$ & "{n}"' for n in range(10))
    described = catalog.info("digits")
    monkeypatch.setattr(pictures, "info_of", lambda _: catalog.replace(described, classes=evil))
    answered = Answered(np.eye(10, dtype=np.float32)[SAID], LABELS)
    write_pictures(record(Experiment(dataset=Dataset(name="digits"))), answered, tmp_path)

    assert set(evil) <= set(texts(tmp_path / "charts" / "confusion-matrix.svg"))


def test_numbers_are_shown_against_their_targets(tmp_path: Path):
    experiment = Experiment(
        dataset=Dataset(name="plane"), layers=(), output=Output(activation="linear")
    )
    targets = np.linspace(-1, 1, 30)
    answered = Answered((targets + 0.1)[:, None].astype(np.float32), targets)
    paths = write_pictures(record(experiment), answered, tmp_path)

    stems = {"loss", "mean_absolute_error", "predicted-and-true"}
    assert {path.stem for path in paths} == stems
    assert "True value" in texts(tmp_path / "charts" / "predicted-and-true.svg")
