"""Frames while a network on points trains, by the function that a worker runs."""

import json
import threading
from dataclasses import replace

import numpy as np
import pytest
from listening import Listener

from nnlab import settings
from nnlab.datasets import Splits, load_splits
from nnlab.experiment import (
    BatchNormalization,
    Dataset,
    Dense,
    Dropout,
    Experiment,
    Flatten,
    Points,
    Training,
)
from nnlab.runs.feed import feed_folder
from nnlab.runs.files import RunFiles
from nnlab.runs.frames import Frame, FrameFile, frame_name
from nnlab.runs.run import RunNotFound
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.training.compiled import CompiledNetwork
from nnlab.training.fit import fit
from nnlab.training.frames import Frames
from nnlab.training.kept import Kept
from nnlab.training.pace import PICTURE_SECONDS, TARGET_SECONDS
from nnlab.training.practice import practise
from nnlab.training.workshop import compiled_network
from nnlab.work import plane_frame
from nnlab.work.train_run import train_run

SPIRAL = Experiment(
    dataset=Dataset(name="spiral", points=Points()),
    layers=(Dense(units=8, activation="tanh"), BatchNormalization(), Dropout(rate=0.2)),
    training=Training(epochs=4, batch_size=10, seed=3),
)
STEPS = 36  # an epoch has them


@pytest.fixture(scope="module")
def spiral() -> Splits:
    return load_splits(SPIRAL.dataset)


@pytest.fixture(autouse=True)
def whatever_it_costs(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "less_often" not in request.node.name:
        monkeypatch.setattr("nnlab.training.frames.MOST_SHARE", np.inf)


@pytest.fixture
def store(nnlab_home) -> RunStore:
    return RunStore(settings.database_url())


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Frame]:
    """Every frame that was written."""
    frames: list[Frame] = []
    write = FrameFile.write
    monkeypatch.setattr(
        FrameFile, "write", lambda file, frame: (frames.append(frame), write(file, frame))
    )
    return frames


def pictured(splits: Splits, signal: str | None = None) -> tuple[list[Frame], dict]:
    """A training with a frame after each chunk: the frames and the state it ends in."""
    taken: list[Frame] = []
    frames = Frames("r", SPIRAL, splits, taken.append, lambda: 0.0)
    kept = replace(Kept.of(SPIRAL, splits), frames=frames)
    listener = Listener(signal, at=3)
    return taken, fit(SPIRAL, splits, listener, kept=kept).checkpoint.state


def test_training_is_the_same_to_the_bit_with_frames_and_without(spiral: Splits):
    taken, state = pictured(spiral)
    plain = fit(SPIRAL, spiral, Listener()).checkpoint.state
    assert len(taken) > 4
    assert state.keys() == plain.keys()
    for name, values in plain.items():
        np.testing.assert_array_equal(state[name], values, err_msg=name)


def test_frames_show_the_network_as_it_is_at_their_step(spiral: Splits, small_steps: None):
    taken, state = pictured(spiral)
    steps = [frame.step for frame in taken]
    assert steps[0] == 0
    assert steps[-1] == 4 * STEPS
    assert steps == sorted(steps)
    assert all(frame.epoch == frame.step / STEPS for frame in taken)
    np.testing.assert_array_equal(taken[-1].layers[0].kernel, state["model.0"])
    assert not np.array_equal(taken[0].layers[0].kernel, state["model.0"])


def test_the_first_comes_before_anything_is_traced(spiral: Splits, monkeypatch: pytest.MonkeyPatch):
    happened: list[str] = []
    traced = CompiledNetwork._many_steps
    monkeypatch.setattr(
        CompiledNetwork,
        "_many_steps",
        lambda *arguments: (happened.append("traced"), traced(*arguments))[1],
    )
    frames = Frames("r", SPIRAL, spiral, lambda _: happened.append("frame"), lambda: 1e9)
    fit(SPIRAL, spiral, Listener(), kept=replace(Kept.of(SPIRAL, spiral), frames=frames))
    assert happened == ["frame", "traced", "frame"]  # and the last, though none was due


def test_a_pause_is_shown_where_it_is(spiral: Splits):
    taken, state = pictured(spiral, "pause")
    assert 0 < taken[-1].step < 4 * STEPS
    np.testing.assert_array_equal(taken[-1].layers[-1].bias, state["model.8"])


def test_a_run_leaves_its_last_frame(store: RunStore, written: list[Frame]):
    run_id = store.create(SPIRAL, "me", "engine")
    train_run(run_id)
    told = json.loads((feed_folder() / frame_name(run_id, "me")).read_text())
    run = store.get(run_id)
    assert (told["run"], told["step"], told["epoch"]) == (run_id, 4 * STEPS, 4.0)
    assert told["test"]["loss"] == pytest.approx(run.test_loss, rel=1e-4)
    assert told["test"]["accuracy"] == pytest.approx(run.test_accuracy)
    assert told["train"]["loss"] == pytest.approx(store.points(run_id)[-1].loss)
    # Afterwards a worker tells the same of the network, and of its recorded moments.
    again = plane_frame.of_run(run_id, None)
    assert again.to_dict()["field"] == told["field"]
    assert (again.step, again.epoch) == (run.step, 4.0)
    start = plane_frame.of_run(run_id, 0)
    assert start.to_dict()["layers"] == plane_frame.untrained(SPIRAL).to_dict()["layers"]
    with pytest.raises(RunNotFound):
        plane_frame.of_run(run_id, 77)


