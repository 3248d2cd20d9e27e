"""Formulas in x and y that a person types: read into a tree, and never run as Python."""

from nnlab.experiment.formulas.reading import LONGEST, InvalidFormula, read_formula
from nnlab.experiment.formulas.tree import FUNCTIONS, Formula, formula_code, formula_text
from nnlab.experiment.formulas.values import formula_values

__all__ = [
    "FUNCTIONS", "LONGEST", "Formula", "InvalidFormula", "formula_code", "formula_text",
    "formula_values", "read_formula",
]  # fmt: skip
