"""What real workers answer to "what if"."""

import numpy as np
import pytest
from helping import OWNER, quick, wait_for_end

from nnlab.analysis.changes import Change
from nnlab.analysis.surgery import Surgery
from nnlab.runs.files import RunFiles
from nnlab.runs.run import RunNotFound
from nnlab.work.engine import Engine
from nnlab.work.what_if import Question


def test_answers_to_what_if(engine: Engine):
    run_id = engine.train(quick(epochs=5), OWNER)
    wait_for_end(engine, run_id)
    result = RunFiles(run_id).read_result()
    numbers = np.arange(100) * len(result.y_test) // 100
    tested = result.probabilities[numbers]

    untouched = engine.what_if(run_id, Question(), 100, OWNER)
    np.testing.assert_array_equal(untouched.predicted, tested.argmax(axis=1))
    np.testing.assert_allclose(untouched.confidence, tested.max(axis=1), atol=1e-5)
    upside_down = engine.what_if(run_id, Question(Change("rotation", 180)), 100, OWNER)
    accuracies = [
        np.mean(said.predicted == result.y_test[numbers]) for said in (untouched, upside_down)
    ]
    assert accuracies[0] > accuracies[1] + 0.3
    all_off = Question(surgery=Surgery(layer=1, off=tuple(range(16))))
    assert len(set(engine.what_if(run_id, all_off, 100, OWNER).predicted)) == 1
    assert engine.unit_norms(run_id, OWNER)[1].shape == (16,)
    with pytest.raises(ValueError, match="a unit must be 0 to 15, not 16"):
        engine.what_if(run_id, Question(surgery=Surgery(layer=1, off=(16,))), 100, OWNER)
    with pytest.raises(RunNotFound):
        engine.what_if(run_id, Question(), 100, "stranger")
    with pytest.raises(RunNotFound):
        engine.unit_norms(run_id, "stranger")
