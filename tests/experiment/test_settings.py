"""Whatever comes from outside is either an Experiment or a message that helps."""

import pickle

import pytest

from nnlab.experiment import (
    SEED_MAX,
    Adam,
    Conv2D,
    Dataset,
    Dense,
    Dropout,
    Experiment,
    InvalidExperiment,
    Training,
    bounds,
    parse_experiment,
    with_settings,
    with_written_settings,
)


def problems(changes: dict) -> dict[str, str]:
    with pytest.raises(InvalidExperiment) as caught:
        with_settings(Experiment(), changes)
    return {problem.field: problem.message for problem in caught.value.problems}


def test_json_and_back_is_the_same_experiment():
    experiment = Experiment(
        name="All kinds",
        dataset=Dataset(name="digits", validation_size=100),
        layers=(Conv2D(filters=4), Dropout(rate=0.5)),
        training=Training(optimizer=Adam(beta_1=0.99), seed=7, batch_size="full"),
    )
    assert parse_experiment(experiment.model_dump(mode="json")) == experiment


def test_the_fingerprint_sees_all_but_the_name():
    plain = Experiment()
    assert with_settings(plain, {"name": "Other"}).fingerprint() == plain.fingerprint()
    assert with_settings(plain, {"training.seed": 1}).fingerprint() != plain.fingerprint()
    assert with_settings(plain, {"training.start_from": "abc"}).fingerprint() != plain.fingerprint()
    drawings = {"id": "0" * 64, "count": 5}
    assert with_settings(plain, {"dataset.drawings": drawings}).fingerprint() != plain.fingerprint()


def test_later_fields_do_not_change_the_fingerprints_of_experiments_without_them():
    """As it was before drawings and a run to start from could be named."""
    known = "bb4a2c4f9b624812b60c73bc982d7f83f821997ca14c1589d02dbfc79801eb37"
    assert Experiment().fingerprint() == known


def test_a_later_field_that_is_unset_does_not_change_the_fingerprint():
    # As it was before `augmentation` came: stored figures are found by it.
    known = "bb4a2c4f9b624812b60c73bc982d7f83f821997ca14c1589d02dbfc79801eb37"
    assert Experiment().fingerprint() == known
    changed = with_settings(Experiment(), {"dataset.augmentation": {"copies": 1}})
    assert changed.fingerprint() != known
    more = with_settings(changed, {"dataset.augmentation.copies": 2})
    assert more.fingerprint() != changed.fingerprint()
    assert with_settings(changed, {"dataset.augmentation": None}).fingerprint() == known


@pytest.mark.parametrize(
    ("path", "value", "field", "words"),
    [
        ("training.epochs", 5000, "training.epochs", "from 1 to 2,000 (got 5000)"),
        ("training.early_stopping", {"patience": 0}, "training.early_stopping.patience", "1 to 50"),
        ("training.batch_size", "many", "training.batch_size", 'from 1 to 4,096 or "full" (got'),
        ("training.batch_size", 4097, "training.batch_size", 'from 1 to 4,096 or "full"'),
        ("training.steps_per_epoch", 0, "training.steps_per_epoch", "from 1 to 100,000 (got 0)"),
        ("training.steps_per_epoch", "all", "training.steps_per_epoch", "integer"),
        ("dataset.train_size", 70_000, "dataset.train_size", "from 1 to 60,000 (got 70000)"),
        ("dataset.augmentation", {"copies": 0}, "dataset.augmentation.copies", "from 1 to 3"),
        ("dataset.augmentation", {"rotation": 2}, "dataset.augmentation.rotation", "0.0 to 0.5"),
        ("dataset.augmentation", {"turn": 1}, "dataset.augmentation.turn", "no such field"),
        ("dataset.augmentation", "all", "dataset.augmentation", "must be a mapping"),
        ("layers.1.kernel_stddev", 0, "layers.1.kernel_stddev", "from 1e-06 to 10"),
        ("output.kernel_stddev", 11, "output.kernel_stddev", "to 10"),
        ("training.seed", SEED_MAX + 1, "training.seed", f"{SEED_MAX:,}"),
        ("training.optimizer", {"type": "Magic"}, "training.optimizer.type", "'Adam'"),
        ("training.optimizer.learning_rate", 0, "training.optimizer.learning_rate", "1e-07"),
        (
            "training.optimizer.learning_rate",
            float("nan"),
            "training.optimizer.learning_rate",
            "finite",
        ),
        ("layers.1.units", 5000, "layers.1.units", "4,096"),
        ("layers.1.activation", "sine", "layers.1.activation", "'relu'"),
        ("layers", [{"type": "LSTM"}], "layers.0.type", "'Dense'"),
        ("layers", [{"type": "Flatten"}] * 25, "layers", "24"),
        ("dataset.name", "../etc", "dataset.name", "pattern"),
        ("name", "", "name", "1 character"),
    ],
)
def test_a_value_out_of_bounds_is_named_with_what_is_allowed(path, value, field, words):
    found = problems({path: value})
    assert list(found) == [field]
    assert words in found[field]


