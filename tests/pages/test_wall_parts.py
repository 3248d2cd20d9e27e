"""What the wall's views are made of, without a page."""

from streamlit.testing.v1 import AppTest

from nnlab.figures.wall import Line
from nnlab.rooms.thinned import Curve
from nnlab.ui.room.apart import told_apart
from nnlab.ui.room.curve_table import at_epochs
from nnlab.ui.room.last_made import LastMade
from nnlab.ui.room.table import sparkline


def test_a_value_is_made_anew_for_another_source_only():
    made, source = LastMade(2), object()
    assert [made.get("a", source, lambda n=n: n) for n in (1, 2)] == [1, 1]
    assert made.get("a", object(), lambda: 3) == 3
    assert made.get("b", source, lambda: 4) == 4
    made.get("c", source, lambda: 5)
    assert made.get("a", source, lambda: 6) == 6  # the oldest went


def test_curves_are_read_off_at_whole_epochs_and_no_further():
    lines = [
        Line("Ada", False, (0.5, 1.5, 2.0), (0.5, 0.75, 0.875)),
        Line("Ben", False, (0.5, 1.0), (None, 0.25)),
        Line("Cleo", False, (), ()),
    ]
    assert at_epochs(lines) == {
        "Run": ["Ada", "Ben", "Cleo"],
        "1": [0.625, 0.25, None],
        "2": [0.875, None, None],
    }


def test_of_a_long_training_ten_epochs_are_told():
    columns = at_epochs([Line("Ada", False, (1.0, 100.0), (0.0, 0.99))])
    assert list(columns)[1:] == [str(epoch) for epoch in range(1, 101, 11)]


def test_a_sparkline_tells_how_far_a_run_is():
    curve = Curve((1.0, 2.0, 3.0), (0.0, None, 1.0), (4.0, 2.0, 0.0))
    assert sparkline(curve, 4, "accuracy") == "25,100 75,0"
    # The loss of guessing, ln 10 = 2.303, is the top; what is above is cut off.
    assert sparkline(curve, 4, "loss") == "25,0 50,13 75,100"


def test_a_sparkline_of_a_number_is_its_error_or_its_loss_up_to_1():
    curve = Curve((1.0, 2.0), (None, None), (1.5, 0.25), (0.75, 0.5))
    assert sparkline(curve, 2, "mean_absolute_error") == "50,25 100,50"
    assert sparkline(curve, 2, "loss") == "50,0 100,75"
    assert sparkline(curve, 2, "accuracy") == ""


def test_a_filter_of_what_is_gone_is_set_back():
    at = AppTest.from_function(_filters_of_a_task_that_is_gone, default_timeout=30).run()
    assert not at.exception, at.exception
    assert at.session_state["look"].task == 0


def _filters_of_a_task_that_is_gone() -> None:
    import streamlit as st

    from nnlab.ui.room.filters import _choice
    from nnlab.ui.room.look import Look

    look = st.session_state.setdefault("look", Look("C", task=1))
    _choice(look, "Task", "task", {0: "All", 2: "Task 2", -1: "For no task"})


def test_runs_of_a_task_are_told_apart_by_what_differs_within_it():
    settings = {
        "dataset.name": ["Digits", "Digits", "MNIST"],
        "training.epochs": [20, 20, 5],
        "training.batch_size": [32, 32, 64],
        "training.optimizer.learning_rate": [0.1, 0.01, 0.001],
        "training.optimizer.momentum": [None, 0.9, None],
    }
    assert told_apart([2, 2, 1], settings) == [
        "Learning rate 0.1, Data set Digits, Epochs 20",
        "Learning rate 0.01, Momentum 0.9, Data set Digits",
        "Data set MNIST, Epochs 5, Batch size 64",
    ]
