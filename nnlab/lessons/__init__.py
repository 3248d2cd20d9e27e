"""One module a lesson: the TensorFlow that it shows. Imported inside worker processes only."""
