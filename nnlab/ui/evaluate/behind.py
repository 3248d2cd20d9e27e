"""What stands behind the answers on a page: whose network gave them, and who may ask it more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from nnlab.runs.run import Run
from nnlab.ui.resources import engine, shares


@dataclass(frozen=True)
class Behind:
    """For a closer look at a single image.

    Attributes:
        permitted: called at each drawing of a dialog, which draws itself without its page: the
            run as it is now. Raises RunNotFound where the visitor may not look at it (any more).
        owner: who asks the workers; None for a visitor who may look and not ask.
        step: the recorded moment of the answers on the page; None for the network at its end.
        indices: int (n,), which of the test images these answers are to; None for all of them.
    """

    permitted: Callable[[], Run]
    owner: str | None = None
    step: int | None = None
    indices: NDArray[np.integer[Any]] | None = None

    @classmethod
    def own(
        cls,
        run: Run,
        owner: str,
        step: int | None = None,
        indices: NDArray[np.integer[Any]] | None = None,
    ) -> Self:
        """A run of the visitor's."""
        return cls(lambda: engine().store.readable(run.id, owner), owner, step, indices)

    @classmethod
    def shared(cls, token: str) -> Self:
        """A stranger's run, to be looked at while its link holds."""
        return cls(lambda: shares().run(token))

    def number(self, index: int) -> int:
        """Which of the test images the answer at `index` is to."""
        return index if self.indices is None else int(self.indices[index])
