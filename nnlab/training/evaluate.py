"""The trained network on the test images."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.datasets import Splits
from nnlab.training.compiled import CompiledNetwork
from nnlab.training.device import DeviceImages


@dataclass(frozen=True)
class TestResult:
    """Loss (penalties included) and accuracy as Keras computes them; probabilities (n, classes).

    Where a number is learned, `accuracy` is None and the probabilities are the numbers (n, 1).
    """

    __test__ = False  # not a test class, whatever its name says

    loss: float
    accuracy: float | None
    probabilities: NDArray[np.float32]
    mean_absolute_error: float | None = None


def evaluate(compiled: CompiledNetwork, splits: Splits) -> TestResult:
    """Loss, accuracy and every image's probabilities on the test images, in one pass.

    The loss tracker and the metrics are the compiled model's own, updated as `Model.evaluate`
    does; what it would throw away, the predictions, is kept.
    """
    data = DeviceImages.part(splits, "test")
    compiled.model.reset_metrics()
    probabilities = compiled.test_all(data)
    logs = compiled.model.get_metrics_result()
    figures = {name: float(value) for name, value in logs.items()}
    return TestResult(
        figures["loss"],
        figures.get("accuracy"),
        probabilities,
        figures.get("mean_absolute_error"),
    )
