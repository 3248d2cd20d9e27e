"""What a mission is told of a run: plain data, so that rules can be tried on made-up runs."""

from dataclasses import dataclass

from nnlab.experiment import Activation, Dense, Experiment, Points
from nnlab.runs.records import EpochRecord
from nnlab.runs.states import ACTIVE, RunState


@dataclass(frozen=True)
class RunFacts:
    """One run as it stands.

    Attributes:
        experiment: what is trained.
        state: where it stands.
        epochs: the finished epochs.
        test_accuracy: share of the test points, from 0 to 1; None before the end.
        recalls: for each class, the share of its test points that is recognised, from 0 to 1;
            None before the end.
    """

    experiment: Experiment
    state: RunState
    epochs: tuple[EpochRecord, ...] = ()
    test_accuracy: float | None = None
    recalls: tuple[float, ...] | None = None

    @property
    def under_way(self) -> bool:
        """Queued or running."""
        return self.state in ACTIVE

    @property
    def diverged(self) -> bool:
        """Whether its loss is no longer a number."""
        return self.state == RunState.DIVERGED

    @property
    def whole(self) -> bool:
        """Whether it was trained to the end that its experiment says."""
        return self.state in (RunState.FINISHED, RunState.DIVERGED)

    @property
    def points(self) -> Points:
        """Which points it learns from."""
        return self.experiment.dataset.points or Points()

    @property
    def units(self) -> int:
        """Of all hidden layers together."""
        return sum(layer.units for layer in self._dense)

    @property
    def hidden_layers(self) -> int:
        """Those that bend or mix: dense layers, and activations by themselves."""
        kinds = (Dense, Activation)
        return sum(isinstance(layer, kinds) for layer in self.experiment.layers)

    @property
    def learning_rate(self) -> float:
        """At the beginning."""
        return self.experiment.training.optimizer.learning_rate

    @property
    def changed_on_the_way(self) -> bool:
        """Whether settings or weights were changed while it trained: no fair comparison."""
        return bool(getattr(self.experiment.training, "changes", None))

    @property
    def test(self) -> float | None:
        """Test accuracy so far, from 0 to 1; None while nothing is known of it."""
        if self.test_accuracy is not None:
            return _share(self.test_accuracy)
        if self.epochs and self.experiment.dataset.validation == "test":
            return _share(self.epochs[-1].val_accuracy)
        return None

    @property
    def train(self) -> float | None:
        """Training accuracy over the last epoch, from 0 to 1; None before the first has ended."""
        return _share(self.epochs[-1].accuracy) if self.epochs else None

    @property
    def gap(self) -> float | None:
        """By how much training accuracy is above test accuracy; None while one is unknown."""
        if self.train is None or self.test is None:
            return None
        return _share(self.train - self.test)

    @property
    def _dense(self) -> list[Dense]:
        return [layer for layer in self.experiment.layers if isinstance(layer, Dense)]


def _share(value: float | None) -> float | None:
    """Without what float32 adds: 19 of 20 is 0.95, not 0.949999988."""
    return None if value is None else round(value, 6)
