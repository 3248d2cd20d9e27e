"""How fast networks are trained, beside a notebook, PyTorch, scikit-learn and the floor.

Run on an otherwise idle machine, after `pip install -r requirements-bench.txt`:
`python -m benchmarks.training [--rounds 5] [--network cnn] [--only service] [--json FILE]`.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks import epochs, service
from benchmarks.networks import NETWORKS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--network", action="append", choices=list(NETWORKS), default=[])
    parser.add_argument("--only", choices=["epochs", "service"])
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    options = parser.parse_args()
    figures: dict[str, Any] = {}
    if options.only != "service":
        figures["epochs"] = epochs.seconds_an_epoch(options.rounds, options.network)
        print("\n".join(epochs.table(figures["epochs"])))
    if options.only != "epochs":
        with service.warm_engine() as engine:
            points, seconds = service.first_points(engine), service.crowds(engine)
            print("\n".join(service.table(points, seconds, engine.n_workers)))
        figures |= {"first_points": points, "crowds": seconds}
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
