"""The lines of a script that put the training examples into our order."""

from nnlab.experiment import Training

_SHUFFLED = '''\
def batches():
    """Batches without end: pass after pass over the examples, each in an order of its own."""
    number = 0
    while True:
        order = np.random.default_rng([SEED, number]).permutation(len(x_train))
        for start in range(0, len(x_train), BATCH_SIZE):
            chosen = order[start : start + BATCH_SIZE]
            yield x_train[chosen], y_train[chosen]
        number += 1
'''
_FULL = '''\
def batches():
    """All examples in each step; they are kept as tensors, so that no step copies them."""
    return tf.data.Dataset.from_tensors((x_train, y_train)).repeat()
'''


def order_lines(training: Training) -> str:
    """`batches()`, `STEPS_PER_EPOCH` and `EPOCHS`."""
    if training.batch_size == "full":
        source, steps = _FULL, "1"
    else:
        source, steps = _SHUFFLED, "-(-len(x_train) // BATCH_SIZE)  # rounded up"
    if training.steps_per_epoch is not None:
        steps = str(training.steps_per_epoch)
    size = [] if training.batch_size == "full" else [f"BATCH_SIZE = {training.batch_size}"]
    lines = [*size, f"EPOCHS = {training.epochs}", f"STEPS_PER_EPOCH = {steps}"]
    return "\n".join(lines) + f"\n\n\n{source}"


def order_words(training: Training) -> str:
    """The same in words."""
    if training.batch_size == "full":
        return "Every step sees all training examples."
    return (
        "Each pass over the training examples has an order of its own, which depends on the seed "
        "and on the number of the pass. It is the order of the run; Keras's own shuffling would "
        "give another one."
    )
