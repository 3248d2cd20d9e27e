"""Training: `Model.fit` with ordinary Keras callbacks, many steps to one compiled call."""
