"""One test image as a dialog shows it."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.analysis.evaluation import predicted
from nnlab.datasets import info_of
from nnlab.runs.run import Run
from nnlab.ui.evaluate.answers import Answers
from nnlab.ui.evaluate.behind import Behind
from nnlab.ui.evaluate.images import Images


@dataclass
class Closer:
    """The image and what is asked about it; lives as long as its dialog is open.

    Attributes:
        number: among the test images.
        image: uint8 (height, width) from 0 to 255.
        probabilities: float (classes,), at the moment that the page shows.
        true: its class.
        class_names: in the order of the class numbers.
        behind: the run; None where nothing more can be asked.
        step: the recorded moment that is looked at here, None for the end.
        target: the class whose pixels are asked for.
        clicks: how often the moment was chosen in a chart; part of its slider's key, see `tied`.
        kept: answers of workers, by question.
    """

    number: int
    image: NDArray[np.uint8]
    probabilities: NDArray[np.floating[Any]]
    true: int
    class_names: tuple[str, ...]
    behind: Behind | None
    step: int | None
    target: int
    clicks: int = 0
    kept: dict[Any, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, index: int, answers: Answers, images: Images, behind: Behind | None) -> "Closer":
        """The image with this number, at which it also is in the answers."""
        probabilities = answers.probabilities[index]
        return cls(
            number=index,
            image=images[index],
            probabilities=probabilities,
            true=int(answers.y_true[index]),
            class_names=answers.class_names,
            behind=behind,
            step=behind.step if behind else None,
            target=int(predicted(probabilities[None])[0]),
        )

    @property
    def answer(self) -> int:
        """The predicted class, at the moment that the page shows."""
        return int(predicted(self.probabilities[None])[0])

    def key(self, name: str) -> str:
        """Key of a widget about this image."""
        return f"closeup-{self.number}-{name}"

    def seen(self, run: Run) -> NDArray[np.float32]:
        """The image as the network is given it, float32 (height, width) in [0, 1].

        Exactly: images that do not go to 255 were rounded to be shown.
        """
        scale = info_of(run.experiment.dataset).scale
        return (np.rint(self.image * (scale / 255)) / scale).astype(np.float32)
