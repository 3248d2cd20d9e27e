"""An experiment as somebody wrote it into a file."""

import yaml

from nnlab.experiment.experiment import Experiment, parse_experiment


class NotSettings(ValueError):
    """A file that is neither JSON nor YAML."""


def read_experiment(content: bytes) -> Experiment:
    """The experiment in a JSON or YAML file, in UTF-8.

    Raises:
        NotSettings: it is neither.
        InvalidExperiment: with the field and the allowed values, for every problem.
    """
    try:
        data = yaml.safe_load(content.decode("utf-8"))
    except (ValueError, yaml.YAMLError, RecursionError):  # bytes, numbers or dates that are none
        raise NotSettings from None
    return parse_experiment(data)
