"""Ways for a training to end before its last epoch."""

from nnlab.runs.records import Request


class TrainingInterrupted(Exception):
    """Leaves `Model.fit` at once, between two steps, because that was asked for."""

    def __init__(self, signal: Request) -> None:
        super().__init__(signal)
        self.signal = signal


class TrainingDiverged(Exception):
    """The loss is no longer a finite number."""

    def __init__(self, step: int, loss: float) -> None:
        super().__init__(f"the loss became {loss} by step {step:,}")
        self.step = step
        self.loss = loss
