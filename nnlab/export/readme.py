"""README.txt: what is what in the zip, and which versions it was made with."""

from collections.abc import Mapping
from datetime import UTC, datetime

from nnlab.datasets import DatasetInfo, info_of
from nnlab.export.members import MEMBERS
from nnlab.export.record import RunRecord
from nnlab.script import files_beside

_SAME = """\
script.py and notebook.ipynb train the network again: same data, same start weights, same order
of the batches. On the same machine with the same versions, the figures are the same to the last
digit. RMSprop and batch normalization are the exceptions: their steps are rounded otherwise in
plain Keras, and {rounded}. Another processor, other versions, or
another number of threads round sums otherwise, with the same effect.
"""
# Measured; of numbers after 100 epochs on the waves: 0.226 and 0.236.
_ROUNDED = {
    "classification": "accuracies then agree to within 0.002",
    "regression": "a test error may then differ in its second digit",
}
_MODEL = """\
model.keras wants {inputs},
and answers with {outputs}.
"""
_CHARTS = """\
Every chart in report.html can be saved as PNG and SVG too, with the buttons below it.
"""


def readme(record: RunRecord, versions: Mapping[str, str]) -> str:
    """Plain text.

    Args:
        record: the run.
        versions: of each program, by its name.
    """
    run = record.run
    width = max(len(member.name) for member in MEMBERS)
    files = [f"{member.name:<{width}}  {member.what}" for member in MEMBERS]
    files += [f"{name:<{width}}  read by script.py" for name in files_beside(run.experiment)]
    head = [" ".join(run.experiment.name.split()), f"Run {run.id}, made by nnlab.", ""]
    made = [f"{name} {version}" for name, version in versions.items()]
    today = datetime.now(UTC).strftime("%d %B %Y")
    same = _SAME.format(rounded=_ROUNDED[info_of(run.experiment.dataset).task])
    return "\n".join([*head, *files, "", same, _model_words(record), _CHARTS,
                      f"Written on {today} with {', '.join(made)}."]) + "\n"  # fmt: skip


def _model_words(record: RunRecord) -> str:
    described = info_of(record.run.experiment.dataset)
    shape = described.input_shape
    inputs = (
        f"images of shape {shape} with values from 0 to 1"
        if described.has_images
        else f"rows of {shape[0]} numbers"
    )
    return _MODEL.format(inputs=inputs, outputs=_outputs(record, described))


def _outputs(record: RunRecord, described: DatasetInfo) -> str:
    if described.regression:
        return "a number for each"
    logits = record.run.experiment.output.activation == "linear"
    return "raw scores (logits) of the classes" if logits else "probabilities of the classes"
