"""Hidden layers make bent borders out of bends: the spiral, with few units."""

from collections.abc import Sequence

from nnlab.curriculum.lesson import Question
from nnlab.missions.default import PLAYGROUND
from nnlab.missions.facts import RunFacts
from nnlab.missions.judging import at_least, at_most, judged, newest, not_allowed, percent
from nnlab.missions.mission import Mission, Verdict

GOAL = 0.95
MOST_UNITS = 20
# The inputs stay x and y: with sines it would be another task.
_MAY_CHANGE = ("layers", "output", "training")


def check(runs: Sequence[RunFacts]) -> Verdict:
    """The spiral with few hidden units."""
    return newest(runs, _judge)


def _judge(run: RunFacts) -> Verdict:
    wrong = not_allowed(MISSION.experiment, run.experiment, _MAY_CHANGE)
    if wrong:
        return Verdict(False, wrong)
    evidence = (
        at_most("Hidden units", run.units, MOST_UNITS),
        at_least("Test accuracy", run.test, GOAL),
    )
    done = f"Done: {percent(run.test)} of the test points with {run.units} hidden units."
    return judged(evidence, done, run)


MISSION = Mission(
    name="spiral",
    title="The spiral with 20 units",
    teaches="width and depth",
    task=(
        "Learn the spiral, at least 95 % of the test points, from x and y alone, with 20 hidden"
        " units at the most in all layers together."
    ),
    experiment=PLAYGROUND,
    question=Question(
        text=(
            "The network that you begin with has 8 + 8 + 8 = 24 hidden units. You have 20. With"
            " which of these does it not learn the spiral?"
        ),
        options=("All 20 in one layer", "10 and 10", "2, 2, 2, 2 and 12"),
        answer=2,
        why=(
            "A unit of the first layer cuts the plane along one line. A second layer combines such"
            " cuts to bent shapes: 10 and 10 were at 95 % after 20 to 32 epochs. One layer of 20"
            " has cuts enough too, but took 141 epochs and more. What a layer of 2 units does not"
            " let through, no later layer can bring back: about 70 % in all 200 epochs."
        ),
    ),
    hints=(
        "Take units away, not epochs: the training needs its 200.",
        "Two layers are enough if both are wide.",
        "10 and 10 units with GELU reached 98 % of the test points.",
    ),
    check=check,
)
