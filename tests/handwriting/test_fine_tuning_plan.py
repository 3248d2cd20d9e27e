"""Which drawings are learned from, and the experiment that learns from them."""

from datetime import datetime

import numpy as np
import pytest

from nnlab.check import check
from nnlab.datasets import load_splits, sizes
from nnlab.datasets.drawn import read_drawn
from nnlab.experiment import (
    SGD,
    Adam,
    CosineDecay,
    Dataset,
    Dense,
    Drawn,
    EarlyStopping,
    Experiment,
    Flatten,
    Training,
)
from nnlab.handwriting.fine_tuning import (
    EPOCHS,
    RATE,
    REPLAYED,
    SHARE,
    fine_tuned,
    freeze,
    learned_from,
)
from nnlab.handwriting.halves import LEAST_HALF, halves, more_needed
from nnlab.handwriting.rendering import prepared
from nnlab.runs.drawings import Drawing, KeptDrawing

RUN = "0123456789abcdef"


def drawing(number: int, label: int) -> Drawing:
    return Drawing(label, 336, (22.0,), (((100.0, 20.0 + number), (200.0, 300.0)),))


def kept(labels: list[int]) -> list[KeptDrawing]:
    now = datetime(2026, 1, 1)
    return [KeptDrawing(i, now, drawing(i, label)) for i, label in enumerate(labels)]


def frozen(count: int = 50) -> Drawn:
    return Drawn(id="0" * 64, count=count)


def experiment(dataset: Dataset, **training: object) -> Experiment:
    layers = (Flatten(), Dense(units=8))
    return Experiment(dataset=dataset, layers=layers, training=Training(**training))  # type: ignore[arg-type]


def test_every_other_drawing_of_each_digit_is_kept_back() -> None:
    learned, held = halves(kept([3, 1, 1, 3, 3, 1, 3, 1]))
    assert [each.drawing.label for each in learned] == [1, 1, 3, 3]
    assert [each.id for each in learned] == [1, 5, 0, 4]
    assert [each.id for each in held] == [2, 7, 3, 6]


@pytest.mark.parametrize("labels", [list(range(10)), [7] * 11, [0, 0, 0, 1, 1, 1, 2], []])
def test_the_halves_are_halves_and_share_nothing(labels: list[int]) -> None:
    learned, held = halves(kept(labels))
    assert len(learned) - len(held) in (0, 1)
    assert sorted(each.id for each in (*learned, *held)) == list(range(len(labels)))


def test_how_many_are_missing() -> None:
    for count in range(30):
        smaller = len(halves(kept([1] * (count + more_needed(count))))[1])
        assert smaller >= LEAST_HALF
    assert [more_needed(n) for n in (0, 6, 9, 10, 11)] == [10, 4, 1, 0, 0]


@pytest.mark.parametrize(("dataset", "scale"), [("mnist", 255), ("digits", 16)])
def test_frozen_drawings_are_what_the_network_is_asked_about(dataset: str, scale: int) -> None:
    drawings = [drawing(i, i % 10) for i in range(4)]
    found = read_drawn(freeze(drawings, dataset).id)
    size = found.images.shape[1]
    asked = np.stack([prepared(each, size) for each in drawings])
    np.testing.assert_allclose(found.images / scale, asked, atol=0.5 / scale + 1e-6)
    assert found.labels.tolist() == [0, 1, 2, 3]
    plan = fine_tuned(experiment(Dataset(name=dataset)), RUN, freeze(drawings, dataset))
    assert learned_from(plan) == {each.digest for each in drawings}
    assert learned_from(experiment(Dataset(name=dataset))) == frozenset()


@pytest.mark.parametrize("count", [5, 30, 250])
def test_drawings_are_a_quarter_of_what_is_learned_from(count: int) -> None:
    plan = fine_tuned(experiment(Dataset(name="mnist")), RUN, frozen(count))
    drawn = plan.dataset.drawings
    assert drawn is not None
    assert plan.dataset.train_size == REPLAYED
    total = sizes(plan.dataset)[0]
    assert total == REPLAYED + drawn.count * drawn.repeat
    assert drawn.count * drawn.repeat / total == pytest.approx(SHARE, abs=0.02)
    check(plan)


def test_a_small_set_is_replayed_whole_and_a_smaller_part_stays_as_it_was() -> None:
    plan = fine_tuned(experiment(Dataset(name="digits")), RUN, frozen())
    assert plan.dataset.train_size == sizes(Dataset(name="digits"))[0]
    few = fine_tuned(experiment(Dataset(name="mnist", train_size=500)), RUN, frozen())
    assert few.dataset.train_size == 500


def test_the_rest_of_the_training() -> None:
    before = experiment(
        Dataset(name="mnist", validation="holdout"),
        batch_size="full",
        steps_per_epoch=900,
        epochs=40,
        schedule=CosineDecay(),
        early_stopping=EarlyStopping(),
        optimizer=SGD(learning_rate=0.5, momentum=0.9),
        seed=3,
    )
    plan = fine_tuned(before, RUN, frozen())
    assert plan.training == Training(
        epochs=EPOCHS,
        batch_size=32,
        optimizer=SGD(learning_rate=0.5 * RATE, momentum=0.9),
        seed=3,
        start_from=RUN,
    )
    assert (plan.layers, plan.output) == (before.layers, before.output)
    slow = experiment(Dataset(), optimizer=Adam(learning_rate=2e-7))
    assert fine_tuned(slow, RUN, frozen()).training.optimizer.learning_rate == 1e-7


def test_of_a_fine_tuned_experiment_the_old_drawings_are_replaced() -> None:
    once = fine_tuned(experiment(Dataset(name="mnist")), RUN, frozen(7))
    twice = fine_tuned(once, RUN, frozen(11))
    assert twice.dataset.drawings is not None
    assert twice.dataset.drawings.count == 11
    assert twice.dataset.train_size == REPLAYED
    assert twice.name == "My experiment, fine-tuned"
    named = fine_tuned(once.model_copy(update={"name": "x" * 80}), RUN, frozen())
    assert len(named.name) == 80


def test_an_experiment_with_drawings_is_another_one_and_can_be_stored() -> None:
    plain = experiment(Dataset(name="digits"))
    drawings = freeze([drawing(i, i) for i in range(10)], "digits")
    plan = fine_tuned(plain, RUN, drawings)
    assert Experiment.model_validate(plan.model_dump(mode="json")) == plan
    assert len(load_splits(plan.dataset).y_train) == sizes(plan.dataset)[0]