def test_sizes_are_shares_or_numbers_of_images():
    for size in (0.25, 5000):
        experiment = with_settings(Experiment(), {"dataset.validation_size": size})
        assert experiment.dataset.validation_size == size
    assert set(problems({"dataset.validation_size": 0.99})) == {"dataset.validation_size"}
    assert set(problems({"dataset.validation_size": "some"})) == {"dataset.validation_size"}


def test_every_problem_is_told_at_once():
    assert set(problems({"training.epochs": 0, "layers.1.units": 0})) == {
        "training.epochs",
        "layers.1.units",
    }


@pytest.mark.parametrize(
    "path", ["epochs", "training.epoch", "layers.9.units", "layers.x.units", "name.first"]
)
def test_an_unknown_field_is_refused(path):
    assert "no such field" in problems({path: 1})[path]


def test_unknown_fields_in_a_file_are_refused_not_dropped():
    with pytest.raises(InvalidExperiment, match="epochz"):
        parse_experiment({"training": {"epochz": 3}})


@pytest.mark.parametrize("data", [None, 3, "text", [], {"layers": 5}])
def test_what_is_no_experiment_is_refused(data):
    with pytest.raises(InvalidExperiment):
        parse_experiment(data)


def test_text_values_are_read_as_yaml():
    changed = with_written_settings(
        Experiment(),
        {
            "training.epochs": "3",
            "training.early_stopping": "{patience: 2}",
            "training.optimizer": "{type: SGD, nesterov: true}",
            "dataset.test_size": "null",
            "dataset.train_size": "500",
            "training.batch_size": "full",
            "training.steps_per_epoch": "10",
        },
    )
    assert changed.training.epochs == 3
    assert changed.training.early_stopping.patience == 2
    assert changed.training.optimizer.nesterov is True
    assert changed.dataset.test_size is None
    assert changed.dataset.train_size == 500
    assert (changed.training.batch_size, changed.training.steps_per_epoch) == ("full", 10)


def test_problems_survive_the_way_between_processes():
    with pytest.raises(InvalidExperiment) as caught:
        with_settings(Experiment(), {"training.epochs": 0})
    copy = pickle.loads(pickle.dumps(caught.value))
    assert copy.problems == caught.value.problems
    assert str(copy) == str(caught.value)


def test_forms_read_their_limits_from_the_model():
    assert bounds(Dense, "units") == (1, 4096)
    assert bounds(Adam, "learning_rate") == (1e-7, 10.0)
    with pytest.raises(KeyError):
        bounds(Dense, "colour")


def test_a_name_that_looks_like_a_number_stays_a_name():
    assert with_settings(Experiment(), {"name": "123"}).name == "123"


def test_text_that_is_no_yaml_is_refused():
    with pytest.raises(InvalidExperiment, match="cannot read"):
        with_written_settings(Experiment(), {"training.epochs": "{3"})
