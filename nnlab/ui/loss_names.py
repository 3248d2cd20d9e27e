"""How a page calls the losses."""

LOSS_NAMES = {
    "sparse_categorical_crossentropy": "cross-entropy",
    "categorical_focal_crossentropy": "focal cross-entropy",
    "categorical_hinge": "hinge",
    "mean_squared_error": "mean squared error",
    "mean_absolute_error": "mean absolute error",
    "huber": "Huber",
}
