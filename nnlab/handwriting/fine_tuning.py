"""Training a network a little further on one's own hand.

A network that goes on with a few drawings alone forgets what it knew, so most of the images are of
those that it learned from before ("rehearsal": Robins, Catastrophic forgetting, rehearsal and
pseudorehearsal, Connection Science 7, 1995). The numbers below were chosen by
`benchmarks/fine_tuning.py`; what they come to is in docs/drawing.md.
"""

from collections.abc import Sequence

import numpy as np

from nnlab.datasets import info, sizes
from nnlab.datasets.drawn import DrawnImages, read_drawn, write_drawn
from nnlab.experiment import (
    NAME_LENGTH,
    Constant,
    Dataset,
    Drawn,
    Experiment,
    Optimizer,
    Training,
    bounds,
)
from nnlab.handwriting.rendering import prepared
from nnlab.runs.drawings import Drawing

REPLAYED = 5_000  # of the images that were learned from before
SHARE = 0.25  # of what is learned from now that are drawings
RATE = 0.2  # of the learning rate before
EPOCHS = 3
_BATCH = 32  # in place of a full batch, which would make as few steps as epochs


def freeze(drawings: Sequence[Drawing], dataset: str) -> Drawn:
    """The drawings as images for networks of `dataset`, kept in a file for good.

    Raises:
        OSError: they cannot be written, for example because the disk is full.
    """
    described = info(dataset)
    size, scale = described.input_shape[0], described.scale
    images = np.stack([prepared(drawing, size) for drawing in drawings])
    drawn = DrawnImages(
        np.rint(images * scale).astype(np.uint8),
        np.array([drawing.label for drawing in drawings], np.int64),
        tuple(drawing.digest for drawing in drawings),
    )
    return Drawn(id=write_drawn(drawn), count=len(drawings))


def learned_from(experiment: Experiment) -> frozenset[str]:
    """Digests of the drawings that the experiment trains on; none if it trains on none.

    Raises:
        DatasetError: they are no longer kept.
    """
    drawn = experiment.dataset.drawings
    return frozenset() if drawn is None else frozenset(read_drawn(drawn.id).origins)


def fine_tuned(experiment: Experiment, run_id: str, drawn: Drawn) -> Experiment:
    """`experiment` trained further: its run's weights, old images and drawings, small steps.

    Args:
        experiment: of the run that the weights come from.
        run_id: that run.
        drawn: frozen drawings; how often each comes is decided here.

    Raises:
        InvalidExperiment: the experiment's own data set cannot be divided as it says.
    """
    before = experiment.dataset.model_copy(update={"drawings": None})
    replayed = min(REPLAYED, sizes(before)[0])
    dataset = before.model_copy(
        update={
            "train_size": replayed,
            "drawings": drawn.model_copy(update={"repeat": _repeat(replayed, drawn.count)}),
        }
    )
    return experiment.model_copy(
        update={
            "name": _name(experiment.name),
            "dataset": Dataset.model_validate(dataset.model_dump()),
            "training": _training(experiment, run_id),
        }
    )


def _repeat(replayed: int, count: int) -> int:
    """How often each drawing comes, so that they make up `SHARE` of all images."""
    return max(1, round(replayed * SHARE / (1 - SHARE) / count))


def _training(experiment: Experiment, run_id: str) -> Training:
    training = experiment.training
    return training.model_copy(
        update={
            "epochs": EPOCHS,
            "batch_size": _BATCH if training.batch_size == "full" else training.batch_size,
            "steps_per_epoch": None,
            "optimizer": _slower(training.optimizer),
            "schedule": Constant(),
            "early_stopping": None,
            "start_from": run_id,
        }
    )


def _slower(optimizer: Optimizer) -> Optimizer:
    least = bounds(type(optimizer), "learning_rate")[0]
    return optimizer.model_copy(
        update={"learning_rate": max(least, RATE * optimizer.learning_rate)}
    )


def _name(name: str) -> str:
    ending = ", fine-tuned"
    return name[: NAME_LENGTH - len(ending)].removesuffix(ending) + ending
