"""A PostgreSQL server for the tests, thrown away after them."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from ports import free_port

USER = "postgres"
# Debian keeps the server's programs away from PATH.
_DEBIAN = Path("/usr/lib/postgresql")


def postgres_programs() -> Path | None:
    """Folder of `initdb` and `postgres`; None where PostgreSQL is not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return next((path.parent for path in sorted(_DEBIAN.glob("*/bin/initdb"))[::-1]), None)


class Server:
    """A server on this machine alone, in a folder of its own, both gone after `close`."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="nnlab-postgres-"))
        self._as_user = _other_user(self._folder)
        self._port = free_port()
        self.url = f"postgresql+psycopg://{USER}@127.0.0.1:{self._port}"
        initialise = [programs / "initdb", "-D", self._folder / "data", "-U", USER,
                      "--auth=trust", "-N", "-E", "UTF8"]  # fmt: skip
        subprocess.run(
            initialise, check=True, stdout=subprocess.DEVNULL, cwd=self._folder, **self._as_user
        )
        self.start()

    def start(self) -> None:
        """Return when it answers."""
        options = ["-p", str(self._port), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off",
                   "-c", "unix_socket_directories=", "-c", "max_connections=100"]  # fmt: skip
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._folder / "data", *options],
                stdout=log, stderr=log, cwd=self._folder, **self._as_user,
            )  # fmt: skip
        _wait_until_it_answers(self._port, self._process)

    def stop(self) -> None:
        """At once, whoever is connected; what is written stays."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=30)

    def close(self) -> None:
        """Nothing of it stays."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def fresh_database(server: str) -> str:
    """URL of a new, empty database on the server."""
    name = f"test_{secrets.token_hex(6)}"
    with _connect(server) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"


def drop_database(url: str) -> None:
    """Remove a database, whoever still looks at it."""
    server, _, name = url.rpartition("/")
    with _connect(server) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _connect(server: str) -> psycopg.Connection:
    plain = server.replace("+psycopg", "")
    return psycopg.connect(f"{plain}/{USER}", autocommit=True, connect_timeout=5)


def _other_user(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root; Debian's package brings a user for it."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam(USER)
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _wait_until_it_answers(port: int, server: subprocess.Popen, tries: int = 200) -> None:
    for _ in range(tries):
        assert server.poll() is None, "PostgreSQL did not start"
        try:
            _connect(f"postgresql://{USER}@127.0.0.1:{port}").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("PostgreSQL does not answer")
