"""An experiment, or a run of it, as a plain Keras script and a notebook that run on their own."""

from nnlab.script.files import files_beside, missing_for_script
from nnlab.script.notebook import keras_notebook
from nnlab.script.sections import keras_script, sections
from nnlab.script.trained import Trained

__all__ = [
    "Trained",
    "files_beside",
    "keras_notebook",
    "keras_script",
    "missing_for_script",
    "sections",
]
