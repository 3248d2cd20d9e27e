"""How many steps go into one compiled call."""

TARGET_SECONDS = 0.1
# Of points, so that there is a picture of the network between two chunks ten times a second.
PICTURE_SECONDS = 0.08
MAX_GROWTH = 4


class Pace:
    """Chooses chunk sizes so that a call takes about `target` seconds, whatever the model.

    The results do not depend on it: the steps are the same, however they are grouped.
    """

    def __init__(self, target: float = TARGET_SECONDS) -> None:
        self.target = target
        self.steps = 1

    def measured(self, steps: int, seconds: float) -> None:
        """Learn from a call of `steps` steps that took `seconds`."""
        if steps < 1 or seconds <= 0:
            return
        wanted = int(steps * self.target / seconds)
        self.steps = max(1, min(wanted, self.steps * MAX_GROWTH))
