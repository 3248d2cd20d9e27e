"""scikit-learn's MLPClassifier, for the networks that it can build."""

from collections.abc import Callable

from sklearn.neural_network import MLPClassifier

from benchmarks.images import training_images
from benchmarks.networks import batch_size

HIDDEN = {"784-128-10": (128,), "784-512-512-10": (512, 512)}


def prepare(network: str) -> Callable[[], None]:
    images, labels = training_images()
    x = (images.reshape(len(images), -1) / 255).astype("float32")
    model = MLPClassifier(HIDDEN[network], batch_size=batch_size(network))
    model.partial_fit(x[:100], labels[:100], classes=range(10))
    return lambda: model.partial_fit(x, labels)
