"""Experiment to Keras model. TensorFlow is imported here, so only inside worker processes."""
