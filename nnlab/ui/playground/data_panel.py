"""Which points the network learns from."""

from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.components.v2 import component

from nnlab.datasets import arrays_of, info, info_of
from nnlab.datasets.split import DEFAULT_TEST_SHARE
from nnlab.experiment import OWN_POINTS, Dataset, Points, bounds
from nnlab.figures import diverging, palette
from nnlab.ui.formula_field import formula_field
from nnlab.ui.kinds import use_set
from nnlab.ui.once import once
from nnlab.ui.playground.board import Board
from nnlab.ui.playground.own import plane_sets
from nnlab.ui.state import State
from nnlab.ui.still_drawn import still_drawn

_PATH = "dataset.points"
_SETS = "playground-sets"
_SHOWN, _UNITS = 160, 40
_STEPS = 4  # of colour on each side of zero
_SHARES = (0.1, 0.9)

_mount = component(
    "nnlab_point_sets",
    html='<div class="sets" role="radiogroup" aria-label="Data"></div>',
    css="""
.sets {display: grid; grid-template-columns: repeat(auto-fill, minmax(2.4rem, 1fr)); gap: 0.3rem;
  padding-bottom: 0.3rem;}
button {padding: 2px; border: 2px solid var(--st-border-color); border-radius: 0.4rem;
  background: transparent; cursor: pointer; aspect-ratio: 1;}
button:hover {border-color: var(--st-text-color);}
button[aria-checked="true"] {border-color: var(--st-primary-color);
  background: color-mix(in srgb, var(--st-primary-color) 12%, transparent);}
button:disabled {opacity: 0.45; cursor: default;}
button:focus-visible {outline: 2px solid var(--st-primary-color); outline-offset: 2px;}
svg {width: 100%; height: 100%; display: block;}
""",
    js="""
export default function ({ data, parentElement, setTriggerValue }) {
  const group = parentElement.querySelector('.sets');
  if (group.form !== data.form) {
    group.form = data.form;
    group.replaceChildren(...data.sets.map(({ name, title, groups }) => {
      const button = document.createElement('button');
      Object.assign(button, { type: 'button', title });
      button.dataset.name = name;
      button.setAttribute('role', 'radio');
      button.setAttribute('aria-label', title);
      button.innerHTML = `<svg viewBox="0 0 40 40" aria-hidden="true">${groups.map(
        ([colour, points]) => `<g fill="${colour}">${points.map(
          ([x, y]) => `<circle cx="${x}" cy="${y}" r="1.5"/>`).join('')}</g>`).join('')}</svg>`;
      return button;
    }));
  }
  for (const button of group.children) {
    button.setAttribute('aria-checked', String(button.dataset.name === data.chosen));
    button.disabled = data.locked && button.dataset.name !== data.chosen;
    button.onclick = () => setTriggerValue('chosen', button.dataset.name);
  }
}
""",
)


def data_panel(board: Board) -> None:
    """The set, and what its points are made from."""
    form = board.form
    described = info(form.experiment.dataset.name)
    st.markdown(f"**Data** :gray[{described.title}]", help=described.description)
    _sets(form)
    points = _points(form)
    if described.name == OWN_POINTS:
        st.page_link("pages/1_Data.py", label="Paint or upload", icon=":material/brush:")
        _train_share(form)
        formula_field(form, "playground-formula")
        return
    _slider(form, "noise", "Noise", 0.01)
    _slider(form, "count", "Points", 50)
    _train_share(form)
    if described.most_classes > 2:
        _slider(form, "classes", "Classes", 1)
    if not described.regression:
        _slider(form, "balance", "Class balance", 0.05)
    _seed(form, points)
    formula_field(form, "playground-formula")


def _sets(form: State) -> None:
    def chosen() -> None:
        name: Any = st.session_state[_SETS].chosen
        if name in (*plane_sets(), OWN_POINTS):
            use_set(form, name)

    sets = [*map(_thumbnail, plane_sets()), _OWN]
    data = {
        "form": ",".join(each["name"] for each in sets),
        "sets": sets,
        "chosen": form.experiment.dataset.name,
        "locked": form.locked("dataset.name"),
    }
    _mount(data=data, key=_SETS, width="stretch", height="content", on_chosen_change=chosen)


