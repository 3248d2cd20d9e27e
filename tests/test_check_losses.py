"""Which loss goes with which data and output: what fits is trained, all else is refused by name."""

from itertools import product
from typing import get_args

import pytest

from nnlab.check import check
from nnlab.experiment import (
    Dataset,
    Dense,
    EarlyStopping,
    Experiment,
    InvalidExperiment,
    Output,
    Training,
)
from nnlab.experiment.training import LossName

# Of each task and output, the losses that can be computed; written out a second time.
FIT = {
    ("circle", "softmax"): {
        "sparse_categorical_crossentropy",
        "categorical_focal_crossentropy",
        "mean_squared_error",
    },
    ("circle", "linear"): {
        "sparse_categorical_crossentropy",
        "categorical_focal_crossentropy",
        "categorical_hinge",
    },
    ("circle", "tanh"): set(),
    ("waves", "softmax"): set(),
    ("waves", "linear"): {"mean_squared_error", "mean_absolute_error", "huber"},
    ("waves", "tanh"): {"mean_squared_error", "mean_absolute_error", "huber"},
}


def combined(name: str, output: str, loss: str | None) -> Experiment:
    return Experiment(
        dataset=Dataset(name=name),
        layers=(Dense(units=4),),
        output=Output(activation=output),
        training=Training(loss=loss),
    )


@pytest.mark.parametrize(("case", "loss"), list(product(FIT, get_args(LossName))))
def test_a_loss_is_trained_where_it_fits_and_refused_elsewhere(case: tuple[str, str], loss: str):
    name, output = case
    experiment = combined(name, output, loss)
    if loss in FIT[case]:
        assert check(experiment).layers[-1].output_shape == (2 if name == "circle" else 1,)
        return
    with pytest.raises(InvalidExperiment) as caught:
        check(experiment)
    told = {problem.field: problem.message for problem in caught.value.problems}
    of_task = set().union(*(losses for (data, _), losses in FIT.items() if data == name))
    outputs = [out for (data, out), losses in FIT.items() if data == name and losses]
    if output not in outputs:
        assert all(out in told["output.activation"] for out in outputs)
    if loss not in of_task:
        assert all(allowed in told["training.loss"] for allowed in of_task)
    elif output in outputs:
        (needed,) = (out for out in outputs if loss in FIT[(name, out)])
        assert f"{loss} needs output.activation {needed}" in told["training.loss"]
    assert told.keys() <= {"training.loss", "output.activation"}


@pytest.mark.parametrize(
    ("case", "field", "message"),
    [
        (
            ("waves", "linear", "categorical_hinge"),
            "training.loss",
            "should be one of mean_squared_error, mean_absolute_error, huber, because the data"
            " set has a number for each point (got categorical_hinge)",
        ),
        (
            ("waves", "softmax", None),
            "output.activation",
            "should be linear or tanh, because the data set has a number for each point"
            " (got softmax)",
        ),
        (
            ("circle", "linear", "mean_squared_error"),
            "training.loss",
            "mean_squared_error needs output.activation softmax: it compares probabilities with"
            " 0 and 1 (got linear)",
        ),
    ],
)
def test_the_message_names_the_field_and_what_is_allowed(case, field: str, message: str):
    with pytest.raises(InvalidExperiment) as caught:
        check(combined(*case))
    (problem,) = caught.value.problems
    assert (problem.field, problem.message) == (field, message)


def test_accuracy_cannot_be_watched_where_a_number_is_learned():
    training = Training(early_stopping=EarlyStopping(monitor="val_accuracy"))
    wanted = combined("plane", "linear", None).model_copy(update={"training": training})
    with pytest.raises(InvalidExperiment) as caught:
        check(wanted)
    (problem,) = caught.value.problems
    assert problem.field == "training.early_stopping.monitor"
    assert "should be val_loss" in problem.message


def test_no_loss_named_is_the_first_of_its_task_and_the_old_fingerprint():
    named = combined("circle", "softmax", "sparse_categorical_crossentropy")
    unnamed = combined("circle", "softmax", None)
    assert "loss" in named.model_dump()["training"]
    assert unnamed.fingerprint() != named.fingerprint()
    without = unnamed.model_dump(mode="json")
    del without["training"]["loss"]
    assert Experiment.model_validate(without).fingerprint() == unnamed.fingerprint()
