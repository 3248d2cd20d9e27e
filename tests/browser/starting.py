"""Starting the app as the README does."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from ports import free_port
from visiting import Server

ROOT = Path(__file__).resolve().parents[2]


def start_server(home: Path, log: Path, **environment: str) -> Server:
    """`streamlit run app.py` on a free port; returns when it answers."""
    port = free_port()
    variables = {k: v for k, v in os.environ.items() if not k.startswith("NNLAB_")}
    variables |= {
        "NNLAB_HOME": str(home),
        "STREAMLIT_SERVER_PORT": str(port),
        "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
        "STREAMLIT_SERVER_HEADLESS": "true",
        **environment,
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=variables, stdout=output, stderr=subprocess.STDOUT
        )
    server = Server(f"http://127.0.0.1:{port}", process, home, log)
    _wait_for_health(server)
    return server


def _wait_for_health(server: Server) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=1):
                return
        except OSError:
            assert server.process.poll() is None, server.log.read_text()[-2000:]
            time.sleep(0.1)
    raise AssertionError("the server does not answer")
