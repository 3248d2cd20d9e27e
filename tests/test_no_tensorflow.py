"""The app process never loads TensorFlow: its pages come up fast, and Streamlit leaves Keras be.

Nor does a page load Optuna, which only the engine's thread needs, once a sweep draws settings.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

VISIT = """
import sys
from pathlib import Path
from streamlit.testing.v1 import AppTest
from nnlab.curriculum import LESSONS
from nnlab.work.engine import Engine

Engine.start = lambda self, after=0.0: self
at = AppTest.from_file("app.py", default_timeout=60).run()
pages = ["app.py", *sorted(str(path) for path in Path("pages").glob("*.py"))]
for page in pages:
    at.switch_page(page).run()
    assert not at.exception, (page, at.exception)
    assert at.title, page
for lesson in LESSONS:
    at.query_params["lesson"] = lesson
    at.switch_page("pages/5_Learn.py").run()
    assert at.title[0].value == LESSONS[lesson].title
unwanted = {"tensorflow", "keras", "torch", "optuna", "matplotlib"}
loaded = sorted({name.split(".")[0] for name in sys.modules} & unwanted)
print("loaded:", loaded)
"""


def test_no_page_loads_tensorflow():
    command = [sys.executable, "-c", VISIT]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "loaded: []" in done.stdout
