"""Clear away what a killed process left half written."""

import shutil
import time
from pathlib import Path

# Nothing we write takes an hour: whatever is older has lost its process.
STALE_SECONDS = 3600


def sweep(folder: Path, pattern: str) -> None:
    """Remove stale files and folders that match `pattern`; never raises."""
    for path in folder.glob(pattern):
        try:
            if time.time() - path.stat().st_mtime < STALE_SECONDS:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        except OSError:
            # Another process was quicker, or it is not ours to remove.
            continue
