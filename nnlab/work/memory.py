"""How much memory a worker may use before its keeper ends it and starts another."""

from distributed.system import MEMORY_LIMIT

from nnlab import settings

# What is left for the pages, the database and the system.
SHARE_OF_WORKERS = 0.8


def memory_of_each(workers: int) -> int:
    """Bytes for each of so many worker processes.

    `NNLAB_WORKER_MEMORY` decides. Otherwise they share four fifths of what this machine, or the
    container that the app runs in, has; though none gets less than TensorFlow needs to come up.

    Raises:
        ValueError: `NNLAB_WORKER_MEMORY` is no size.
    """
    share = int(MEMORY_LIMIT * SHARE_OF_WORKERS / workers)
    return settings.worker_memory() or max(share, settings.LEAST_WORKER_MEMORY)
