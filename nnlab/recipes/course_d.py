"""Course D: from logistic regression, from scratch, to Keras's `fit`."""

from nnlab.experiment import SGD, Dataset, Dense, Experiment, Flatten, Output, Training
from nnlab.recipes.recipe import Course, Metric, Published, Recipe

COURSE = Course(
    "D",
    "Regression to Keras",
    "The same gradient descent, first by hand and on all images at once, at last in Keras.",
)

_ALL = Dataset(name="mnist", validation="none")
_HIDDEN = Dense(units=50, activation="relu")
# Records of 10 steps each: "at step 900", counted from 0, is the first step of record 91.
_RECORD_AT_900 = 91


def _at_900(metric: Metric, figure: float, tolerance: float = 0.01) -> Published:
    """A figure that the tutorial prints at its step 900."""
    return Published(metric, figure, figure, tolerance, _RECORD_AT_900, "at step 900")


def _full_batch(learning_rate: float, epochs: int = 100) -> Training:
    """Ten steps a record, each on all images."""
    return Training(
        epochs=epochs,
        steps_per_epoch=10,
        batch_size="full",
        optimizer=SGD(learning_rate=learning_rate),
    )


_LOGISTIC = (
    "Not a pass but 10 steps make an epoch, so that there is a curve to see. The tutorial writes "
    "softmax, loss and update by hand; the arithmetic is the same."
)

