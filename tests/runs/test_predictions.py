"""A prediction stays as it was first stated, for its visitor only."""

from nnlab.runs.predictions import Predictions
from nnlab.runs.store import RunStore

ANN, BOB = "a" * 32, "b" * 32


def test_first_stated_first_kept(database: str):
    predictions = Predictions(RunStore(database).engine)
    assert predictions.of(ANN, "key") is None
    assert predictions.state(ANN, "key", {"best": "none"})
    assert not predictions.state(ANN, "key", {"best": "other"})
    kept = predictions.of(ANN, "key")
    assert kept is not None
    assert kept.expected == {"best": "none"}
    assert predictions.of(BOB, "key") is None
    assert predictions.of(ANN, "another") is None
    assert predictions.state(BOB, "key", {"best": "other"})
