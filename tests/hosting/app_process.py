"""An app process without a browser: its engine does what lines of JSON on stdin ask for.

Usage: python app_process.py PLACE, where PLACE stands for the host it would run on.
"""

import dataclasses
import json
import sys
from typing import Any

from nnlab import logs
from nnlab.experiment import Experiment
from nnlab.work import identity
from nnlab.work.engine import Engine

# What no log may tell.
OWNER = "0123456789abcdef" * 2


def answer(engine: Engine, command: str, argument: Any) -> Any:
    """What a command comes to, as JSON."""
    match command:
        case "train":
            return engine.train(Experiment.model_validate(argument), OWNER)
        case "look":
            run = engine.run(argument, OWNER)
            return {
                "state": str(run.state),
                "message": run.message,
                "engine": run.engine,
                "epoch": run.epoch,
                "step": run.step,
                "steps_per_epoch": run.steps_per_epoch,
                "test": [run.test_loss, run.test_accuracy],
                "epochs": [dataclasses.asdict(each) for each in engine.store.epochs(argument)],
                "points": [dataclasses.asdict(each) for each in engine.store.points(argument)],
            }
        case "workers":
            return [engine.status.workers, engine.status.ready]
        case "identity":
            return engine.identity
    raise ValueError(command)


if __name__ == "__main__":
    logs.set_up()
    identity._place = lambda: sys.argv[1]
    engine = Engine().start()
    for line in sys.stdin:
        command, argument = json.loads(line)
        print(json.dumps(answer(engine, command, argument)), flush=True)
    engine.close()
