"""`python -m nnlab`, as a person or a script calls it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from skipping import skip_or_fail

from nnlab.datasets import status

ROOT = Path(__file__).resolve().parents[1]


def nnlab(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nnlab", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_datasets_are_listed_with_their_state():
    done = nnlab("datasets")
    assert done.returncode == 0
    lines = {line.split()[0]: line for line in done.stdout.splitlines()}
    images = ["mnist", "fashion_mnist", "mnist_5k", "digits"]
    points = ["circle", "xor", "gaussians", "spiral", "moons", "blobs", "rings"]
    assert list(lines) == images + points
    assert "500 points" in lines["spiral"]
    assert "ready" in lines["mnist_5k"]
    assert "70,000" in lines["mnist"]


def test_fetching_what_is_built_in_needs_no_network():
    done = nnlab("datasets", "fetch", "digits")
    assert done.returncode == 0
    assert "ready" in done.stdout


def test_an_unknown_set_is_answered_with_the_known_ones():
    done = nnlab("datasets", "fetch", "cifar")
    assert done.returncode == 1
    assert "mnist_5k" in done.stderr
    assert "Traceback" not in done.stderr


def test_recipes_are_listed():
    done = nnlab("recipes")
    assert "e-beginner-notebook" in [line.split()[0] for line in done.stdout.splitlines()]
    events = map(json.loads, nnlab("recipes", "--json").stdout.splitlines())
    found = {event["name"]: event for event in events}
    notebook = found["e-beginner-notebook"]
    assert notebook["course"] == "E"
    assert notebook["experiment"]["training"]["epochs"] == 5
    assert notebook["published"][0]["metric"] == "test_accuracy"
    assert found["handwriting-ready"]["published"] == []


def test_training_prints_an_event_a_line():
    done = nnlab(
        "train", "e-beginner-notebook", "--json",
        "--set", "dataset.name=digits", "--set", "training.epochs=2",
        "--set", "layers.1.units=16",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["event"] for event in events] == ["epoch", "epoch", "finished"]
    assert events[1]["epoch"] == 2
    keys = {"seconds", "loss", "accuracy", "val_loss", "val_accuracy"}
    assert keys < events[0].keys()
    assert 0 < events[2]["test_accuracy"] < 1
    assert events[2]["test_accuracy"] == pytest.approx(events[1]["val_accuracy"])
    assert events[2]["run"]


def test_an_experiment_from_a_file_trains(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    path.write_text("name: Mine\ndataset: {name: digits}\ntraining: {epochs: 1}\n")
    done = nnlab("train", str(path))
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines()[-1].startswith("finished: run ")


def test_a_recipe_is_reproduced_once_and_remembered():
    if status("fashion_mnist").state != "ready":
        skip_or_fail("Fashion-MNIST is not on this computer")
    first = nnlab("reproduce", "c-one-epoch", "--json")
    assert first.returncode == 0, first.stderr[-2000:]
    event = json.loads(first.stdout)
    assert (event["event"], event["recipe"], event["seeds"]) == ("recipe", "c-one-epoch", [0, 1, 2])
    (figure,) = event["figures"]
    assert figure["published"] == [0.826, 0.826]
    assert (len(figure["ours"]), len(set(figure["ours"]))) == (3, 3)
    assert figure["verdict"] == "agrees"
    again = nnlab("reproduce", "c-one-epoch")
    assert f"ours {100 * figure['mean']:.2f} %" in again.stdout
    assert "agrees" in again.stdout
    assert again.stdout.count("c-one-epoch") == 1


def test_what_has_no_published_figures_is_not_reproduced():
    done = nnlab("reproduce", "handwriting-ready")
    assert done.returncode == 1
    assert "`python -m nnlab train handwriting-ready`" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [[], ["no-such-recipe"]])
def test_reproducing_nothing_names_what_there_is(arguments: list[str]):
    done = nnlab("reproduce", *arguments)
    assert done.returncode == 1
    assert "d-keras-fit" in done.stderr
    assert "--all" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no-such-recipe"], "e-beginner-notebook"),
        (["e-beginner-notebook", "--set", "training.epochs=3000"], "training.epochs"),
        (["e-beginner-notebook", "--set", "training.epochs"], "training.epochs=3"),
        (["e-beginner-notebook", "--set", "layers.0.type=Conv2D"], "Flatten"),
    ],
)
def test_what_cannot_be_trained_is_answered_in_words(arguments: list[str], words: str):
    done = nnlab("train", *arguments)
    assert done.returncode != 0
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_experiment_is_refused(tmp_path: Path):
    path = tmp_path / "notes.txt"
    path.write_text("just words")
    done = nnlab("train", str(path))
    assert done.returncode != 0
    assert "must be a mapping" in done.stderr


def test_a_file_that_is_no_text_is_refused(tmp_path: Path):
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    done = nnlab("train", str(path))
    assert done.returncode != 0
    assert "neither JSON nor YAML" in done.stderr


def test_only_a_run_there_is_can_be_exported(tmp_path: Path):
    done = nnlab("export", "0123456789abcdef", "--to", str(tmp_path / "run.zip"))
    assert done.returncode == 1
    assert "There is no run" in done.stderr
    elsewhere = nnlab("export", "0123456789abcdef", "--to", str(tmp_path / "none" / "run.zip"))
    assert elsewhere.returncode == 2
    assert "--to" in elsewhere.stderr
