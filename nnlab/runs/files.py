"""The files of a run: checkpoints while it trains; weights, results and a manifest after.

The manifest is written last: a folder with one is complete.
"""

import json
import shutil
import time
import zipfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from nnlab import settings
from nnlab.atomic import write_atomically
from nnlab.runs.records import Checkpoint, EpochRecord

CHECKPOINT, BEST, WEIGHTS, RESULT, MANIFEST = (
    "checkpoint.npz", "best.npz", "weights.npz", "result.npz", "manifest.json",
)  # fmt: skip
INDEX, CLAIM = "index.npz", "index.claim"
# Who has claimed the index and not written it by then has died or failed.
CLAIM_SECONDS = 120


@dataclass(frozen=True)
class Result:
    """A network's answers on the test images: probabilities (n, classes) and labels (n,)."""

    probabilities: NDArray[np.float32]
    y_test: NDArray[np.int64]


class RunFiles:
    """One run's folder."""

    def __init__(self, run_id: str) -> None:
        self.folder: Path = settings.runs_dir() / run_id

    def write_checkpoint(self, checkpoint: Checkpoint, *, best: bool = False) -> None:
        """Replace the checkpoint; with `best`, the best one as well."""
        meta = {
            "epoch": checkpoint.epoch,
            "step": checkpoint.step,
            "seconds": checkpoint.seconds,
            "history": [asdict(record) for record in checkpoint.history],
        }
        arrays = {**checkpoint.state, "meta": np.array(json.dumps(meta))}
        self._write(CHECKPOINT, lambda file: _save(file, arrays))
        if best:
            self._write(BEST, lambda file: _save(file, arrays))

    def read_checkpoint(self, *, best: bool = False) -> Checkpoint | None:
        """The last (or best) checkpoint, None where there is none that can be read."""
        arrays = self._read(BEST if best else CHECKPOINT)
        if arrays is None or "meta" not in arrays:
            return None
        meta = json.loads(str(arrays.pop("meta")))
        history = tuple(EpochRecord(**record) for record in meta["history"])
        # Checkpoints of older versions have no seconds.
        return Checkpoint(
            meta["epoch"], meta["step"], arrays, history, float(meta.get("seconds", 0.0))
        )

    def write_final(
        self, weights: dict[str, NDArray], result: Result, manifest: dict[str, Any]
    ) -> None:
        """Weights, test results and, last of all, the manifest; checkpoints are dropped then."""
        self._write(WEIGHTS, lambda file: _save(file, weights))
        self._write(
            RESULT,
            lambda file: _save(file, asdict(result)),
        )
        text = json.dumps(manifest, indent=2).encode()
        self._write(MANIFEST, lambda file: file.write(text))
        for name in (CHECKPOINT, BEST):
            (self.folder / name).unlink(missing_ok=True)

    @property
    def complete(self) -> bool:
        """Whether the manifest is there."""
        return (self.folder / MANIFEST).exists()

    def read_weights(self) -> dict[str, NDArray] | None:
        """The final weights by name, None where there are none."""
        return self._read(WEIGHTS)

    def read_result(self) -> Result | None:
        """The answers on the test images, None where there are none."""
        arrays = self._read(RESULT)
        if arrays is None:
            return None
        return Result(arrays["probabilities"], arrays["y_test"])

    def read_manifest(self) -> dict[str, Any] | None:
        """What was trained and how it ended, None before the end."""
        path = self.folder / MANIFEST
        return json.loads(path.read_text()) if path.exists() else None

    def read_index(self) -> dict[str, NDArray] | None:
        """The index of the training images, None where there is none that can be read."""
        return self._read(INDEX)

    def write_index(self, arrays: dict[str, NDArray]) -> None:
        """Keep the index, unless the run has been deleted meanwhile."""
        if self.complete:
            self._write(INDEX, lambda file: _save(file, arrays))

    def claim_index(self) -> bool:
        """Whether it is for the caller to make the index, and for nobody else."""
        claim = self.folder / CLAIM
        try:
            if time.time() - claim.stat().st_mtime > CLAIM_SECONDS:
                claim.unlink()
        except FileNotFoundError:
            pass
        try:
            claim.touch(exist_ok=False)
        except OSError:  # claimed already, or the folder is gone or cannot be written
            return False
        return True

    def release_index(self) -> None:
        """The index is written."""
        (self.folder / CLAIM).unlink(missing_ok=True)

    def delete(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _write(self, name: str, write: Callable[[IO[bytes]], Any]) -> None:
        write_atomically(self.folder / name, write)

    def _read(self, name: str) -> dict[str, NDArray] | None:
        try:
            with np.load(self.folder / name, allow_pickle=False) as archive:
                return {key: archive[key] for key in archive.files}
        except (FileNotFoundError, zipfile.BadZipFile, ValueError, EOFError, KeyError):
            return None


def _save(file: IO[bytes], arrays: dict[str, NDArray]) -> None:
    np.savez(file, allow_pickle=False, **arrays)
