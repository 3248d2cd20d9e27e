"""Playground: a small network on points of the plane, seen and steered while it learns."""

from nnlab.ui.frame import page
from nnlab.ui.playground.page import playground

INTRO = "Build a small network, press **Play**, and watch it find the boundary."

with page("Playground", INTRO) as state:
    playground(state)
