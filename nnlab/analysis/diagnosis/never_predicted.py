"""A class that is never the answer."""

import numpy as np

from nnlab.analysis.diagnosis.case import Case
from nnlab.analysis.diagnosis.finding import (
    BarChart,
    Clear,
    Evidence,
    Finding,
    Outcome,
    Remedy,
    Severity,
    Unknown,
)
from nnlab.analysis.diagnosis.remedies import longer, remedy
from nnlab.analysis.diagnosis.wording import listed
from nnlab.experiment import Conv2D, Dense

RULE = "A class that is never the answer"
# With fewer images of a class, none recognised says little.
LEAST_IMAGES = 5
WIDE = 64
FEW_EACH = 20


def examine(case: Case) -> Outcome:
    """Whether a class that is asked for is never answered: a column of the confusion matrix is 0.

    The accuracy alone hides it: with ten classes it costs a tenth at most.
    """
    answers = case.answers
    if answers is None or not case.epochs:
        return Unknown(RULE, f"there are no answers to test {case.things} after an epoch yet")
    missing = np.flatnonzero((answers.given == 0) & (answers.asked >= LEAST_IMAGES))
    if not len(missing):
        rarest = int(np.argmin(answers.given))
        return Clear(
            RULE,
            f"every class is given; {case.class_names[rarest]} least often,"
            f" {int(answers.given[rarest]):,} times of {answers.total:,}",
        )
    names = [case.class_names[number] for number in missing]
    asked = int(answers.asked[missing].sum())
    return Finding(
        RULE,
        Severity.PROBLEM,
        f"It never answers {listed(names, 'or')}, though {asked:,} test {case.things} show"
        f" {'that class' if len(names) == 1 else 'these classes'}.",
        Evidence(
            (
                ("never answered", ", ".join(names)),
                (f"test {case.things} of them", f"{asked:,} of {answers.total:,}"),
            ),
            BarChart("Answers by class", "Answers", case.class_names,
                     tuple(float(count) for count in answers.given), scale="count"),
        ),
        _cause(case),
    )  # fmt: skip


def _cause(case: Case) -> Remedy:
    experiment, classes = case.experiment, len(case.class_names)
    if experiment.dataset.train_size is not None and case.images[0] < FEW_EACH * classes:
        return remedy(
            f"So few training {case.things} may not show every class: take all of them.",
            experiment,
            {"dataset.train_size": None},
        )
    narrow = _narrow_layers(case)
    if narrow:
        return remedy(
            "All that tells the classes apart passes through very few units: give it more.",
            experiment,
            dict.fromkeys(narrow, WIDE),
        )
    return remedy("Train longer.", experiment, longer(experiment))


def _narrow_layers(case: Case) -> list[str]:
    classes = len(case.class_names)
    paths = []
    for index, layer in enumerate(case.experiment.layers):
        if isinstance(layer, Dense) and layer.units < classes:
            paths.append(f"layers.{index}.units")
        elif isinstance(layer, Conv2D) and layer.filters < 2:
            paths.append(f"layers.{index}.filters")
    return paths
