"""What the data sets are called where people read it."""

from typing import Any

from nnlab.datasets.catalog import CATALOG
from nnlab.experiment import OWN_IMAGES, OWN_POINTS

# Read by others as well, to whom a set is not "your own".
_OWN = {OWN_IMAGES: "own images", OWN_POINTS: "own points"}
TITLES = {name: described.title for name, described in CATALOG.items()} | _OWN


def title_of(name: str) -> str:
    """The title of the set `name`; the name itself where there is no such set any more."""
    return TITLES.get(name, name)


def with_titles(settings: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Settings by dotted path, a value for each run, with the sets' titles in place of names."""
    names = settings.get("dataset.name")
    return settings if names is None else settings | {"dataset.name": [*map(title_of, names)]}
