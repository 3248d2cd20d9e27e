"""Course C: Fashion-MNIST, and what a change to the network does."""

from nnlab.experiment import Adam, Dataset, Dense, Experiment, Flatten, Layer, Optimizer, Training
from nnlab.recipes.recipe import Course, Published, Recipe

COURSE = Course(
    "C",
    "Fashion course",
    "One network for clothes, then its exercises: fewer epochs, other widths, one layer more.",
)


def _experiment(
    name: str,
    *hidden: int,
    epochs: int = 5,
    optimizer: Optimizer | None = None,
    watched: bool = False,
) -> Experiment:
    """Dense ReLU layers of `hidden` units; with `watched`, the test images after each epoch."""
    layers: list[Layer] = [Flatten(), *(Dense(units=n, activation="relu") for n in hidden)]
    return Experiment(
        name=name,
        dataset=Dataset(name="fashion_mnist", validation="test" if watched else "none"),
        layers=tuple(layers),
        training=Training(epochs=epochs, batch_size=32, optimizer=optimizer or Adam()),
    )


_FIGURES_ARE_ADAMS = (
    "The tutorial lists Adam with learning rate 0.0001, beta_1 0.99 and epsilon 0.1, but its "
    "figures are those of Keras's default Adam, which trains here."
)

RECIPES = (
    Recipe(
        name="c-fashion-course",
        title="Fashion course",
        course="C",
        summary="One hidden layer of 128 units, five passes over 60,000 pieces of clothing.",
        teaches=("dense layer", "softmax", "Adam", "probability distribution"),
        experiment=_experiment("Fashion course", 128),
        published=(
            Published("accuracy", 0.89, 0.89),
            Published("test_accuracy", 0.874, 0.874),
        ),
        note=_FIGURES_ARE_ADAMS,
        seeds=3,
    ),
    Recipe(
        name="c-listed-optimizer",
        title="The optimizer as listed",
        course="C",
        summary=(
            "The same network with the optimizer that the tutorial's listing shows. A small "
            "learning rate divided by a large epsilon hardly moves the weights."
        ),
        teaches=("learning rate", "epsilon", "Adam", "underfitting"),
        experiment=_experiment(
            "Fashion course, optimizer as listed",
            128,
            optimizer=Adam(learning_rate=1e-4, beta_1=0.99, epsilon=0.1),
        ),
        published=(
            Published("accuracy", 0.89, 0.89),
            Published("test_accuracy", 0.874, 0.874),
            Published("accuracy", 0.78, 0.78, source="plain Keras"),
            Published("test_accuracy", 0.778, 0.778, source="plain Keras"),
        ),
        note=(
            "Ours differs from the tutorial's figures, and so does plain Keras: with learning "
            "rate 0.0001 and epsilon 0.1 five epochs end near 78 %. The figures belong to "
            "Keras's default Adam (0.001, 0.9, 1e-7), see the recipe “Fashion course”. Epsilon "
            "stands beside the root of the mean squared gradient; at 0.1 it is much larger than "
            "that, so that Adam's steps shrink with the gradients."
        ),
    ),
    Recipe(
        name="c-one-epoch",
        title="One epoch instead of five",
        course="C",
        summary="Stop after the first pass over the images: most of the learning is done by then.",
        teaches=("epoch", "learning curve"),
        experiment=_experiment("Fashion course, one epoch", 128, epochs=1),
        published=(Published("accuracy", 0.826, 0.826),),
        note="Training accuracy is the mean over the epoch, while the network still changes.",
        seeds=3,
    ),
    Recipe(
        name="c-10-units",
        title="10 units instead of 128",
        course="C",
        summary="A narrow hidden layer: a twelfth of the parameters, and not much worse.",
        teaches=("capacity", "parameters", "underfitting"),
        experiment=_experiment("Fashion course, 10 units", 10),
        published=(Published("accuracy", 0.855, 0.855),),
        seeds=3,
    ),
    Recipe(
        name="c-512-units",
        title="512 units instead of 128",
        course="C",
        summary="A wide hidden layer: four times the parameters for half a per cent.",
        teaches=("capacity", "parameters", "overfitting"),
        experiment=_experiment("Fashion course, 512 units", 512),
        published=(Published("accuracy", 0.8978, 0.8978),),
        note="Reported against 89.24 % with 128 units, in the same session.",
    ),
    Recipe(
        name="c-extra-layer-158",
        title="One more layer, 158 units",
        course="C",
        summary="A second hidden layer behind the first: a deeper network, slightly better.",
        teaches=("depth", "hidden layer", "generalisation"),
        experiment=_experiment("Fashion course, 158 units more", 128, 158, watched=True),
        published=(Published("test_accuracy", 0.881, 0.881),),
        note="The difference from 87.4 % without the layer is within the spread between seeds.",
    ),
    Recipe(
        name="c-extra-layer-10",
        title="One more layer, 10 units",
        course="C",
        summary="A narrow second layer: all that the first one found has to go through ten units.",
        teaches=("depth", "bottleneck", "generalisation"),
        experiment=_experiment("Fashion course, 10 units more", 128, 10, watched=True),
        published=(Published("test_accuracy", 0.873, 0.873),),
    ),
    Recipe(
        name="c-extra-layer-512",
        title="One more layer, 512 units",
        course="C",
        summary=(
            "A wide second layer learns the training images better, but not the test images: "
            "the gap between the two is overfitting."
        ),
        teaches=("overfitting", "depth", "generalisation"),
        experiment=_experiment("Fashion course, 512 units more", 128, 512, watched=True),
        published=(
            Published("accuracy", 0.897, 0.897),
            Published("test_accuracy", 0.873, 0.873),
        ),
    ),
)
