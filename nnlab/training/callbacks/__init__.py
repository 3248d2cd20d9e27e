"""One small Keras callback a module."""
