"""Sweeps: one experiment trained again and again with other settings, to see what they do."""

from nnlab.sweep.applied import experiment_of
from nnlab.sweep.axis import ADDED_LAYER, Axis, axis_label, shown
from nnlab.sweep.checking import check_sweep
from nnlab.sweep.naming import in_words
from nnlab.sweep.proposing import hopeless, next_settings, planned, trials_in_all
from nnlab.sweep.settings import Sweep, objectives, parse_sweep
from nnlab.sweep.trial import Ended, Trial, best_trial
from nnlab.sweep.varying import settable
from nnlab.sweep.written import read_axis, written_axis

__all__ = [
    "ADDED_LAYER",
    "Axis",
    "Ended",
    "Sweep",
    "Trial",
    "axis_label",
    "best_trial",
    "check_sweep",
    "experiment_of",
    "hopeless",
    "in_words",
    "next_settings",
    "objectives",
    "parse_sweep",
    "planned",
    "read_axis",
    "settable",
    "shown",
    "trials_in_all",
    "written_axis",
]
