"""What is known of the run that a script repeats."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trained:
    """A run as a script needs to know it; the default is an experiment that nobody has trained yet.

    Attributes:
        threads: that the worker's arithmetic had. Sums are split among them, so that another
            number of threads gives other last digits.
        stopped_after: steps that were trained before Stop was pressed; None for a whole training.
        test_loss, test_accuracy, test_mean_absolute_error: the run's figures, None where there are
            none yet, or none of that kind.
    """

    threads: int = 1
    stopped_after: int | None = None
    test_loss: float | None = None
    test_accuracy: float | None = None
    test_mean_absolute_error: float | None = None
