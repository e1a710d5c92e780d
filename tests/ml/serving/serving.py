"""A home with registered models, and `tradewind serve` as a process of its own, asked over HTTP."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import Any

import httpx

from tradewind.ml.registry.register import register

PATIENCE_SECONDS = 90


class Server:
    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.address = address
        self.http = httpx.Client(base_url=address, timeout=PATIENCE_SECONDS)

    def predict(self, body: Any, **more: Any) -> Any:
        return self.http.post("/predict", json=body, **more)

    def get(self, path: str) -> Any:
        return self.http.get(path).json()

    def metrics(self) -> str:
        return self.http.get("/metrics").text

    def until(self, is_so: Callable[[], bool]) -> None:
        """The server looks at aliases in its own time, and cannot tell us."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert time.monotonic() < end, "it never came to be"
            time.sleep(0.1)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_SECONDS)


@contextmanager
def served(home: Path, *arguments: str) -> Generator[Server]:
    """Ends the process however the test ends."""
    process = started(home, *arguments)
    try:
        server = Server(process, _address(process))
        with server.http:
            yield server
    finally:
        process.kill()
        process.wait()


def started(home: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "TRADEWIND_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "tradewind.cli.main", "serve", *arguments, "--port", "0", "--check-seconds", "0.2"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _address(process: subprocess.Popen[str]) -> str:
    """What it says goes on to be read, so that it never waits for us."""
    lines: Queue[str] = Queue()
    assert process.stdout is not None

    def read() -> None:
        for line in process.stdout or ():
            lines.put(line)
        lines.put("")

    threading.Thread(target=read, daemon=True).start()
    said = ""
    while " is served at " not in said:
        line = lines.get(timeout=PATIENCE_SECONDS)
        assert line, f"it ended: {said}"
        said += line
    return said.rpartition(" is served at ")[2].strip()


def registered(tracking: Any, name: str, *models: Any, **more: Any) -> None:
    """Versions 1, 2 … of these models; none is the champion."""
    for model in models:
        with tracking.trying(f"run of {name}"):
            register(model, name, **more)
