"""Changes while training, as they are marked on the curves."""

import copy

import plotly.graph_objects as go

from nnlab.experiment import Change
from nnlab.figures.changes_marked import MOST_WORDS, with_changes_marked, words_of
from nnlab.figures.curves import learning_curves
from nnlab.figures.marked import marked

POINTS = {"epoch": [1.0, 2.0], "loss": [2.0, 1.0], "accuracy": [0.3, 0.6]}
NONE: dict = {"epoch": []}
WEIGHT = {"field": "weight", "layer": 0, "input": 0, "value": 1.5}


def test_a_line_with_words_where_each_change_takes_effect():
    plain = learning_curves(POINTS, NONE, "loss", 10)
    before = copy.deepcopy(plain)
    changes = [
        Change(step=50, field="learning_rate", value=0.03),
        Change(step=420, **WEIGHT, unit=0),
    ]
    figure = with_changes_marked(plain, changes, steps_per_epoch=100)
    go.Figure(figure)
    assert plain == before
    assert [(line["x0"], line["x1"]) for line in figure["layout"]["shapes"]] == [
        (0.5, 0.5),
        (4.2, 4.2),
    ]
    words = {note["x"]: note["text"] for note in figure["layout"]["annotations"]}
    assert words == {0.5: "learning rate 0.03", 4.2: "weight edited"}
    both = marked(figure, 1.0)
    assert [shape["x0"] for shape in both["layout"]["shapes"][:3]] == [0.5, 4.2, 1.0]
    assert both["layout"]["annotations"] == figure["layout"]["annotations"]


def test_a_slider_that_was_drawn_is_one_mark_with_its_last_value():
    drawn = [Change(step=100 + n, field="l2", value=n / 100) for n in range(20)]
    edits = [Change(step=110, **WEIGHT, unit=unit) for unit in (0, 1, 1)]
    figure = with_changes_marked(learning_curves(POINTS, NONE, "loss", 10), drawn + edits, 100)
    (note,) = figure["layout"]["annotations"]
    assert note["text"] == "L2 0.19, 2 weights edited"
    assert note["x"] == 1.0


def test_long_words_are_cut_on_the_chart_and_whole_below_the_pointer():
    kinds = {"learning_rate": 0.012345, "l1": 0.01, "l2": 0.02, "dropout": 0.5}
    changes = [Change(step=7, field=name, value=value) for name, value in kinds.items()]
    figure = with_changes_marked(learning_curves(POINTS, NONE, "loss", 10), changes, 100)
    (note,) = figure["layout"]["annotations"]
    assert len(note["text"]) <= MOST_WORDS
    assert (
        note["hovertext"]
        == words_of(changes)
        == "learning rate 0.012345, L1 0.01, L2 0.02, dropout 0.5"
    )
