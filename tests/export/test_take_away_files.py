"""The files of a run, made without a worker: their content, and that no words become code."""

import csv
import dataclasses
import io
import json
import re
import zipfile
from dataclasses import asdict
from html.parser import HTMLParser

import numpy as np
import pytest

from nnlab.datasets import load_splits
from nnlab.experiment import Dataset, Experiment, Output, parse_experiment, with_settings
from nnlab.export import (
    MEMBERS,
    RunRecord,
    experiment_json,
    file_stem,
    history_csv,
    points_csv,
    script_of,
)
from nnlab.export.archive import TEXTS, Contents, write_archive
from nnlab.export.beside import arrays_beside
from nnlab.export.readme import readme
from nnlab.export.report import WORST, Answered, report
from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.run import Run, utc_now
from nnlab.runs.states import RunState

EVIL = "</script><img src=x onerror=alert(1)> & \"co\" 'x'"
VERSIONS = {"nnlab": "0.1.0", "Keras": "3"}


def record(
    experiment: Experiment, state: RunState = RunState.FINISHED, step: int = 82
) -> RunRecord:
    run = Run("0123456789abcdef", "a" * 32, experiment, state, utc_now(), None, 2, step, 41, 1e4,
              0.25, 0.75, None)  # fmt: skip
    epochs = (EpochRecord(1, 1.5, 0.5, None, None, 0.5), EpochRecord(2, 1 / 3, 0.75, 0.4, 0.7, 0.5))
    return RunRecord(run, (Point(1, 1 / 41, 2.1, 0.1, 9e3), Point(41, 1.0, 1.5, 0.5, 1e4)), epochs)


@pytest.fixture(scope="module")
def digits() -> Experiment:
    return with_settings(Experiment(dataset=Dataset(name="digits")), {"name": EVIL})


def answered(experiment: Experiment, mistakes: int) -> Answered:
    splits = load_splits(experiment.dataset)
    probabilities = np.full((len(splits.y_test), 10), 0.05, np.float32)
    said = splits.y_test.copy()
    said[:mistakes] = (said[:mistakes] + 1) % 10
    probabilities[np.arange(len(said)), said] = 0.55
    return Answered(probabilities, splits.y_test, splits.x_test)


def test_csv_has_every_digit_and_nothing_where_there_was_no_figure():
    rows = list(csv.DictReader(io.StringIO(history_csv(record(Experiment())))))
    assert [float(row["loss"]) for row in rows] == [1.5, 1 / 3]
    assert rows[0]["val_loss"] == ""
    points = list(csv.DictReader(io.StringIO(points_csv(record(Experiment())))))
    wanted = [asdict(point) for point in record(Experiment()).points]
    assert all(point.pop("mean_absolute_error") is None for point in wanted)
    assert [{k: float(v) for k, v in row.items()} for row in points] == wanted


def test_the_settings_come_in_again_as_they_were(digits: Experiment):
    assert parse_experiment(json.loads(experiment_json(record(digits)))) == digits


def test_a_stopped_run_has_a_script_that_stops(digits: Experiment):
    assert "StopAfter(60)" in script_of(record(digits, RunState.STOPPED, 60))
    assert "StopAfter" not in script_of(record(digits))


@pytest.mark.parametrize(
    ("name", "stem"), [("My experiment", "my-experiment"), ("../../x", "x"), ("数字", "experiment")]
)
def test_a_files_name_is_letters_and_hyphens(name: str, stem: str):
    assert file_stem(name) == stem


def of_numbers() -> tuple[RunRecord, Answered, np.ndarray]:
    """A run on the plane, its answers and how far off they are."""
    made = record(Experiment(dataset=Dataset(name="plane"), output=Output(activation="linear")))
    run = dataclasses.replace(made.run, test_accuracy=None, test_mean_absolute_error=0.125)
    epoch = EpochRecord(1, 0.5, None, 0.4, None, 0.5, 0.75, 0.25)
    point = Point(1, 0.5, 0.6, None, 9e3, 0.875)
    targets = load_splits(run.experiment.dataset).y_test
    off = np.where(np.arange(len(targets)) % 2, 0.125, -0.125).astype(np.float32)
    met = Answered((targets + off)[:, np.newaxis], targets)
    return RunRecord(run, (point,), (epoch,)), met, off


