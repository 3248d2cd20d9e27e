"""Ten weight images that form, and memorising made visible."""

from typing import Any

import streamlit as st

from nnlab.curriculum.published import LESSON_FIGURES, LOGISTIC_ON_ALL
from nnlab.datasets import sizes, status
from nnlab.experiment import Dataset
from nnlab.figures.logistic import accuracy_by_step, weight_images
from nnlab.ui.defaults import BUILT_IN
from nnlab.ui.learn.desk import Desk
from nnlab.ui.learn.live import LiveTraining
from nnlab.ui.live_chart import live_chart
from nnlab.ui.picture import picture
from nnlab.ui.sliders import Slider
from nnlab.ui.wording import time_left

DIGITS = tuple("0123456789")
SET = "mnist"
FEW = 500
LAST = 1000
# Steps between two moments: in a piece of training a click must not wait long.
STEPS_WITH_FEW, STEPS_WITH_ALL = 10, 4
LOOK_EVERY_SECONDS = 0.1
ROWS = 10  # of the table
_STYLE = """
<style>
  .st-key-logistic-words {min-height: 5.5rem;}
  .st-key-logistic-controls button {white-space: nowrap;}
</style>
"""


def show(desk: Desk) -> None:
    """The picture and its controls; what the slider asks for and is not trained yet, is trained
    piece by piece."""
    desk.start(images="", step=0)
    dataset = SET if status(SET).state == "ready" else BUILT_IN
    st.html(_STYLE)
    with st.container(key="logistic-controls", horizontal=True, vertical_alignment="bottom"):
        images = _images(desk, dataset)
        training = _training(desk, dataset, images)
        _buttons(desk, training)
    target = int(desk.values["step"])
    here = training.at(target)
    _pictures(training, here)
    desk.sliders(Slider("step", "Step", 0, LAST, training.steps, digits=0, play=True))
    with st.container(key="logistic-words", gap="xxsmall"):
        _words(training, here, target)
        _compare(training, here, dataset, images)
    desk.numbers(_table(training))
    desk.every = LOOK_EVERY_SECONDS if training.reached < target else None
    # Last, when all is drawn: what is not drawn yet turns pale while one waits for it.
    training.advance(lambda moment: _piece(desk, dataset, images, training.steps, moment), target)


def _images(desk: Desk, dataset: str) -> int:
    """How many images to train on, as chosen."""
    everything = sizes(Dataset(name=dataset, validation="none"))[0]
    options = {f"First {FEW}": FEW, f"All {everything:,}": everything}
    return options[desk.choice("Training images", "images", tuple(options))]


def _training(desk: Desk, dataset: str, images: int) -> LiveTraining:
    """The training on so many images; another one than before is shown where it was left."""
    key = (dataset, images)
    if key not in desk.memory:
        untrained = desk.ask("start", dataset=dataset, images=images)
        steps = STEPS_WITH_FEW if images == FEW else STEPS_WITH_ALL
        desk.memory[key] = LiveTraining(steps, [untrained])
    training: LiveTraining = desk.memory[key]
    if desk.memory.setdefault("shown", key) != key:
        desk.memory["shown"] = key
        desk.put(step=training.reached)
    return training


def _piece(
    desk: Desk, dataset: str, images: int, steps: int, moment: dict[str, Any]
) -> dict[str, Any]:
    start = {name: moment[name] for name in ("weights", "biases")}
    return desk.ask("go_on", dataset=dataset, images=images, steps=steps, **start)


def _buttons(desk: Desk, training: LiveTraining) -> None:
    if training.reached < desk.values["step"]:
        desk.button("Stop", "stop", step=training.reached)
    else:
        training.rest()
        if training.reached < LAST:
            desk.button("Train", "play_arrow", step=LAST)

    def start_again() -> None:
        del training.moments[1:]
        desk.put(step=0)

    if training.reached:
        st.button(
            "Start again", icon=":material/replay:", key="logistic-again", on_click=start_again
        )


def _pictures(training: LiveTraining, here: int) -> None:
    moments, steps = training.moments, training.steps
    picture(weight_images(moments[here]["weights"], DIGITS, here * steps), "weights")
    figure = accuracy_by_step(
        [n * steps for n in range(len(moments))],
        [moment["accuracy"] for moment in moments],
        [moment["test_accuracy"] for moment in moments],
        here,
        LAST,
    )
    live_chart(figure, "accuracy", _scores(moments[here]))


def _scores(moment: dict[str, Any]) -> str:
    return (
        f"Training images: accuracy {moment['accuracy']:.4f}, loss {moment['loss']:.4f}; "
        f"test images: accuracy {moment['test_accuracy']:.4f}, loss {moment['test_loss']:.4f}."
    )


def _words(training: LiveTraining, here: int, target: int) -> None:
    step, left = here * training.steps, training.seconds_left(target)
    going_on = "" if left is None else f" of {target:,}, {time_left(left)}"
    st.caption(f"After step {step:,}{going_on}. {_scores(training.moments[here])}")


def _compare(training: LiveTraining, here: int, dataset: str, images: int) -> None:
    """What the picture means; near the end, what a tutorial prints for the same training."""
    if dataset != SET:
        st.caption(
            "MNIST's own 70,000 images are not on this computer, so these are the 5,000 of the "
            "built-in set, a fifth of them for testing. The Data page can get the rest."
        )
    elif here * training.steps < 900:
        st.caption(
            "Blue pixels speak for the digit, orange ones against it: each pixel's weight, less "
            "what all ten digits have in common."
        )
    else:
        figures = LESSON_FIGURES["logistic_regression"] if images == FEW else LOGISTIC_ON_ALL
        printed = {figure.name: figure.published for figure in figures}
        loss = f", loss {printed['loss_900']}" if "loss_900" in printed else ""
        st.caption(
            f"A published tutorial prints: after step 900 training accuracy "
            f"{printed['accuracy_900']:.3f}{loss}; after 1,000 test accuracy "
            f"{printed['test_accuracy']}, loss {printed['test_loss']}."
        )


def _table(training: LiveTraining) -> dict[str, list[Any]]:
    """Moments from first to last, evenly spread."""
    last = len(training.moments) - 1
    shown = sorted({round(n * last / ROWS) for n in range(ROWS + 1)})
    moments = [training.moments[n] for n in shown]
    columns: dict[str, list[Any]] = {"step": [n * training.steps for n in shown]}
    names = {
        "accuracy": "training accuracy",
        "test_accuracy": "test accuracy",
        "loss": "training loss",
        "test_loss": "test loss",
    }
    for name, title in names.items():
        columns[title] = [round(moment[name], 4) for moment in moments]
    return columns
