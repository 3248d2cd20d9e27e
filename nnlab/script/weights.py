"""The lines of a script that begin with the weights of another run."""

WEIGHTS_FILE = "start_weights.npz"

_LINES = f"""\
with np.load("{WEIGHTS_FILE}") as file:  # lies beside this script in the zip of the run
    model.set_weights([file[str(i)] for i in range(len(file.files))])"""


def start_lines(start_from: str | None) -> list[str]:
    """After the model: put in what the other run learned; nothing where there is none."""
    return [] if start_from is None else [_LINES]
