import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ${{ values.package }}.core.settings import PREFIX

from ..support import PACKAGE, migrate

START_SECONDS = 120
SOURCES = Path(__file__).parents[2] / "src"


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the service, which runs as its image runs it, on a database of its own."""
    path = tmp_path_factory.mktemp("e2e") / "ledger.duckdb"
    migrate(path)
    with running_service(path) as address:
        yield address


@contextmanager
def running_service(path: Path) -> Iterator[str]:
    """Runs the service on the database, and gives its address."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", f"{PACKAGE}.core.app:create_app", "--factory", "--port", str(port)],
        env=os.environ | {f"{PREFIX}_DB_PATH": str(path), "PYTHONPATH": str(SOURCES)},
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_ready(f"{address}/readyz", process)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=START_SECONDS)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def _wait_until_ready(url: str, process: subprocess.Popen) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the service ended with status {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"{url} does not answer")
