"""The app process never loads TensorFlow: its pages come up fast, and Streamlit leaves Keras be."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

VISIT = """
import sys
from streamlit.testing.v1 import AppTest
from nnlab.work.engine import Engine

Engine.start = lambda self, after=0.0: self
at = AppTest.from_file("app.py", default_timeout=60).run()
pages = ["app.py", "pages/1_Data.py", "pages/2_Train.py", "pages/3_Evaluate.py", "pages/4_Draw.py"]
for page in pages:
    at.switch_page(page).run()
    assert not at.exception, (page, at.exception)
    assert at.title, page
loaded = sorted({name.split(".")[0] for name in sys.modules} & {"tensorflow", "keras", "torch"})
print("loaded:", loaded)
"""


def test_no_page_loads_tensorflow():
    command = [sys.executable, "-c", VISIT]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "loaded: []" in done.stdout
