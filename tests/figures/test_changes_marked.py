"""Changes while training, as they are marked on the curves."""

import copy
from itertools import pairwise

import plotly.graph_objects as go

from nnlab.experiment import Change
from nnlab.figures.changes_marked import (
    MOST_TOLD,
    NEAR,
    ROW,
    in_words,
    marks_of,
    with_changes_marked,
    words_of,
)
from nnlab.figures.curves import learning_curves
from nnlab.figures.marked import marked

POINTS = {"epoch": [1.0, 2.0], "loss": [2.0, 1.0], "accuracy": [0.3, 0.6]}
NONE: dict = {"epoch": []}
WEIGHT = {"field": "weight", "layer": 0, "input": 0, "value": 1.5}


def test_a_line_with_a_number_where_each_change_takes_effect():
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
    notes = {n["x"]: (n["text"], n["hovertext"]) for n in figure["layout"]["annotations"]}
    assert notes == {0.5: ("1", "learning rate 0.03"), 4.2: ("2", "weight edited")}
    assert in_words(marks_of(changes, 100, 10)) == "Marks: 1: learning rate 0.03; 2: weight edited."
    both = marked(figure, 1.0)
    assert [shape["x0"] for shape in both["layout"]["shapes"][:3]] == [0.5, 4.2, 1.0]
    assert both["layout"]["annotations"] == figure["layout"]["annotations"]


def test_a_slider_that_was_drawn_is_one_mark_with_its_last_value():
    drawn = [Change(step=100 + n, field="l2", value=n / 100) for n in range(20)]
    edits = [Change(step=110, **WEIGHT, unit=unit) for unit in (0, 1, 1)]
    figure = with_changes_marked(learning_curves(POINTS, NONE, "loss", 10), drawn + edits, 100)
    (note,) = figure["layout"]["annotations"]
    assert note["hovertext"] == "L2 0.19, 2 weights edited"
    assert note["x"] == 1.0


def test_marks_that_are_close_do_not_stand_on_each_other():
    steps = (10, 102, 200, 300, 1000)
    changes = [Change(step=step, field="learning_rate", value=0.1) for step in steps]
    for low, sign in ((False, -1), (True, 1)):
        plain = learning_curves(POINTS, NONE, "loss", 2000)
        notes = with_changes_marked(plain, changes, 1, low=low)["layout"]["annotations"]
        assert [note["text"] for note in notes] == ["1", "2", "3", "4", "5"]
        assert [note["yshift"] for note in notes] == [0, sign * ROW, 0, sign * ROW, 0]
        assert all(note["bgcolor"] for note in notes)  # a curve below a number does not hide it
    in_row = [note["x"] for note in notes if not note["yshift"]]
    assert min(b - a for a, b in pairwise(in_row)) > 2 * NEAR * 2000


def test_many_marks_are_told_in_a_line_of_text():
    changes = [Change(step=100 * n, field="l2", value=n / 100) for n in range(11)]
    told = in_words(marks_of(changes, 100, 10))
    assert told.startswith("Marks: 1: L2 0; 2: L2 0.01;")
    assert told.endswith(f"{MOST_TOLD}: L2 0.07; and 3 more.")


def test_the_words_of_several_changes():
    kinds = {"learning_rate": 0.012345, "l1": 0.01, "l2": 0.02, "dropout": 0.5}
    changes = [Change(step=7, field=name, value=value) for name, value in kinds.items()]
    assert words_of(changes) == "learning rate 0.012345, L1 0.01, L2 0.02, dropout 0.5"