RECIPES = (
    Recipe(
        name="d-logistic-500",
        title="Logistic regression, 500 images",
        course="D",
        summary=(
            "No hidden layer, 500 images, 1,000 steps on all of them: learned by heart, and one "
            "test image in six is read wrongly."
        ),
        teaches=("logistic regression", "softmax", "convex loss", "overfitting", "full batch"),
        experiment=Experiment(
            name="Logistic regression, 500 images",
            dataset=Dataset(name="mnist", validation="test", train_size=500),
            layers=(Flatten(),),
            output=Output(activation="linear", kernel_initializer="ones"),
            training=_full_batch(0.1),
        ),
        published=(
            _at_900("accuracy", 1.0),
            _at_900("loss", 0.0886),
            Published("test_accuracy", 0.8337, 0.8337),
            Published("test_loss", 0.5398, 0.5398, tolerance=0.02),
        ),
        note=f"{_LOGISTIC} All weights start at 1, so nothing in it is drawn by chance.",
    ),
    Recipe(
        name="d-logistic-60000",
        title="Logistic regression, 60,000 images",
        course="D",
        summary=(
            "The same with all 60,000 images: it can no longer learn them by heart, and reads "
            "new digits much better."
        ),
        teaches=("logistic regression", "generalisation", "full batch", "convex loss"),
        experiment=Experiment(
            name="Logistic regression, 60,000 images",
            dataset=_ALL,
            layers=(Flatten(),),
            output=Output(activation="linear", kernel_initializer="ones"),
            training=_full_batch(0.1),
        ),
        published=(
            _at_900("accuracy", 0.903),
            Published("test_accuracy", 0.9096, 0.9096),
            Published("test_loss", 0.331, 0.331),
        ),
        note=f"{_LOGISTIC} Every step looks at all 60,000 images: allow some minutes.",
    ),
    Recipe(
        name="d-network-from-scratch",
        title="A network from scratch",
        course="D",
        summary=(
            "50 hidden units with start weights of standard deviation 1, far too large: after "
            "1,000 steps worse than no hidden layer at all."
        ),
        teaches=("weight initialisation", "hidden layer", "ReLU", "full batch"),
        experiment=Experiment(
            name="Network from scratch",
            dataset=_ALL,
            layers=(
                Flatten(),
                _HIDDEN.model_copy(
                    update={"kernel_initializer": "random_normal", "kernel_stddev": 1.0}
                ),
            ),
            output=Output(
                activation="linear", kernel_initializer="random_normal", kernel_stddev=1.0
            ),
            training=_full_batch(0.1),
        ),
        published=(
            _at_900("accuracy", 0.7056),
            _at_900("loss", 4.12, tolerance=0.1),
        ),
        note=(
            "Ours ends better than the tutorial's figures, most likely for this reason: such "
            "start weights make probabilities of practically 0, which a loss written by hand has "
            "to clip before it takes the logarithm, and what is clipped has no gradient. Those "
            "images are never learned. Keras works with the logits and loses none. In plain "
            "TensorFlow, on 6,000 images, a loss clipped at 1e-7 ended at 64, 73 and 78 % with "
            "three seeds, one from the logits at 87 %. Every step looks at all 60,000 images: "
            "allow some minutes."
        ),
    ),
    Recipe(
        name="d-keras-full-batch",
        title="Keras layers, all images a step",
        course="D",
        summary=(
            "The same 50 hidden units with Keras's start weights: scaled to the number of "
            "inputs, they learn steadily from the first step."
        ),
        teaches=("weight initialisation", "Glorot initialiser", "gradient descent", "full batch"),
        experiment=Experiment(
            name="Keras layers, full batch",
            dataset=_ALL,
            layers=(Flatten(), _HIDDEN),
            training=_full_batch(0.05, epochs=184),
        ),
        published=(
            Published("loss", 0.299, 0.299, epoch=94, where="at step 935"),
            Published("accuracy", 0.915, 0.915, epoch=94, where="at step 935"),
            Published("loss", 0.244, 0.244, epoch=184, where="900 steps later"),
            Published("accuracy", 0.931, 0.931, epoch=184, where="900 steps later"),
        ),
        note=(
            "The tutorial prints 900 steps of a network that is trained already, and does not "
            "say for how long. From Keras's start weights its first loss, 0.299, is reached "
            "after some 935 steps, so this run makes those and 900 more."
        ),
    ),
    Recipe(
        name="d-mini-batches",
        title="Mini-batches",
        course="D",
        summary=(
            "256 images a step instead of 60,000: two passes over the images do what took nearly "
            "a thousand full steps."
        ),
        teaches=("mini-batch", "stochastic gradient descent", "epoch", "running mean"),
        experiment=Experiment(
            name="Mini-batches",
            dataset=_ALL,
            layers=(Flatten(), _HIDDEN),
            training=Training(epochs=2, batch_size=256, optimizer=SGD(learning_rate=0.05)),
        ),
        published=(Published("accuracy", 0.89, 0.91),),
        note=(
            "The tutorial shuffles within a buffer of 5,000 images, we shuffle all 60,000; the "
            "accuracy is the mean over the epoch, not that of its last batch."
        ),
        seeds=3,
    ),
    Recipe(
        name="d-keras-fit",
        title="Keras fit",
        course="D",
        summary="The whole training as one call of `fit`: ten epochs, checked after each.",
        teaches=("epoch", "validation", "SGD", "learning curve"),
        experiment=Experiment(
            name="Keras fit",
            dataset=Dataset(name="mnist", validation="test"),
            layers=(Flatten(), _HIDDEN),
            training=Training(epochs=10, batch_size=256, optimizer=SGD(learning_rate=0.01)),
        ),
        published=(
            Published("loss", 1.6077, 1.6077, tolerance=0.15, epoch=1, where="first epoch"),
            Published("accuracy", 0.5817, 0.5817, tolerance=0.06, epoch=1, where="first epoch"),
            Published(
                "val_accuracy", 0.7891, 0.7891, tolerance=0.045, epoch=1, where="first epoch"
            ),
            Published("loss", 0.3686, 0.3686),
            Published("accuracy", 0.8968, 0.8968),
            Published("val_accuracy", 0.9029, 0.9029),
        ),
        note=(
            "The first epoch depends much on the start weights: over eight seeds its loss ended "
            "between 1.57 and 1.75. Its tolerances are wider for that reason."
        ),
        seeds=3,
    ),
)
