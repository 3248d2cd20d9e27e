"""A run to take away: text files, a report, all in one zip. No TensorFlow, no Streamlit."""

from nnlab.export.documents import (
    experiment_json,
    file_stem,
    history_csv,
    notebook_of,
    points_csv,
    script_of,
    trained_of,
)
from nnlab.export.members import MEMBERS, Member
from nnlab.export.record import RunRecord

__all__ = [
    "MEMBERS",
    "Member",
    "RunRecord",
    "experiment_json",
    "file_stem",
    "history_csv",
    "notebook_of",
    "points_csv",
    "script_of",
    "trained_of",
]
