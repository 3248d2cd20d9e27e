"""What a task leaves open, in words; and addresses as they are sent to others."""

import pytest

from nnlab import settings
from nnlab.experiment import Assignment, Conv2D, Dense, Experiment, Flatten
from nnlab.ui.share.address import _base, page_url, shared_url, task_url
from nnlab.ui.share.names import open_choices, open_in_words

NETWORK = Experiment(layers=(Conv2D(), Flatten(), Dense()))


def test_every_choice_opens_what_it_says_and_is_named_by_itself():
    for label, paths in open_choices(NETWORK).items():
        task = Assignment(experiment=NETWORK, open=paths)
        assert not any(map(task.locked, paths)), label
        assert open_in_words(task)[0] == label


def test_every_setting_but_the_name_can_be_left_open():
    everything = Assignment(
        experiment=NETWORK,
        open=tuple(path for paths in open_choices(NETWORK).values() for path in paths)[:40],
    )
    fields = [f"dataset.{name}" for name in type(NETWORK.dataset).model_fields]
    fields += [f"training.{name}" for name in type(NETWORK.training).model_fields]
    locked = [path for path in (*fields, "layers", "output") if everything.locked(path)]
    # Nobody else has them.
    mine = ["dataset.drawings", "dataset.own", "dataset.own_images", "training.start_from"]
    assert locked == [*mine, "training.changes"]  # the last are made while it trains


def test_what_is_within_another_is_not_named_again():
    task = Assignment(
        experiment=NETWORK,
        open=("training.optimizer", "training.optimizer.learning_rate", "layers.2.units"),
    )
    assert open_in_words(task) == ["Optimizer and learning rate", "Units of layer 3 (Dense)"]


def test_a_path_without_a_word_is_named_as_it_is():
    task = Assignment(experiment=NETWORK, open=("training.optimizer.beta_1",))
    assert open_in_words(task) == ["training.optimizer.beta_1"]


def test_nothing_and_everything():
    assert open_in_words(Assignment(open=())) == []
    assert open_in_words(Assignment()) == ["Everything"]


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("http://127.0.0.1:8501/Train", "http://127.0.0.1:8501"),
        ("http://127.0.0.1:8501/", "http://127.0.0.1:8501"),
        ("https://school.example/nnlab/Train/", "https://school.example/nnlab"),
        ("https://school.example/nnlab/", "https://school.example/nnlab"),
        ("https://school.example/Train/Data", "https://school.example/Train"),
    ],
)
def test_the_address_of_the_app_is_found_in_a_pages(url: str, base: str):
    assert _base(url) == base


def test_the_public_address_can_be_set(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NNLAB_PUBLIC_URL", "https://school.example/lab/")
    assert page_url("Train") == "https://school.example/lab/Train"
    assert task_url("7QKX4M") == "https://school.example/lab/Train?task=7QKX4M"
    assert shared_url("a_b-c") == "https://school.example/lab/Evaluate?shared=a_b-c"


def test_a_public_address_without_a_scheme_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NNLAB_PUBLIC_URL", "school.example")
    with pytest.raises(ValueError, match="NNLAB_PUBLIC_URL must begin with http"):
        settings.public_url()
