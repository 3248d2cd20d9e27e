"""The lines of a script that compile and train the network."""

from nnlab.experiment import (
    Constant,
    CosineDecay,
    EarlyStopping,
    Experiment,
    ExponentialDecay,
    StepDecay,
    Training,
    edits_at,
)
from nnlab.script.changes import CALLBACK
from nnlab.script.trained import Trained

# Images at a time in validation and test, as in the run: sums are added up in the same order.
TEST_BATCH = 1000

# What `nnlab.models.fused` trains with TensorFlow's kernel of Adam.
_ROUNDED = ("Adam", "AdamW")

_STOP_AFTER = '''\
class StopAfter(keras.callbacks.Callback):
    """Ends the training where Stop was pressed, so many steps after its beginning."""

    def __init__(self, steps):
        super().__init__()
        self.steps = steps

    def on_train_batch_end(self, batch, logs=None):
        if int(self.model.optimizer.iterations) >= self.steps:
            self.model.stop_training = True


'''


def optimizer_words(training: Training) -> str:
    """What is compiled, in words."""
    words = "Learning rate, optimizer and loss."
    if training.optimizer.type in _ROUNDED:
        words += (
            " The betas are rounded to float32 first, as in the run: 1 - beta differs otherwise in"
            " its seventh digit."
        )
    return words


def compile_lines(experiment: Experiment) -> str:
    """Learning rate, optimizer and loss."""
    training = experiment.training
    optimizer = training.optimizer
    options = optimizer.model_dump(exclude={"type", "learning_rate"})
    fused = optimizer.type in _ROUNDED
    arguments = "".join(f", {k}={_option(k, v, fused)}" for k, v in options.items())
    logits = experiment.output.activation == "linear"
    return (
        _learning_rate(training) + "model.compile(\n"
        f"    optimizer=keras.optimizers.{optimizer.type}(learning_rate{arguments}),\n"
        f"    loss=keras.losses.SparseCategoricalCrossentropy(from_logits={logits}),\n"
        '    metrics=["accuracy"],\n'
        "    jit_compile=False,  # as in the run\n)"
    )


def _option(name: str, value: float, fused: bool) -> str:
    """TensorFlow's kernel takes 1 - beta in float32; Keras does so where beta is one already."""
    rounded = fused and name in ("beta_1", "beta_2")
    return f"float(np.float32({value!r}))" if rounded else repr(value)


def _learning_rate(training: Training) -> str:
    start, schedule = training.optimizer.learning_rate, training.schedule
    made = "learning_rate = keras.optimizers.schedules."
    match schedule:
        case Constant():
            return f"learning_rate = {start!r}\n"
        case CosineDecay():
            total = "EPOCHS * STEPS_PER_EPOCH"
            return f"{made}CosineDecay({start!r}, {total}, alpha={schedule.alpha})\n"
        case ExponentialDecay():
            rate = schedule.decay_rate
            return f"{made}ExponentialDecay({start!r}, STEPS_PER_EPOCH, {rate})\n"
        case StepDecay():
            drops = list(range(schedule.every_epochs, training.epochs, schedule.every_epochs))
            if not drops:
                return f"learning_rate = {start!r}\n"
            values = [start * schedule.factor**k for k in range(len(drops) + 1)]
            return (
                f"{made}PiecewiseConstantDecay(\n"
                f"    [epoch * STEPS_PER_EPOCH - 1 for epoch in {drops}],\n    {values},\n)\n"
            )


def fit_lines(experiment: Experiment, trained: Trained) -> str:
    """`model.fit`, with the callbacks that end it early."""
    dataset, early = experiment.dataset, experiment.training.early_stopping
    stopped = trained.stopped_after
    lines = [
        "    batches(),",
        "    shuffle=False,",
        "    steps_per_epoch=STEPS_PER_EPOCH,",
        "    epochs=0,  # stopped before the first step" if stopped == 0 else "    epochs=EPOCHS,",
    ]
    if dataset.validation != "none":
        part = "validation" if dataset.validation == "holdout" else "test"
        lines.append(f"    validation_data=(x_{part}, y_{part}),")
        lines.append(f"    validation_batch_size={TEST_BATCH},")
    callbacks = _early_stopping(early) if early else []
    if experiment.training.changes:
        callbacks.append(CALLBACK)
    if stopped is not None:
        callbacks.append(f"StopAfter({stopped})")
    if callbacks:
        lines += ["    callbacks=[", *(f"        {callback}," for callback in callbacks), "    ],"]
    before = "" if stopped is None else _STOP_AFTER
    fit = before + "history = model.fit(\n" + "\n".join(lines) + "\n)"
    if stopped is not None and edits_at(experiment.training.changes, stopped):
        fit += f"\n{CALLBACK}.make({stopped})  # edited just before it was stopped"
    return fit


def _early_stopping(early: EarlyStopping) -> list[str]:
    """Keras's callback; a second one where the best epoch is kept however little it is better."""
    two = early.restore_best_weights and early.min_delta > 0
    restores = early.restore_best_weights and not two
    found = [
        f'keras.callbacks.EarlyStopping("{early.monitor}", patience={early.patience}, '
        f"min_delta={early.min_delta}, restore_best_weights={restores})"
    ]
    if two:
        found.append(
            f'keras.callbacks.EarlyStopping("{early.monitor}", patience=EPOCHS, '
            "restore_best_weights=True)"
        )
    return found
