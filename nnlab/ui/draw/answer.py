"""What the network makes of the drawing: in words, as bars, and what it saw."""

from dataclasses import replace

import numpy as np

from nnlab.datasets import DatasetInfo, info_of
from nnlab.experiment import OWN_IMAGES
from nnlab.figures.evaluation import probability_bars
from nnlab.figures.images import as_pixels, data_uri
from nnlab.runs.run import Run
from nnlab.ui.draw.card import Card, show_card
from nnlab.ui.draw.reading import Reading
from nnlab.ui.draw.verdict import Verdict, confidence, top, verdict
from nnlab.ui.live_chart import live_chart
from nnlab.ui.when_ready import draw_again_when_ready
from nnlab.ui.wording import percent

_UNCHECKED = "Not checked yet whether it is a digit at all."


def answer_card(run: Run, reading: Reading, unsure_below: float) -> None:
    """The predicted class, how sure the network is, and the image it was given."""
    dataset = info_of(run.experiment.dataset)
    said = _words(reading, dataset, unsure_below)
    show_card(
        Card(
            label=said.label,
            tone=said.tone,
            sure=said.sure,
            remark=said.remark,
            top=_top(reading, dataset),
            image=data_uri(as_pixels(reading.seen, 1.0)),
            alt=f"The drawing as the network sees it, {_size(dataset)} pixels",
            caption=f"What the network sees, {_size(dataset)} pixels",
            rows=_rows(reading, dataset),
        )
    )
    if reading.waiting:
        draw_again_when_ready()


def answer_bars(run: Run, reading: Reading) -> None:
    """A bar for each class. They stay where they are and move."""
    names = info_of(run.experiment.dataset).classes
    if reading.probabilities is None:
        figure = probability_bars(np.zeros(len(names)), names, None)
        figure["data"][0]["text"] = [""] * len(names)
    else:
        best = int(np.argmax(reading.probabilities))
        hopeless = reading.remark is not None and reading.remark.hopeless
        figure = probability_bars(reading.probabilities, names, None if hopeless else best)
    live_chart(figure, "draw", "Bars: the probability of each class, as in the table")


def what_to_draw(dataset: DatasetInfo) -> str:
    """What a network of this set can read."""
    if dataset.shows_digits:
        return "a digit"
    return "something it learned" if dataset.name == OWN_IMAGES else "something to wear"


def _words(reading: Reading, dataset: DatasetInfo, unsure_below: float) -> Verdict:
    if reading.trouble:
        label = "One moment" if reading.waiting else "No answer"
        return Verdict(label, "none", "", reading.trouble)
    if reading.probabilities is None:
        return Verdict(
            f"Draw {what_to_draw(dataset)}", "none", "", "The network answers after each stroke."
        )
    said = verdict(reading.probabilities, dataset.classes, unsure_below, reading.remark)
    if reading.unchecked and dataset.shows_digits and not said.remark:
        return replace(said, remark=_UNCHECKED)
    return said


def _top(reading: Reading, dataset: DatasetInfo) -> list[tuple[str, str]]:
    if reading.probabilities is None:
        return []
    likeliest = top(reading.probabilities, dataset.classes)
    return [(name, confidence(share)) for name, share in likeliest]


def _rows(reading: Reading, dataset: DatasetInfo) -> list[tuple[str, str]]:
    if reading.probabilities is None:
        return []
    values = zip(dataset.classes, reading.probabilities, strict=True)
    return [(name, percent(float(value))) for name, value in values]


def _size(dataset: DatasetInfo) -> str:
    height, width, _ = dataset.input_shape
    return f"{height} × {width}"
