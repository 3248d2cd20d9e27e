"""Evaluate: how well a trained network does, and where it goes wrong."""

from nnlab.ui.evaluate.answers import answers_of
from nnlab.ui.evaluate.choice import choose_evaluated
from nnlab.ui.evaluate.classes import class_table
from nnlab.ui.evaluate.confusion import confusion_panel
from nnlab.ui.evaluate.headline import headline
from nnlab.ui.evaluate.images import images_of
from nnlab.ui.evaluate.predictions import predictions
from nnlab.ui.frame import page

with page(
    "Evaluate", "How a trained network does on images it never learned from, and where it errs."
) as state:
    run = choose_evaluated(state)
    answers = answers_of(run) if run is not None else None
    if run is not None and answers is not None:
        headline(run, answers)
        images = images_of(run, answers)
        if images is not None:
            predictions(run.id, answers, images)
        confusion_panel(run.id, answers, images)
        class_table(answers)
