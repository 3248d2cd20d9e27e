"""Preloaded by the keepers of workers that are started by hand (`dask worker --preload-nanny`)."""

from nnlab.logs import dask_setup
from nnlab.work.environment import spare_workers

__all__ = ["dask_setup"]

spare_workers()  # while this is imported: afterwards the keeper has read its settings
