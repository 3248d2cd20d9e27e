"""Learn: lessons that can be touched, one idea each."""

import streamlit as st

from nnlab.ui.frame import page
from nnlab.ui.learn.address import lesson_in_address
from nnlab.ui.learn.overview import overview
from nnlab.ui.learn.progress import progress_of
from nnlab.ui.learn.stage import stage

INTRO = "One idea a lesson, one picture that moves under your hand. Predict first, then try."

lesson, message = lesson_in_address()
with page(lesson.title if lesson else "Learn", lesson.idea if lesson else INTRO) as state:
    if message:
        st.warning(message)
    if lesson:
        stage(state, lesson)
    else:
        overview(progress_of(state.owner))
