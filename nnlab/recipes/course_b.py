"""Course B: MNIST with plain gradient descent."""

from nnlab.experiment import SGD, Dataset, Dense, Experiment, Flatten, Output, Training
from nnlab.recipes.recipe import Course, Published, Recipe

COURSE = Course(
    "B",
    "Gradient descent",
    "Counted in steps instead of epochs: the simplest rule of learning, with nothing around it.",
)

# As in the tutorial: start weights from a narrow normal distribution.
_STDDEV = 0.03

RECIPES = (
    Recipe(
        name="b-mnist-gradient-descent",
        title="A thousand steps downhill",
        course="B",
        summary=(
            "Plain gradient descent, 1,000 steps of 100 digits each: not even two looks at each "
            "image are enough for a good result."
        ),
        teaches=(
            "gradient descent", "learning rate", "step", "mini-batch", "one-hot labels",
            "weight initialisation",
        ),
        experiment=Experiment(
            name="MNIST with gradient descent",
            dataset=Dataset(name="mnist", validation="holdout", validation_size=5000),
            layers=(
                Flatten(),
                Dense(
                    units=300,
                    activation="relu",
                    kernel_initializer="random_normal",
                    kernel_stddev=_STDDEV,
                ),
            ),
            output=Output(kernel_initializer="random_normal", kernel_stddev=_STDDEV),
            training=Training(
                epochs=10,
                steps_per_epoch=100,
                batch_size=100,
                optimizer=SGD(learning_rate=0.5),
            ),
        ),
        published=(Published("test_accuracy", 0.9682, 0.9682),),
        note=(
            "An epoch here is 100 steps. Labels are class numbers instead of one-hot vectors; "
            "the cross-entropy is the same number. Which 5,000 images are held out is drawn "
            "class by class."
        ),
        seeds=3,
    ),
)  # fmt: skip
