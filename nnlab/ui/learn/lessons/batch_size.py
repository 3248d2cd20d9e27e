"""Paths of two batch sizes side by side; and measured times."""

from typing import Any

import streamlit as st

from nnlab.figures.batches import (
    INTERCEPTS,
    SLOPES,
    paths_figure,
    steps_done,
    times_figure,
)
from nnlab.ui.learn.desk import Desk
from nnlab.ui.live_chart import live_chart
from nnlab.ui.sliders import Slider

N_POINTS, PASSES = 40, 10
PATHS, TIMES = "Path", "Time of a pass"


def show(desk: Desk) -> None:
    """One of two pictures, with its controls."""
    desk.start(
        view=PATHS, size=1, learning_rate=0.02, passes=3.0, shuffle=0, attempt=0, numbers=False
    )
    attempt, shuffle = int(desk.values["attempt"]), int(desk.values["shuffle"])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if desk.choice("Show", "view", (PATHS, TIMES)) == PATHS:
            desk.button("Shuffle again", "shuffle", shuffle=shuffle + 1)
            picture = _paths
        else:
            desk.button("Measure", "timer", attempt=attempt + 1)
            picture = _times
    picture(desk)


def _paths(desk: Desk) -> None:
    desk.sliders(
        Slider("size", "Batch size", 1, N_POINTS, 1, digits=0),
        Slider("learning_rate", "Learning rate", 0.001, 0.04, 0.001, digits=3),
        Slider("passes", "Passes", 0, PASSES, 1 / N_POINTS, play=True, play_seconds=10),
    )
    size, passes = int(desk.values["size"]), desk.values["passes"]
    same = {"learning_rate": desk.values["learning_rate"], "shuffle": int(desk.values["shuffle"])}
    surface = desk.ask("surface", slopes=SLOPES, intercepts=INTERCEPTS)
    chosen = desk.ask("paths", batch_size=size, **same)
    full = desk.ask("paths", batch_size=N_POINTS, **same)
    words = f"{_progress(chosen, size, passes)}  \n{_progress(full, N_POINTS, passes)}"
    live_chart(paths_figure(surface, chosen, full, size, passes), "paths", words)
    st.caption(words)
    desk.numbers(_path_table(chosen, full, size))


def _progress(walk: dict[str, Any], size: int, passes: float) -> str:
    done = steps_done(passes, walk["steps_per_pass"])
    return f"Batches of {size}: {done} steps, loss {walk['loss'][done]:.4g}"


def _path_table(chosen: dict[str, Any], full: dict[str, Any], size: int) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {"passes": list(range(PASSES + 1))}
    for name, walk in ((f"batches of {size}", chosen), ("all 40", full)):
        at = [n * walk["steps_per_pass"] for n in columns["passes"]]
        columns[f"{name}: steps"] = at
        columns[f"{name}: loss"] = [f"{walk['loss'][n]:.4g}" for n in at]
    return columns


def _times(desk: Desk) -> None:
    attempt = int(desk.values["attempt"])
    if not attempt:
        st.info(
            "5,000 images, one layer of ten units: a pass over them in batches of 1, 32, 256 and "
            "5,000, timed on this computer. It takes a few seconds.",
            icon=":material/timer:",
        )
        return
    with st.spinner("Measuring"):
        times = desk.ask("measure", attempt=attempt)
    figure = times_figure(times["image_sizes"], times["image_steps"], times["image_seconds"])
    words = _in_words(times)
    live_chart(figure, "times", words)
    st.caption(words)
    desk.numbers(_time_table(times))


def _in_words(times: dict[str, Any]) -> str:
    images = f"{times['image_seconds'][0] / min(times['image_seconds']):.0f}"
    points = ", ".join(
        f"{1000 * seconds:.2g} ms in batches of {size}"
        for size, seconds in zip(times["point_sizes"], times["point_seconds"], strict=True)
    )
    return (
        f"A pass over 5,000 images takes {images} times as long in single samples as at its "
        f"fastest. The line's 40 points: {points}."
    )


def _time_table(times: dict[str, Any]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {
        "data": [],
        "batch size": [],
        "steps a pass": [],
        "seconds a pass": [],
    }
    for data, name in (("40 points", "point"), ("5,000 images", "image")):
        sizes = times[f"{name}_sizes"]
        columns["data"] += [data] * len(sizes)
        columns["batch size"] += sizes
        columns["steps a pass"] += times[f"{name}_steps"]
        columns["seconds a pass"] += [f"{value:.3g}" for value in times[f"{name}_seconds"]]
    return columns
