"""A run's curves as a page follows them: only what is new is read."""

from dataclasses import dataclass, field

from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.run import Run
from nnlab.runs.store import RunStore


@dataclass
class History:
    """Points and epochs of one run, brought up to date by `follow`."""

    run_id: str
    points: list[Point] = field(default_factory=list)
    epochs: list[EpochRecord] = field(default_factory=list)

    def follow(self, store: RunStore, run: Run) -> None:
        """Read what came since; start over when the run went back to a checkpoint."""
        last = self.points[-1].step if self.points else 0
        if run.step < last:
            self.points, last = [], 0
        self.points += store.points(self.run_id, after_step=last)
        if len(self.epochs) != run.epoch or last == 0:
            self.epochs = store.epochs(self.run_id)

    def point_columns(self) -> dict[str, list[float | None]]:
        """The live curve as columns; those that the run has no figures for hold None."""
        return {
            name: [getattr(point, name) for point in self.points]
            for name in ("epoch", "loss", "accuracy", "mean_absolute_error")
        }

    def epoch_columns(self) -> dict[str, list[float | None]]:
        """The finished epochs as columns, as `Model.fit` logs them."""
        return {
            name: [getattr(record, name) for record in self.epochs]
            for name in (
                "epoch",
                "loss",
                "accuracy",
                "val_loss",
                "val_accuracy",
                "seconds",
                "mean_absolute_error",
                "val_mean_absolute_error",
            )
        }
