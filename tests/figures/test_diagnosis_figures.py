"""The charts of the diagnosis: what is pointed out is where it happened."""

import json

import pytest
from diagnosed import LOSSES, VALIDATION, case

from nnlab.analysis.diagnosis import BarChart, LossChart
from nnlab.figures.diagnosis import bar_figure, loss_figure


def traces(figure: dict) -> dict[str, dict]:
    json.dumps(figure, allow_nan=False)  # it travels to the browser
    return {trace["name"]: trace for trace in figure["data"]}


def test_both_losses_and_a_line_at_the_epoch() -> None:
    figure = loss_figure(LossChart(3.0, "lowest"), case(), "cross-entropy")
    lines = traces(figure)
    assert lines["Training"]["y"] == [2.3, 1.2, 0.8, 0.6]
    assert lines["Validation"]["y"] == pytest.approx(VALIDATION)
    (line,) = figure["layout"]["shapes"]
    assert (line["x0"], line["x1"]) == (3.0, 3.0)
    (label,) = figure["layout"]["annotations"]
    assert "lowest" in label["text"]


@pytest.mark.parametrize(("epoch", "side"), [(1.0, "left"), (5.0, "right")])
def test_the_label_is_where_there_is_room(epoch: float, side: str) -> None:
    figure = loss_figure(LossChart(epoch, "lowest"), case(), "cross-entropy")
    assert figure["layout"]["annotations"][0]["xanchor"] == side


def test_nothing_is_pointed_out_where_nothing_is_to() -> None:
    assert "shapes" not in loss_figure(LossChart(), case(), "cross-entropy")["layout"]


def test_recorded_moments_stand_in_for_a_validation() -> None:
    measured = ((1.0, 0.6), (3.0, 0.4))
    figure = loss_figure(LossChart(3.0, "lowest", measured), case(LOSSES, None), "cross-entropy")
    assert (traces(figure)["Test"]["x"], traces(figure)["Test"]["y"]) == ([1, 3], [0.6, 0.4])


def test_a_run_that_broke_off_at_once_has_a_chart() -> None:
    figure = loss_figure(LossChart(), case((), None, points=()), "cross-entropy")
    assert traces(figure)["Training"]["y"] == []


def test_bars_of_shares_with_their_limit() -> None:
    chart = BarChart("Dead", "Share", ("layer 2", "layer 3"), (0.1, 0.9), 0.4)
    figure = bar_figure(chart)
    (trace,) = figure["data"]
    assert (trace["x"], trace["y"]) == ([0.1, 0.9], ["layer 2", "layer 3"])
    assert figure["layout"]["xaxis"]["range"] == [0, 1]
    assert figure["layout"]["shapes"][0]["x0"] == 0.4


def test_counts_begin_at_zero_even_where_there_are_none() -> None:
    figure = bar_figure(BarChart("Answers", "Answers", ("0", "1"), (0.0, 0.0), scale="count"))
    assert figure["layout"]["xaxis"]["range"][0] == 0
    assert figure["layout"]["xaxis"]["range"][1] > 0
    assert figure["layout"]["shapes"] == []


def test_sizes_over_many_powers_are_dots_and_a_zero_can_be_drawn() -> None:
    chart = BarChart("Gradients", "Std", ("layer 2", "the output"), (0.0, 1e-2), 1e-4, "size")
    figure = bar_figure(chart)
    (trace,) = figure["data"]
    assert trace["type"] == "scatter"
    assert min(trace["x"]) > 0
    assert figure["layout"]["xaxis"]["type"] == "log"


def test_guessing_is_a_line_across_and_the_axis_names_the_loss() -> None:
    figure = loss_figure(LossChart(guessing=4.0), case(), "mean squared error")
    assert traces(figure)["Guessing"]["y"] == [4.0, 4.0]
    assert figure["layout"]["yaxis"]["range"][1] > 4.0
    assert figure["layout"]["yaxis"]["title"]["text"] == "Loss (mean squared error)"
