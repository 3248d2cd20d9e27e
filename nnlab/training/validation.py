"""The test function that `Model.fit` calls after each epoch."""

from nnlab.training.compiled import TEST_BATCH, CompiledNetwork, Logs
from nnlab.training.device import DeviceImages


class ValidationPass:
    """Runs the validation images through the compiled test step, a batch a call.

    As in training, `Model.fit` calls `model.test_function` until `StopIteration`.
    """

    def __init__(self, compiled: CompiledNetwork, data: DeviceImages) -> None:
        self.compiled = compiled
        self.data = data
        self._next = 0

    def install(self) -> None:
        """Make `Model.fit` use this; `release` undoes it."""
        self.compiled.model.test_function = self

    def __call__(self, _: object) -> Logs:
        """The next batch; returns Keras's running means since validation began."""
        start = self._next
        if start >= len(self.data):
            self._next = 0
            raise StopIteration
        self._next += TEST_BATCH
        return self.compiled.test(self.data, start)[1]
