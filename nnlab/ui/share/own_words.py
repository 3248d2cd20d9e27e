"""What becomes of a visitor's own data when a run or an experiment is shared, in words."""

from nnlab.experiment import Experiment

_LOCK = ":material/lock:"


def own_in_run(experiment: Experiment) -> str | None:
    """For beside the button that shares a run: what others see of own data; None without any."""
    dataset = experiment.dataset
    kept = {"images": dataset.own_images, "points": dataset.own, "drawings": dataset.drawings}
    things = " and ".join(name for name, own in kept.items() if own is not None)
    if not things:
        return None
    seen = " The names of your classes are shown." if dataset.own_images or dataset.own else ""
    return f"{_LOCK} Your own {things} are not shown to others, who cannot download them.{seen}"


def own_in_link(experiment: Experiment) -> str | None:
    """For beside the link of an experiment: that it does not work without own data; or None."""
    if not experiment.needs_ones_own:
        return None
    return (
        f"{_LOCK} This one needs a run, drawings, points or images of your own. They do not travel "
        "in a link: others see the settings, are told so, and cannot train it."
    )
