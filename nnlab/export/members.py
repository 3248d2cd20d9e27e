"""What is in the zip, and what each file is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Member:
    """A file or folder of the zip.

    Attributes:
        name: its path in the zip; a folder ends with a slash.
        what: one line about it.
        label: what it is called on a button.
        mime: for a browser.
        alone: whether any page can make it at once, without a worker.
    """

    name: str
    what: str
    label: str
    mime: str
    alone: bool = False


MEMBERS: tuple[Member, ...] = (
    Member("script.py", "trains the same network again, with TensorFlow and NumPy alone",
           "Keras script", "text/x-python", alone=True),
    Member("notebook.ipynb", "the same, for Jupyter", "Notebook", "application/x-ipynb+json",
           alone=True),
    Member("experiment.json", "all settings; `python -m nnlab train experiment.json` trains them",
           "Settings", "application/json", alone=True),
    Member("history.csv", "a row for each epoch", "Epochs as CSV", "text/csv", alone=True),
    Member("points.csv", "a row for each point of the curve", "Curve as CSV", "text/csv",
           alone=True),
    Member("model.keras", "the trained network, for keras.models.load_model", "Keras model",
           "application/octet-stream"),
    Member("report.html", "curves, figures and mistakes to look at, without a network", "Report",
           "text/html"),
    Member("charts/", "curves and confusion matrix, each as SVG and PNG", "Charts",
           "application/octet-stream"),
    Member("tensorboard/", "logs: tensorboard --logdir tensorboard", "TensorBoard logs",
           "application/octet-stream"),
)  # fmt: skip
