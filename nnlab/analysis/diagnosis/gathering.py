"""From what is kept of a run to the facts that the rules of the diagnosis read."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.facts import Answers, Instant, Predictions, Targets
from nnlab.analysis.evaluation import accuracy
from nnlab.analysis.losses import mean_loss
from nnlab.analysis.numbers import scores
from nnlab.datasets import info_of, load_splits, sizes
from nnlab.experiment import Dataset, loss_of
from nnlab.runs.files import Result
from nnlab.runs.moments import Moment
from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.run import Run


def case_of(
    run: Run,
    epochs: Sequence[EpochRecord],
    points: Sequence[Point],
    moments: Sequence[Moment],
    result: Result | None = None,
) -> Case:
    """What is known of `run`, that may still be under way.

    Args:
        run: its experiment and state.
        epochs: the finished ones.
        points: of the live curve.
        moments: some or all, in order; their weights are not looked at.
        result: answers to all test examples; without it the last moment's are taken.
    """
    dataset = run.experiment.dataset
    described = info_of(dataset)
    loss = loss_of(run.experiment, described.task)
    last = _last(moments, result)
    return Case(
        run.experiment,
        run.state,
        sizes(dataset),
        described.classes,
        tuple(epochs),
        tuple(points),
        tuple(_instant(moment, loss, regression=described.regression) for moment in moments),
        answers=None if last is None or described.regression else Answers.of(*last),
        predictions=_predictions(*last) if last is not None and described.regression else None,
        targets=_targets(dataset) if described.regression else None,
    )


def _targets(dataset: Dataset) -> Targets:
    """Sets with numbers are points, which are made in milliseconds."""
    splits = load_splits(dataset)
    held_out = splits.y_validation if len(splits.y_validation) else splits.y_test
    return Targets(splits.y_train, held_out)


def _last(
    moments: Sequence[Moment], result: Result | None
) -> tuple[NDArray[np.floating], NDArray] | None:
    """The newest answers and what is right, None while there are none."""
    if result is not None:
        return result.probabilities, result.y_test
    return (moments[-1].probabilities, moments[-1].y_true) if moments else None


def _predictions(answers: NDArray[np.floating], y_true: NDArray) -> Predictions:
    return Predictions(answers[:, 0], y_true)


def _instant(moment: Moment, loss: str, *, regression: bool) -> Instant:
    answers, y_true = moment.probabilities.astype(np.float32), moment.y_true
    told, error = mean_loss(loss, answers, y_true), float("nan")
    if regression:
        error = scores(answers[:, 0], y_true.astype(np.float32)).mae
    return Instant(
        moment.epoch,
        float("nan") if told is None else told,
        float("nan") if regression else accuracy(answers, y_true),
        len(y_true),
        moment.layers,
        error,
    )
