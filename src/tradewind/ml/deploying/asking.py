"""A server started for a smoke test: as a process of its own, asked over HTTP, and ended."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from tradewind.ml.deploying.smoke import rows_as_json
from tradewind.ml.deploying.target import DeploymentFailedError, Predict

START_SECONDS, ANSWER_SECONDS, END_SECONDS = 120.0, 60.0, 20.0
_SHOWN_CHARACTERS = 2000
BESIDE_PYTHON = os.path.dirname(sys.executable)
"""Where MLflow finds the `uvicorn` that it starts."""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def running_server(command: Sequence[str], port: int, *, health: str, predict: str) -> Generator[Predict]:
    """`health` and `predict` are paths. Raises DeploymentFailedError with what the server said where it does not come
    up; it is ended with all that it has started."""
    with tempfile.TemporaryFile() as said:
        path = os.pathsep.join([BESIDE_PYTHON, os.environ.get("PATH", "")])
        process = subprocess.Popen(
            command, stdout=said, stderr=subprocess.STDOUT, start_new_session=True, env={**os.environ, "PATH": path}
        )
        base = f"http://127.0.0.1:{port}"
        try:
            _wait(process, base + health, command, said)
            yield lambda rows: _ask(base + predict, rows)
        finally:
            _end(process)


def _wait(process: subprocess.Popen[bytes], url: str, command: Sequence[str], said: Any) -> None:
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(url, timeout=5):
            return
        time.sleep(0.1)
    said.seek(0)
    text = said.read().decode(errors="replace")[-_SHOWN_CHARACTERS:]
    state = "did not answer in time" if process.returncode is None else f"ended with {process.returncode}"
    raise DeploymentFailedError(f"the server {state}: {text}", hint=f"by hand: {' '.join(command)}")


def _ask(url: str, rows: Any) -> list[Any]:
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url, rows_as_json(rows).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:
            return list(json.load(answer)["predictions"])
    except urllib.error.HTTPError as error:
        text = error.read().decode(errors="replace")[:_SHOWN_CHARACTERS]
        raise DeploymentFailedError(f"the server answered {error.code}: {text}") from error


def _end(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(END_SECONDS)
            break
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
