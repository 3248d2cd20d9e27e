"""Preloaded by the keepers of workers that are started by hand (`dask worker --preload-nanny`)."""

from nnlab.logs import dask_setup
from nnlab.work.environment import take_out_allocator

__all__ = ["dask_setup"]

take_out_allocator()  # while this is imported: afterwards the keeper has read its settings
