"""A run's place among the others, in words."""

from nnlab import settings
from nnlab.ui.wording import time_left
from nnlab.work.outlook import Outlook


def waiting_text(outlook: Outlook) -> str:
    """Why a queued run has not begun."""
    if outlook.position is None:
        return "Starting …"
    if outlook.reason == "own limit":
        most = settings.runs_at_once()
        why = f"Waits for one of your other runs: {most} of one person train at a time"
    else:
        why = "Waits for room on the workers"
    return f"{why} · number {outlook.position} in the queue"


def sharing_text(outlook: Outlook) -> str:
    """What a run that trains shares with others, and how long it still takes; may be empty."""
    parts = []
    if outlook.sharing > outlook.workers:
        noun = "a worker" if outlook.workers == 1 else f"{outlook.workers} workers"
        parts.append(f"{outlook.sharing} runs share {noun}")
    if outlook.seconds_left is not None:
        parts.append(time_left(outlook.seconds_left))
    return " · ".join(parts)
