"""The lines of a script that compile and train the network."""

from nnlab.datasets import info_of
from nnlab.experiment import (
    Constant,
    CosineDecay,
    EarlyStopping,
    Experiment,
    ExponentialDecay,
    StepDecay,
    Training,
    loss_of,
)


def compile_lines(experiment: Experiment) -> str:
    """Learning rate, optimizer and loss."""
    training = experiment.training
    optimizer = training.optimizer
    options = optimizer.model_dump(exclude={"type", "learning_rate"})
    arguments = "".join(f", {name}={value!r}" for name, value in options.items())
    figure = info_of(experiment.dataset).figure
    before, loss = _loss(experiment)
    return (
        before + _learning_rate(training) + "model.compile(\n"
        f"    optimizer=keras.optimizers.{optimizer.type}(learning_rate{arguments}),\n"
        f"    loss={loss},\n"
        f'    metrics=["{figure}"],\n)'
    )


def _loss(experiment: Experiment) -> tuple[str, str]:
    """Lines that come before, and the loss itself."""
    info = info_of(experiment.dataset)
    name, logits = loss_of(experiment, info.task), experiment.output.activation == "linear"
    if name == "sparse_categorical_crossentropy":
        return "", f"keras.losses.SparseCategoricalCrossentropy(from_logits={logits})"
    if info.regression:
        return "", f'"{name}"'
    option = f", from_logits={logits}" if name == "categorical_focal_crossentropy" else ""
    lines = (
        "def on_one_hot(classes, outputs):\n"
        '    classes = keras.ops.reshape(keras.ops.cast(classes, "int32"), (-1,))\n'
        f"    targets = keras.ops.one_hot(classes, {len(info.classes)})\n"
        f"    return keras.losses.{name}(targets, outputs{option})\n\n\n"
    )
    return lines, "on_one_hot"


def evaluate_lines(experiment: Experiment) -> str:
    """What the test images say."""
    figure = info_of(experiment.dataset).figure
    return (
        f"loss, {figure} = model.evaluate(x_test, y_test, verbose=0)\n"
        f'print(f"test loss {{loss:.4f}}, test {figure.replace("_", " ")} {{{figure}:.4f}}")'
    )


def _learning_rate(training: Training) -> str:
    start, schedule = training.optimizer.learning_rate, training.schedule
    steps = f"steps_per_epoch = {_steps_per_epoch(training)}\n"
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


def _steps_per_epoch(training: Training) -> str:
    if training.steps_per_epoch is not None:
        return str(training.steps_per_epoch)
    return "1" if training.batch_size == "full" else f"-(-len(x_train) // {training.batch_size})"


def fit_lines(experiment: Experiment) -> str:
    """`model.fit`, and the data set that it needs where an epoch is no pass."""
    training, dataset = experiment.training, experiment.dataset
    if training.steps_per_epoch is None:
        before, lines = "", ["    x_train,", "    y_train,", *_batch_size(training)]
    else:
        before = _repeated(training)
        lines = ["    batches,", f"    steps_per_epoch={training.steps_per_epoch},"]
    lines.append(f"    epochs={training.epochs},")
    if dataset.validation != "none":
        part = "validation" if dataset.validation == "holdout" else "test"
        lines.append(f"    validation_data=(x_{part}, y_{part}),")
    if training.early_stopping:
        lines.append(f"    callbacks=[{_early_stopping(training.early_stopping)}],")
    return before + "history = model.fit(\n" + "\n".join(lines) + "\n)"


def _batch_size(training: Training) -> list[str]:
    if training.batch_size == "full":
        return ["    batch_size=len(x_train),", "    shuffle=False,"]
    return [f"    batch_size={training.batch_size},"]


def _repeated(training: Training) -> str:
    """Batches without end: an epoch takes as many steps as it wants, the next goes on."""
    if training.batch_size == "full":
        return "batches = tf.data.Dataset.from_tensors((x_train, y_train)).repeat()\n"
    return (
        "batches = tf.data.Dataset.from_tensor_slices((x_train, y_train))\n"
        f"batches = batches.shuffle(len(x_train)).batch({training.batch_size}).repeat()\n"
    )


def _early_stopping(early: EarlyStopping) -> str:
    return (
        f'keras.callbacks.EarlyStopping("{early.monitor}", patience={early.patience}, '
        f"min_delta={early.min_delta}, restore_best_weights={early.restore_best_weights})"
    )
