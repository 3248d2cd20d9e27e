"""The complete experiment as a short, readable query, and back again."""

from nnlab.links.parameters import PARAMETERS, path_of
from nnlab.links.reading import experiment_in, parse_query
from nnlab.links.writing import link_parameters, link_query

__all__ = ["PARAMETERS", "experiment_in", "link_parameters", "link_query", "parse_query", "path_of"]
