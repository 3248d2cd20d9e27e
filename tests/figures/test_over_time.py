import plotly.graph_objects as go
import pytest

from nnlab.figures import palette
from nnlab.figures.over_time import Line, moment_name, shares_over_time

EPOCHS = [0.0, 1 / 32, 0.125, 0.5, 1.0, 2.0]
SHARES = Line("share", [0.1, 0.3, None, 0.05, 0.02, 0.0], palette.WRONG)
OTHER = Line("other", [0.9, 0.7, 0.6, 0.95, 0.98, 1.0], palette.RIGHT)


def figure(*lines: Line, at: int | None = None) -> dict:
    made = shares_over_time(lines, EPOCHS, at, "This cell over time", "Share")
    go.Figure(made)  # Plotly refuses what it does not know
    return made


def test_moments_are_evenly_spaced_and_named_by_their_epochs():
    made = figure(SHARES)
    (trace,) = made["data"]
    assert trace["x"] == trace["customdata"] == [0, 1, 2, 3, 4, 5]
    assert trace["y"] == SHARES.values
    assert made["layout"]["xaxis"]["ticktext"] == ["0", "1/32", "1/8", "1/2", "1", "2"]


def test_many_moments_are_not_all_named():
    line = Line("share", [0.0] * 60, palette.WRONG)
    made = shares_over_time([line], list(range(60)), None, "t", "Share")
    assert len(made["layout"]["xaxis"]["ticktext"]) <= 9


@pytest.mark.parametrize("at", [0, 3, 5])
def test_a_mark_on_each_line_at_the_moment(at: int):
    line, *dots = figure(SHARES, OTHER, at=at)["layout"]["shapes"]
    assert (line["x0"], line["x1"]) == (at, at)
    marked = {dot["fillcolor"]: (dot["xanchor"], dot["yanchor"]) for dot in dots}
    assert marked == {palette.WRONG: (at, SHARES.values[at]), palette.RIGHT: (at, OTHER.values[at])}


def test_no_mark_where_the_value_is_not_known_or_none_is_asked_for():
    assert len(figure(SHARES, at=2)["layout"]["shapes"]) == 1
    assert figure(SHARES)["layout"]["shapes"] == []


def test_a_mark_changes_the_shapes_alone():
    one, other = figure(SHARES, at=1), figure(SHARES, at=4)
    assert one["data"] == other["data"]
    assert one["layout"].pop("shapes") != other["layout"].pop("shapes")
    assert one["layout"] == other["layout"]


@pytest.mark.parametrize(("most", "top"), [(0.004, 0.01), (0.3, 0.5), (1.0, 1.0)])
def test_small_shares_have_a_scale_of_their_own(most: float, top: float):
    low, high = figure(Line("share", [0.0, most] * 3, palette.WRONG))["layout"]["yaxis"]["range"]
    assert high == pytest.approx(top * 1.05)
    assert -0.1 * top < low < 0


def test_what_is_not_a_number_is_a_gap():
    (trace,) = figure(Line("share", [0.1, float("nan"), 0.2] * 2, palette.WRONG), at=1)["data"]
    assert trace["y"][:3] == [0.1, None, 0.2]


def test_names_of_moments():
    assert [moment_name(e) for e in (0, 3.0, 4 / 125, 62 / 125, 2.5)] == [
        "0", "3", "1/32", "1/2", "2.5",
    ]  # fmt: skip
