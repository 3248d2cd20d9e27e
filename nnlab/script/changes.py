"""The lines of a script that change settings while it trains, as the run's owner did."""

from nnlab.experiment import Change, Experiment

TITLE = "Changes"
WORDS = (
    "What was changed by hand while the run trained. Each change is made when so many steps are "
    "done, before the next one. Keras builds penalties and dropout into its training step; where "
    "these change, it is built anew."
)
CALLBACK = "changing"

_SOURCE = '''\
class Changing(keras.callbacks.Callback):
    """Makes each change before the step that is the first with it."""

    def __init__(self, l1, l2):
        super().__init__()
        self.penalties = {"l1": l1, "l2": l2}
        self.waiting = list(CHANGES)

    def on_train_batch_begin(self, batch, logs=None):
        self.make(int(self.model.optimizer.iterations))

    def make(self, step):
        built_in = False
        while self.waiting and self.waiting[0][0] <= step:
            _, field, value, *place = self.waiting.pop(0)
            if field == "learning_rate":
                self.model.optimizer.learning_rate = value
            elif field == "weight":
                self.edit(value, *place)
            else:
                self.build_in(field, value)
                built_in = True
        if built_in:
            self.model.make_train_function(force=True)
            self.model.make_test_function(force=True)

    def build_in(self, field, value):
        self.penalties.update({field: value} if field in self.penalties else {})
        for layer in self.model.layers:
            if field == "dropout" and isinstance(layer, keras.layers.Dropout):
                layer.rate = value
            elif field != "dropout" and hasattr(layer, "kernel"):
                layer.kernel.regularizer = keras.regularizers.L1L2(**self.penalties)

    def edit(self, value, layer, unit, source):
        chosen = self.model.layers[layer]
        variable = chosen.bias if source is None else chosen.kernel
        values = np.array(variable.numpy())
        values[(..., unit) if source is None else (source, unit)] = value
        variable.assign(values)


'''


def changes_lines(experiment: Experiment) -> str:
    """`CHANGES`, and `changing`, a callback that makes them; nothing where there are none."""
    changes = experiment.training.changes
    if not changes:
        return ""
    training = experiment.training
    rows = "".join(f"    {_row(change)},\n" for change in changes)
    return (
        "# Steps done before, what, its value; of a weight: layer, unit, input (None: the bias).\n"
        f"CHANGES = [\n{rows}]\n\n\n{_SOURCE}"
        f"{CALLBACK} = Changing(l1={training.l1!r}, l2={training.l2!r})"
    )


def _row(change: Change) -> str:
    row: tuple[object, ...] = (change.step, change.field, change.value)
    if change.field == "weight":
        row += (change.layer, change.unit, change.input)
    return repr(row).replace("'", '"')