def test_files_of_a_run_that_learned_numbers_tell_errors_and_no_accuracy():
    made, met, off = of_numbers()
    (epoch,) = csv.DictReader(io.StringIO(history_csv(made)))
    (point,) = csv.DictReader(io.StringIO(points_csv(made)))
    assert (epoch["mean_absolute_error"], epoch["val_mean_absolute_error"]) == ("0.75", "0.25")
    assert point["mean_absolute_error"] == "0.875"
    page = report(made, met, VERSIONS)
    written = page.split("</script>")[-1] + page.split("<h1>")[1]
    assert not any("ccuracy" in text for text in (*epoch, *point, written, script_of(made)))
    assert "the run had: test loss 0.2500, test mean absolute error 0.1250" in script_of(made)
    r2 = 1 - (off**2).sum() / ((met.y_true - met.y_true.mean()) ** 2).sum()
    assert f"R² {r2:.4f}, mean absolute error 0.1250, RMSE 0.1250." in page
    charts = re.findall(r'<script type="application/json">(.*?)</script>', page)
    assert len(charts) == 4
    assert page.count("<tr>") == 1 + 1 + 1 + len(off)
    assert "<dt>Loss</dt><dd>mean_squared_error</dd>" in page
    assert "answers with a number for each" in readme(made, VERSIONS)
    assert "accurac" not in readme(made, VERSIONS)


class Elements(HTMLParser):
    """Which elements a page has, and what they would load."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loaded += [value or "" for name, value in attrs if name in ("src", "href")]
        assert not any(name.startswith("on") for name, _ in attrs)


def test_the_report_loads_nothing_and_runs_nobodys_words(digits: Experiment):
    page = report(record(digits), answered(digits, mistakes=40), VERSIONS)
    found = Elements()
    found.feed(page)
    assert all(source.startswith("data:image/png") for source in found.loaded)
    assert found.tags.count("img") == WORST == len(found.loaded)
    assert found.tags.count("script") == 1 + 3 + 1  # plotly.js once, the charts, what draws them
    assert page.count("plotly.js v") == 1
    charts = re.findall(r'<script type="application/json">(.*?)</script>', page)
    assert all(json.loads(chart)["data"] for chart in charts)
    assert "75.00%" in page
    assert "320 of 360 are right" in page


def test_the_report_of_a_network_without_mistakes_or_images(digits: Experiment):
    perfect = answered(digits, mistakes=0)
    page = report(record(digits), perfect, VERSIONS)
    assert "Most confident mistakes" not in page
    blind = Answered(perfect.probabilities, perfect.y_true)
    assert "<img" not in report(record(digits), blind, VERSIONS).split("</head>")[1]


def test_the_zip_has_what_its_readme_names(digits: Experiment):
    told: list[tuple[str, float]] = []
    made = {
        name: (lambda: "x")
        for name in ("model.keras", "report.html", "charts/loss.svg", "tensorboard/train/e")
    }
    contents = Contents(record(digits), VERSIONS, arrays_beside(digits, None), made)
    file = io.BytesIO()
    write_archive(file, contents, lambda *at: told.append(at))
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        words = archive.read("README.txt").decode()
        names = archive.namelist()
        with np.load(io.BytesIO(archive.read("digits.npz"))) as arrays:
            assert arrays["images"].shape == (1797, 8, 8)
    assert [name for name, _ in told] == names
    assert [share for _, share in told] == sorted({share for _, share in told})
    for member in MEMBERS:
        assert any(name.startswith(member.name) for name in names), member.name
        assert member.name in words
    assert {member.name for member in MEMBERS if member.alone} == set(TEXTS)
    assert "digits.npz" in words
    assert "Keras 3" in words
