"""In which tabs of Train a task's open settings are."""

from nnlab.experiment import Assignment

# In the order of the page. The data set stands above the tabs, and its other settings on Data.
_HELD = {"Layers": ("layers", "output"), "Training": ("training", "dataset.augmentation")}


def tabs_of(assignment: Assignment) -> list[str]:
    """The tabs that hold what is the student's to change; none where no setting is locked."""
    return [tab for tab in _HELD if any(_holds(tab, path) for path in assignment.open or ())]


def all_in_tabs(assignment: Assignment) -> bool:
    """Whether nothing that is the student's stands elsewhere than in tabs of Train."""
    return all(any(_holds(tab, path) for tab in _HELD) for path in assignment.open or ())


def first_tab(assignment: Assignment | None) -> str | None:
    """The tab with which Train opens, None for its usual one."""
    tabs = [] if assignment is None else tabs_of(assignment)
    return tabs[0] if tabs else None


def _holds(tab: str, path: str) -> bool:
    return any(path == held or path.startswith(f"{held}.") for held in _HELD[tab])
