"""What the data sets are called."""

from nnlab.datasets import CATALOG, title_of
from nnlab.datasets.titles import with_titles
from nnlab.experiment import OWN_IMAGES, OWN_POINTS


def test_every_set_has_a_title_of_its_own_and_a_set_that_is_gone_its_name():
    titles = [title_of(name) for name in (*CATALOG, OWN_IMAGES, OWN_POINTS)]
    assert len(set(titles)) == len(titles)
    assert not any("_" in title for title in titles)
    assert title_of("fashion_mnist") == "Fashion-MNIST"
    assert title_of(OWN_IMAGES) == "own images"  # nobody else's "your own"
    assert title_of("a set of old") == "a set of old"


def test_settings_in_which_runs_differ_have_titles():
    settings = {"dataset.name": ["mnist", OWN_POINTS], "training.epochs": [1, 2]}
    named = {"dataset.name": ["MNIST digits", "own points"]}
    assert with_titles(settings) == settings | named
    assert with_titles({"training.epochs": [1, 2]}) == {"training.epochs": [1, 2]}
