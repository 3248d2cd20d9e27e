"""Answering only when sure enough: a threshold of confidence, and what it costs and gains."""

import numpy as np
import pandas as pd
import streamlit as st

from nnlab.analysis.selective import Selective, selective
from nnlab.figures.selective import answered_curve
from nnlab.ui.evaluate.answers import Answers
from nnlab.ui.live_chart import live_chart
from nnlab.ui.sliders import Slider, sliders
from nnlab.ui.wording import percent

# Each per cent, and finer where a good network has most of its answers. There is no 100 %: no
# answer is quite certain, only rounding makes it look so.
LEVELS = (*(n / 100 for n in range(100)), 0.995, 0.999, 0.9999)
_IN_TABLE = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
_CHOSEN = "nnlab_least_confidence"
_FIRST = LEVELS.index(0.9)


def _label(level: float) -> str:
    return f"{100 * level:.4g} %"


LABELS = tuple(_label(level) for level in LEVELS)


def threshold(run_id: str, answers: Answers) -> None:
    """A slider over the thresholds, what happens there in words, and all of them as a curve."""
    st.subheader("Answer only when sure enough", anchor=False)
    chosen: dict[str, int] = st.session_state.setdefault(_CHOSEN, {})
    place = chosen.get(run_id, _FIRST)

    def move(values: dict[str, float]) -> None:
        chosen[run_id] = round(values["level"])

    label = "Answer only when at least so sure"
    slider = Slider("level", label, 0, len(LEVELS) - 1, 1, play=True, words=LABELS)
    sliders([slider], {"level": place}, f"least-confidence-{run_id}", move)
    found = selective(answers.probabilities, answers.y_true, np.array(LEVELS))
    words = threshold_words(found, place, answers.things)
    st.markdown(words)
    figure = answered_curve(found, LABELS, place)
    live_chart(figure, f"answered-{run_id}", f"Share answered and accuracy by threshold. {words}")


def threshold_words(found: Selective, place: int, things: str = "images") -> str:
    """What happens at one of `LEVELS`."""
    answered, right, total = int(found.answered[place]), int(found.right[place]), found.total
    if not answered:
        return f"At least {LABELS[place]} sure: **no answer** to any of the {total:,} {things}."
    wrong = answered - right
    share, accuracy = found.coverage[place], found.accuracy[place]
    return (
        f"At least {LABELS[place]} sure: **{percent(share)} answered**"
        f" ({answered:,} of {total:,}), **{percent(accuracy, 2)} of these right**"
        f" ({wrong:,} wrong). The other {total - answered:,} would go to a person."
    )


def threshold_table(answers: Answers) -> None:
    """Some of the thresholds as figures."""
    found = selective(answers.probabilities, answers.y_true, np.array(_IN_TABLE))
    share_table(_threshold_frame(found, answers.things), ("Answered", "Right among these"))


def _threshold_frame(found: Selective, things: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "At least so sure": [_label(level) for level in found.thresholds],
            "Answered": found.coverage,
            "Right among these": found.accuracy,
            things.capitalize(): found.answered,
            "Wrong": found.answered - found.right,
        }
    )


def share_table(frame: pd.DataFrame, shares: tuple[str, ...]) -> None:
    """A table whose columns named in `shares` are shares from 0 to 1."""
    style = st.column_config.NumberColumn(format="percent")
    whole = st.column_config.NumberColumn(format="localized")
    config = {"Images": whole, "Points": whole}
    config |= dict.fromkeys(shares, style)
    st.dataframe(frame, hide_index=True, column_config=config, height="content")
