"""A link holds the whole experiment, and what is no link is refused with the field."""

import random

import pytest
from random_experiments import random_experiment

from nnlab.experiment import (
    LAYER_TYPES,
    OPTIMIZER_TYPES,
    SCHEDULE_TYPES,
    Adam,
    Change,
    Dataset,
    Dense,
    Dropout,
    Experiment,
    Flatten,
    InvalidExperiment,
    Training,
)
from nnlab.links import PARAMETERS, experiment_in, link_parameters, link_query, parse_query
from nnlab.links.reading import LONGEST_VALUE
from nnlab.recipes import FIRST_RECIPE, RECIPES


def read(query: str) -> Experiment:
    return experiment_in(parse_query(query))


def problems(query: str) -> list[str]:
    with pytest.raises(InvalidExperiment) as refused:
        read(query)
    return [str(problem) for problem in refused.value.problems]


def test_a_link_is_read_as_a_person_would():
    query = "?data=mnist&layers=flatten,dense-128,dropout-0.2&epochs=5&optimizer=adam-0.001&seed=3"
    assert read(query) == Experiment(
        dataset=Dataset(name="mnist"),
        layers=(Flatten(), Dense(units=128), Dropout(rate=0.2)),
        training=Training(epochs=5, optimizer=Adam(learning_rate=0.001), seed=3),
    )


def test_only_what_differs_is_written():
    experiment = Experiment(
        layers=(Flatten(), Dense(units=64, activation="tanh")),
        training=Training(optimizer=Adam(learning_rate=1e-7, beta_1=0.95)),
    )
    assert link_parameters(experiment) == {
        "layers": "flatten,dense-64-tanh",
        "optimizer": "adam-1e-7-beta_1:0.95",
    }


def test_changes_while_training_are_words_of_a_link():
    query = "changes=lr:40:0.3,w:41:-1.5:1:3,w:41:2:1:3:20,dropout:80:0"
    made = read(query).training.changes
    assert [change.told for change in made] == [
        "learning rate 0.3 from step 41 on",
        "bias, unit 4 of layer 2: -1.5 from step 42 on",
        "weight of input 21, unit 4 of layer 2: 2 from step 42 on",
        "dropout 0 from step 81 on",
    ]
    assert link_parameters(read(query))["changes"] == query.partition("=")[2]
    weight = {"field": "weight", "layer": 24, "unit": 4095, "value": -1.2345678901234567e-5}
    changes = tuple(Change(step=10**9, input=n, **weight) for n in range(10**6, 10**6 - 200, -1))
    longest = Experiment(training=Training(changes=changes))
    assert read(link_query(longest)) == longest


def test_the_default_experiment_has_a_link_too():
    assert link_query(Experiment()) == "data=mnist"
    assert read("data=mnist") == Experiment()


def test_any_experiment_comes_back_as_it_was():
    draw = random.Random(20)
    seen, longest = set(), 0
    for _ in range(2000):
        experiment = random_experiment(draw)
        query = link_query(experiment)
        assert read(query) == experiment, query
        assert read(query).fingerprint() == experiment.fingerprint(), query
        parameters = link_parameters(experiment)
        seen |= set(parameters) | {type(layer).__name__ for layer in experiment.layers}
        seen |= {experiment.training.optimizer.type, experiment.training.schedule.type}
        longest = max(longest, *map(len, parameters.values()))
    assert seen >= {*PARAMETERS, *LAYER_TYPES, *OPTIMIZER_TYPES, *SCHEDULE_TYPES}
    assert longest <= LONGEST_VALUE


def test_recipes_have_short_links():
    lengths = {name: len(link_query(recipe.experiment)) for name, recipe in RECIPES.items()}
    assert lengths[FIRST_RECIPE] < 40
    assert max(lengths.values()) < 300, lengths
    assert all(read(link_query(r.experiment)) == r.experiment for r in RECIPES.values())


