"""The picture of a network as JSON, and its file."""

import base64
import json

import numpy as np
import pytest

from nnlab.runs.feed import feed_folder, feed_name
from nnlab.runs.frames import MOST_WEIGHTS, Frame, FrameFile, FrameLayer, delete_frame, frame_name

OWNER = "f" * 32


def layer(inputs: int = 2, units: int = 3, kernel: np.ndarray | None = None) -> FrameLayer:
    drawn = np.random.default_rng(1)
    return FrameLayer(
        index=0,
        name="dense_0",
        low=np.array([-1.0, 0.0, 0.25], np.float32),
        high=np.array([1.0, 0.0, 1234567.0], np.float32),
        tiles=drawn.integers(0, 256, (3, 24, 24)).astype(np.uint8),
        kernel=drawn.normal(size=(inputs, units)) if kernel is None else kernel,
        bias=np.zeros(units),
    )


def frame(**changed: object) -> Frame:
    field = np.arange(60 * 60 * 2).reshape(60, 60, 2).astype(np.uint8)
    parts = {"run": "r", "step": 7, "epoch": 0.5, "reach": 6.5, "field": field}
    return Frame(**{**parts, "layers": (layer(),), **changed})


def test_arrays_come_back_as_they_were():
    shown = frame()
    told = json.loads(shown.to_json())
    field = np.frombuffer(base64.b64decode(told["field"]), np.uint8)
    np.testing.assert_array_equal(field.reshape(60, 60, told["outputs"]), shown.field)
    (entry,) = told["layers"]
    tiles = np.frombuffer(base64.b64decode(entry["tiles"]), np.uint8)
    side = told["units_side"]
    np.testing.assert_array_equal(tiles.reshape(entry["shown"], side, side), shown.layers[0].tiles)
    assert (told["side"], side, entry["shown"], entry["units"]) == (60, 24, 3, 3)
    assert told["train"] == told["test"] == {"loss": None, "accuracy": None}


def test_weights_have_four_digits():
    kernel = np.array([[0.123456, -12345.6], [0.0, 9.99996e-7]], np.float32)
    entry = layer(2, 2, kernel).to_dict()
    assert entry["kernel"] == [[0.1235, -12350.0], [0.0, 1e-6]]
    assert "0.1235" in json.dumps(entry)
    exact = np.random.default_rng(0).normal(size=(20, 20)).astype(np.float32)
    told = np.array(layer(20, 20, exact).to_dict()["kernel"])
    expected = [[float(f"{value:.4g}") for value in row] for row in exact.astype(float)]
    np.testing.assert_allclose(told, expected, rtol=1e-12)


def test_what_is_no_number_is_null():
    kernel = np.array([[np.nan, 1.0], [np.inf, -np.inf]], np.float32)
    told = json.loads(frame(layers=(layer(2, 2, kernel),)).to_json())
    assert told["layers"][0]["kernel"] == [[None, 1.0], [None, None]]
    broken = frame(train={"loss": float("nan"), "accuracy": 0.5}).to_dict()
    assert broken["train"] == {"loss": None, "accuracy": 0.5}


@pytest.mark.parametrize(("inputs", "there"), [(MOST_WEIGHTS, True), (MOST_WEIGHTS + 1, False)])
def test_a_large_kernel_is_left_out(inputs: int, there: bool):
    assert (layer(inputs, 1).to_dict()["kernel"] is not None) is there


def test_the_file_holds_the_newest_and_goes_with_the_run(nnlab_home):
    file = FrameFile("run", OWNER)
    file.write(frame(step=1))
    file.write(frame(step=2))
    path = feed_folder() / frame_name("run", OWNER)
    assert json.loads(path.read_text())["step"] == 2
    delete_frame("run", OWNER)
    delete_frame("run", OWNER)
    assert not list(feed_folder().iterdir())


def test_its_name_needs_both_run_and_owner_and_is_not_the_feeds():
    name = frame_name("run", OWNER)
    assert name.endswith(".frame.json")
    assert len({name, frame_name("run", "0" * 32), frame_name("other", OWNER)}) == 3
    assert name.split(".")[0] != feed_name("run", OWNER).split(".")[0]


def test_a_full_disk_stops_nothing(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NNLAB_HOME", str(tmp_path / "file"))
    FrameFile("run", OWNER).write(frame())
