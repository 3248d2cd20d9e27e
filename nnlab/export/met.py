"""The part of a report that tells how a network's numbers meet their targets."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.numbers import scores
from nnlab.export.page import chart, table
from nnlab.figures.met import met_figure, residuals_figure


def met_parts(answers: NDArray[np.floating], targets: NDArray[Any]) -> list[str]:
    """HTML: two charts and a table, from answers (n, 1) and targets (n,)."""
    predicted = answers[:, 0]
    found, off = scores(predicted, targets), predicted - targets
    words = f"R² {found.r2:.4f}, mean absolute error {found.mae:.4f}, RMSE {found.rmse:.4f}."
    half = f"Half of the points are less than {np.median(np.abs(off)):.4f} off."
    columns = (targets, predicted, off)
    rows = [[f"{value:.4f}" for value in row] for row in zip(*columns, strict=True)]
    return [
        "<h2>How its numbers meet the targets</h2>",
        '<div class="two">',
        chart("met", met_figure(predicted, targets), words),
        chart("off", residuals_figure(predicted, targets), half),
        "</div>",
        "<details><summary>The same as a table</summary>",
        table(["True", "Predicted", "Off by"], rows),
        "</details>",
    ]
