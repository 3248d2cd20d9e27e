"""What stands behind the answers on a page: whose network gave them, and who may ask it more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

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
    """

    permitted: Callable[[], Run]
    owner: str | None = None
    step: int | None = None

    @classmethod
    def own(cls, run: Run, owner: str, step: int | None = None) -> Self:
        """A run of the visitor's."""
        return cls(lambda: engine().store.readable(run.id, owner), owner, step)

    @classmethod
    def shared(cls, token: str, step: int | None = None) -> Self:
        """A stranger's run, to be looked at while its link holds."""
        return cls(lambda: shares().run(token), step=step)