def test_a_run_on_images_has_none(store: RunStore, written: list[Frame]):
    images = Experiment(
        dataset=Dataset(name="digits"), layers=(Flatten(),), training=Training(epochs=1)
    )
    train_run(store.create(images, "me", "engine"))
    assert not written
    assert (Kept.of(SPIRAL, load_splits(SPIRAL.dataset)).pace.target) == PICTURE_SECONDS
    assert (Kept.of(images, load_splits(images.dataset)).pace.target) == TARGET_SECONDS


def test_a_paused_run_is_shown_by_its_checkpoint(store: RunStore, spiral: Splits):
    run_id = store.create(SPIRAL, "me", "engine")
    assert plane_frame.of_run(run_id, None).step == 0  # with its start weights
    listener = Listener("pause", at=2)
    fitted = fit(SPIRAL, spiral, listener)
    RunFiles(run_id).write_checkpoint(fitted.checkpoint)
    store.move(run_id, RunState.RUNNING, steps_per_epoch=STEPS)
    store.move(run_id, RunState.PAUSED)
    frame = plane_frame.of_run(run_id, None)
    assert frame.step == fitted.checkpoint.epoch * STEPS + fitted.checkpoint.step > 0
    np.testing.assert_array_equal(frame.layers[0].kernel, fitted.checkpoint.state["model.0"])


def test_who_shares_a_worker_writes_seldom(
    store: RunStore, written: list[Frame], monkeypatch: pytest.MonkeyPatch
):
    """With no pause between two frames of one alone, and an endless one between those of two."""
    monkeypatch.setattr("nnlab.work.live_frames.ALONE_SECONDS", 0.0)
    monkeypatch.setattr("nnlab.work.live_frames.SHARED_SECONDS", 1e9)
    train_run(store.create(SPIRAL, "me", "engine"))
    alone = len(written)
    monkeypatch.setattr("nnlab.work.turns.Seat.alone", lambda _: False)
    train_run(store.create(SPIRAL, "me", "engine"))
    assert alone >= 4
    assert len(written) - alone <= 2  # the first and the last


def test_a_picture_that_takes_long_comes_less_often(
    spiral: Splits, monkeypatch: pytest.MonkeyPatch
):
    frames, clock = Frames("r", SPIRAL, spiral, lambda _: None, lambda: 0.075), [100.0]
    monkeypatch.setattr("nnlab.training.frames.time.perf_counter", lambda: clock[0])
    monkeypatch.setattr(
        "nnlab.training.frames.frame_of", lambda *_: clock.__setitem__(0, clock[0] + 0.3)
    )
    assert frames.due()
    frames.take(CompiledNetwork(SPIRAL, spiral).model, 0, 0.0)
    for now, due in ((100.3, False), (101.4, False), (101.6, True)):  # a fifth of the time
        clock[0] = now
        assert frames.due() is due


def test_a_network_is_made_ready_once_and_a_run_that_comes_waits_for_it(
    spiral: Splits, monkeypatch: pytest.MonkeyPatch
):
    other = SPIRAL.model_copy(update={"layers": (Dense(units=5), Dropout(rate=0.3))})
    built: list[CompiledNetwork] = []
    create, going = CompiledNetwork.__init__, threading.Event()

    def noted(network: CompiledNetwork, *arguments: object) -> None:
        built.append(network)
        create(network, *arguments)
        going.set()

    monkeypatch.setattr(CompiledNetwork, "__init__", noted)
    thread = threading.Thread(target=practise, args=(other, spiral))
    thread.start()
    assert going.wait(60)
    practise(other, spiral)  # is on its way already
    with compiled_network(other, spiral) as compiled:
        after = fit(other, spiral, Listener(), compiled=compiled).checkpoint.state
    thread.join(60)
    assert len(built) == 1
    plain = fit(other, spiral, Listener()).checkpoint.state
    for name, values in plain.items():
        np.testing.assert_array_equal(after[name], values, err_msg=name)


def test_untrained_frames_follow_seed_and_edits(nnlab_home):
    one = plane_frame.untrained(SPIRAL)
    seeded = SPIRAL.training.model_copy(update={"seed": 4})
    two = plane_frame.untrained(SPIRAL.model_copy(update={"training": seeded}))
    assert one.to_json() != two.to_json()
    assert one.to_json() == plane_frame.untrained(SPIRAL).to_json()
    assert (one.run, one.step) == (None, 0)