@pytest.mark.parametrize(
    ("query", "field", "allowed"),
    [
        ("epochs=5000", "training.epochs", "from 1 to 2,000"),
        ("epochs=many", "training.epochs", "whole number from 1 to 2,000"),
        ("epochs=2.5", "training.epochs", "whole number from 1 to 2,000"),
        ("epochs=", "training.epochs", "whole number from 1 to 2,000"),
        ("epochs=5&epochs=6", "epochs", "once"),
        ("epoch=5", "epoch", "epochs"),
        ("data=cifar", "dataset.name", "fashion_mnist"),
        ("batch=0", "training.batch_size", "from 1 to 4,096"),
        ("test=0.95", "dataset.test_size", "0.01 to 0.9"),
        ("val=half", "dataset.validation", "holdout"),
        ("layers=dense-0", "layers.0.units", "from 1 to 4,096"),
        ("layers=flatten,dense-64-swish", "layers.1", "relu or"),
        ("layers=flatten,lstm-3", "layers.1.type", "flatten, dense"),
        ("layers=dense-64-64", "layers.0", "a number for units"),
        ("layers=dense-64-units:65", "layers.0.units", "twice"),
        ("layers=" + ",".join(["flatten"] * 25), "layers", "24"),
        ("layers=", "layers.0.type", "flatten"),
        ("optimizer=adam-99", "training.optimizer.learning_rate", "from 1e-07 to 10"),
        ("optimizer=adam--1", "training.optimizer", "a number for learning_rate"),
        ("optimizer=sgd-0.1-nesterov:maybe", "training.optimizer.nesterov", "yes or no"),
        ("optimizer=sgd-0.1-beta_1:0.9", "training.optimizer", "nesterov:"),
        ("optimizer=sgd-1e999", "training.optimizer.learning_rate", "finite"),
        ("optimizer=sgd-nan", "training.optimizer", "a number for learning_rate"),
        ("schedule=step-0.5-2-3", "training.schedule", "every_epochs"),
        ("early=3-val_f1", "training.early_stopping", "val_accuracy"),
        ("drawings=5-id:xyz", "dataset.drawings.id", "match"),
        ("seed=" + "9" * 5000, "seed", "at most 4,000"),
        ("seed=" + "9" * 400, "training.seed", "whole number from 0"),
        ("start=../x", "training.start_from", "match"),
        ("changes=lr:5", "training.changes.0", "step and value"),
        ("changes=lr:5:1:2", "training.changes.0", "step and value"),
        ("changes=l1:5:0.1,w:5:1:0", "training.changes.1", "layer, unit and input"),
        ("changes=momentum:5:1", "training.changes.0", "lr, l1, l2, dropout, w"),
        ("changes=lr:5:-1", "training.changes.0.value", "from 1e-07 to 10"),
        ("changes=lr:x:1", "training.changes.0.step", "integer"),
        ("name=", "name", "at least 1"),
    ],
)
def test_what_is_not_allowed_is_named_with_what_is(query: str, field: str, allowed: str):
    found = problems(query)
    assert any(text.startswith(f"{field}:") and allowed in text for text in found), found


def test_all_problems_are_told_at_once():
    assert len(problems("epochs=5000&colour=red&layers=lstm,gru")) == 3  # bounds come afterwards


def test_mistyped_links_are_refused_or_read_but_never_an_error():
    draw = random.Random(6)
    noise = "- , : = & 1 0.2 e- relu %00 %ff yes none ٣ _ + dense 1e999 epochs".split()  # noqa: SIM905
    told = {True: 0, False: 0}
    for _ in range(1500):
        query = link_query(random_experiment(draw))[:400]
        at = draw.randrange(len(query))
        told[_is_read(query[:at] + draw.choice(noise) + query[at + draw.randint(0, 3) :])] += 1
    assert min(told.values()) > 50, told


def _is_read(query: str) -> bool:
    try:
        read(query)
    except InvalidExperiment as error:
        return not error.problems  # a refusal without a word would be a mistake
    return True