# A plus, as circles: one's own points are still to come.
_OWN = {
    "name": OWN_POINTS,
    "title": info(OWN_POINTS).title,
    "groups": [
        [
            palette.NEUTRAL,
            [[20, 5 * at] for at in range(2, 7)] + [[5 * at, 20] for at in range(2, 7)],
        ]
    ],
}


@lru_cache(maxsize=64)
def _thumbnail(name: str) -> dict[str, Any]:
    """Some of the set's points, as circles in a square of 40 units."""
    arrays = arrays_of(Dataset(name=name, points=Points(count=_SHOWN, noise=0.05)))
    reach = 1.1 * float(np.abs(arrays.x_train).max())
    places = (0.5 + arrays.x_train * [0.5, -0.5] / reach) * _UNITS
    numbers = info(name).regression
    colours = np.array(_colours(arrays.y_train, numbers))
    if numbers:  # a point of no colour is lost on a light page and glares on a dark one
        shown = np.rint(_STEPS * arrays.y_train) != 0
        places, colours = places[shown], colours[shown]
    groups = [
        [str(colour), places[colours == colour].round(1).tolist()] for colour in np.unique(colours)
    ]
    return {"name": name, "title": info(name).title, "groups": groups}


def _colours(y: NDArray[Any], numbers: bool) -> list[str]:
    """Of each point: its class's, or its target's in some steps, none of them pale."""
    if numbers:
        steps = np.rint(_STEPS * y) / _STEPS
        return diverging.css_colours(np.sign(steps) * (0.3 + 0.7 * np.abs(steps)), 1.0)
    return [palette.class_colour(int(label)) for label in y]


def _points(form: State) -> Points:
    return form.experiment.dataset.points or Points()


def _made_from(form: State, field: str) -> Any:
    """What the set's points are made from, also where nothing is said of it."""
    value = getattr(_points(form), field)
    if field == "classes" and value is None:
        return len(info_of(form.experiment.dataset).classes)
    return value


def _set(form: State, field: str, value: Any) -> None:
    if value != _made_from(form, field):
        form.edit(_PATH, _points(form).model_dump(mode="json") | {field: value})


def _slider(form: State, field: str, label: str, step: float) -> None:
    path = f"{_PATH}.{field}"
    if form.hidden(path):
        return
    low, high, value = *bounds(Points, field), _made_from(form, field)
    cast = type(value)
    key = f"exp-{form.generation}-{form.experiment.dataset.name}-{field}"
    st.slider(
        label,
        cast(low),
        cast(high),
        value,
        cast(step),
        key=key,
        disabled=form.locked(path),
        help=_HELP[field],
        on_change=still_drawn(form, lambda: _set(form, field, st.session_state[key])),
    )


_HELP = {
    "noise": "How far points stray from the shape, or targets from the surface.",
    "count": "Of all parts and classes together.",
    "classes": "Clouds or rings, a colour each.",
    "balance": "Points of the last class for each one of the first. 1: classes of one size.",
}


def _train_share(form: State) -> None:
    """The share that is learned from; the rest are test points."""
    path = "dataset.test_size"
    if form.hidden(path):
        return
    low, high = _SHARES
    key = f"exp-{form.generation}-train-share"

    def take() -> None:
        if st.session_state[key] != _share(form):
            form.edit(path, round(1 - st.session_state[key], 2))

    st.slider(
        "Training share",
        low,
        high,
        _share(form),
        0.05,
        format="percent",
        key=key,
        disabled=form.locked(path),
        help="What is learned from. The other points are test points.",
        on_change=still_drawn(form, take),
    )


def _share(form: State) -> float:
    size = form.experiment.dataset.test_size
    if size is None:
        size = DEFAULT_TEST_SHARE
    elif isinstance(size, int):
        size = size / info_of(form.experiment.dataset).n_train
    low, high = _SHARES
    return min(max(round(1 - size, 2), low), high)


def _seed(form: State, points: Points) -> None:
    path = f"{_PATH}.seed"
    if form.hidden(path):
        return
    low, high = bounds(Points, "seed")
    st.button(
        "New points",
        icon=":material/casino:",
        key="playground-new-points",
        help=f"Others of the same kind. These are those of seed {points.seed}.",
        width="stretch",
        disabled=form.locked(path),
        on_click=once(_set),
        args=(form, "seed", points.seed + 1 if points.seed < high else low),
    )
