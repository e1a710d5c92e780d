"""A real `tradewind standalone` on a home of its own, with the built pages, and what a browser's test asks of it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import urllib3

READY_WITHIN_SECONDS = 120.0
OURS = "/api/tradewind/v1"
STATIC = Path(__file__).parents[2] / "src/tradewind/api/static/index.html"
DAGS = Path(__file__).parent / "dags"


class Site:
    def __init__(self, home: Path, url: str, password: str) -> None:
        self.home = home
        self.url = url
        self.password = password
        self._http = urllib3.PoolManager(retries=False, timeout=READY_WITHIN_SECONDS)
        token = self._send("POST", "/auth/token", {"username": "admin", "password": password}, {})["access_token"]
        self._headers = {"Authorization": f"Bearer {token}"}

    def ask(self, path: str) -> Any:
        return self._send("GET", OURS + path, None, self._headers)

    def tell(self, path: str, body: Any, method: str = "POST") -> Any:
        return self._send(method, OURS + path, body, self._headers)

    def trigger(self, dag_id: str, **wishes: Any) -> str:
        """The run's id."""
        made: dict[str, str] = self.tell(f"/dags/{dag_id}/trigger", wishes)
        return made["run_id"]

    def ended(self, dag_id: str, run_id: str) -> str:
        """The state it ends in."""
        path = f"/dags/{dag_id}/runs/{quote(run_id, safe='')}"
        return str(self.until(path, lambda run: run["state"] in ("success", "failed"))["state"])

    def until(self, path: str, holds: Callable[[Any], bool]) -> Any:
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while not holds(found := self.ask(path)):
            assert time.monotonic() < deadline, f"{path} is still {found}"
            time.sleep(0.1)
        return found

    def let(self, name: str) -> None:
        """Tasks that wait for this file go on."""
        (self.home / name).touch()

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
        sent = None if body is None else json.dumps(body)
        answer = self._http.request(
            method, self.url + path, body=sent, headers={"Content-Type": "application/json", **headers}
        )
        assert answer.status < 300, f"{method} {path}: {answer.status} {answer.data!r}"
        return json.loads(answer.data) if answer.data else None


@contextmanager
def standalone(home: Path, dags: Path = DAGS) -> Iterator[Site]:
    assert STATIC.exists(), "the pages are not built: python3 tasks.py ui"
    (home / "dags").mkdir(parents=True)
    for file in dags.glob("*.py"):
        shutil.copy(file, home / "dags")
    port = _free_port()
    environment = {
        **os.environ,
        "TRADEWIND_HOME": str(home),
        "TRADEWIND_API_PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }
    log = (home / "up.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "tradewind.cli.main", "standalone"],
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        yield _ready(process, home, f"http://127.0.0.1:{port}")
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        log.close()


def _ready(process: subprocess.Popen[bytes], home: Path, url: str) -> Site:
    """Once it answers and knows all DAGs."""
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    problem: Exception | None = None
    while True:
        assert process.poll() is None, (home / "up.log").read_text()
        assert time.monotonic() < deadline, f"{problem}\n{(home / 'up.log').read_text()}"
        try:
            site = Site(home, url, (home / "admin-password").read_text().split()[-1])
            if site.ask("/dags")["total"] > 0:
                return site
        except (OSError, urllib3.exceptions.HTTPError, AssertionError, IndexError) as error:
            problem = error
        time.sleep(0.2)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port
