"""The same as a Jupyter notebook."""

from hashlib import sha256

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from nnlab.experiment import Experiment
from nnlab.script.files import files_beside
from nnlab.script.sections import MADE_BY, sections
from nnlab.script.trained import Trained


def keras_notebook(experiment: Experiment, trained: Trained | None = None) -> str:
    """A notebook, nbformat 4, whose cells are the parts of the script with words over each.

    The same experiment gives the same text, byte for byte.

    Raises:
        ValueError: no script can repeat the experiment, see `missing_for_script`.
    """
    files = files_beside(experiment)
    beside = f" Put {' and '.join(files)} beside it." if files else ""
    cells = [new_markdown_cell(f"# {_plain(experiment.name)}\n\n{MADE_BY}{beside}")]
    for section in sections(experiment, trained or Trained()):
        cells += [new_markdown_cell(section.as_markdown()), new_code_cell(section.code)]
    for number, cell in enumerate(cells):
        cell["id"] = sha256(f"{number} {cell['source']}".encode()).hexdigest()[:12]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(
        cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}}
    )
    nbformat.validate(notebook)
    return nbformat.writes(notebook)


def _plain(text: str) -> str:
    """A visitor's words without what Markdown or HTML would make of them."""
    words = " ".join(text.split())
    return "".join(c if c.isalnum() or c in " .,-" else f"&#{ord(c)};" for c in words)
