"""A `.keras` file from outside, as data: what its network is made of, found without Keras.

Nothing that a file names is looked up or run. What is not on the lists here is refused.
"""

from nnlab.keras_file.fitting import experiment_on, fitting_sets
from nnlab.keras_file.reading import KerasFile, read_keras_file
from nnlab.keras_file.refusal import NotANetwork

__all__ = ["KerasFile", "NotANetwork", "experiment_on", "fitting_sets", "read_keras_file"]
