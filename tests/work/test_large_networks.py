"""Large networks have a worker with threads on all cores; the rest keep theirs."""

import numpy as np
import pytest
from helping import OWNER, long, quick, wait_for, wait_for_end

from nnlab.experiment import Conv2D, Dense, Flatten
from nnlab.runs.files import RunFiles
from nnlab.runs.states import RunState
from nnlab.work.engine import Engine
from nnlab.work.slots import LARGE_FROM, is_large

WIDE = (Flatten(), Dense(units=2048))
CONVOLUTIONS = (Conv2D(filters=32), Conv2D(filters=32), Flatten())


@pytest.mark.parametrize(
    ("layers", "batch_size", "large"),
    [
        # 64 × units + units × 10 multiply-adds an image of 8 × 8
        ((Flatten(), Dense(units=2048)), 131, False),  # 151,552 × 131 is just below 20 million
        ((Flatten(), Dense(units=2048)), 132, True),
        ((Flatten(), Dense(units=128)), "full", False),
        ((Flatten(), Dense(units=2048)), "full", True),
    ],
)
def test_arithmetic_of_a_step_decides(layers, batch_size, large):
    assert is_large(quick(batch_size=batch_size).model_copy(update={"layers": layers})) is large


def test_small_runs_do_not_wait_behind_a_large_one(engine: Engine):
    assert 151_552 * 131 < LARGE_FROM <= 151_552 * 132
    experiment = long(batch_size=140).model_copy(update={"layers": WIDE})
    large, other = engine.train(experiment, OWNER), engine.train(experiment, OWNER)
    wait_for(lambda: engine.run(large).step > 0)
    wait_for(lambda: engine.status.large == "ready")  # told a moment later
    assert engine.status.workers == 2
    assert wait_for_end(engine, engine.train(quick(), OWNER)).state == RunState.FINISHED
    wait_for(lambda: engine.run(other).step > 0)  # large ones share their worker, too
    for run_id in (large, other):
        engine.stop(run_id, OWNER)
    assert wait_for_end(engine, large).state == RunState.STOPPED


def test_convolutions_on_several_threads_give_the_same_bits_again(engine: Engine):
    experiment = quick(batch_size="full", epochs=5).model_copy(update={"layers": CONVOLUTIONS})
    assert is_large(experiment)
    runs = [wait_for_end(engine, engine.train(experiment, OWNER)) for _ in range(2)]
    assert [run.state for run in runs] == [RunState.FINISHED] * 2, runs[0].message
    first, second = (RunFiles(run.id).read_weights() for run in runs)
    for name in first:
        np.testing.assert_array_equal(first[name], second[name])
