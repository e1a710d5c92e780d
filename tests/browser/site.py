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

READY_WITHIN_SECONDS = 240.0
OURS = "/api/tradewind/v1"
STATIC = Path(__file__).parents[2] / "src/tradewind/api/static/index.html"
DAGS = Path(__file__).parent / "dags"


PASSWORD = "one of my own"


class Site:
    """As the admin, who has chosen a password."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.home = service.home
        self.url = service.url
        self.password = PASSWORD
        self._http = urllib3.PoolManager(retries=False, timeout=READY_WITHIN_SECONDS)
        if (first := self.home / "admin-password").exists():
            given = {"old": first.read_text().strip(), "new": PASSWORD}
            self._send("POST", f"{OURS}/me/password", given, self._token(given["old"]))
        self._headers = self._token(PASSWORD)

    def ask(self, path: str) -> Any:
        return self._send("GET", OURS + path, None, self._headers)

    def tell(self, path: str, body: Any, method: str = "POST") -> Any:
        return self._send(method, OURS + path, body, self._headers)

    def airflow(self, method: str, path: str, body: Any = None) -> Any:
        """Through Airflow's API."""
        return self._send(method, "/api/v2" + path, body, self._headers)

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

    def _token(self, password: str) -> dict[str, str]:
        """As a header."""
        found = self._send("POST", "/auth/token", {"username": "admin", "password": password}, {})
        return {"Authorization": f"Bearer {found['access_token']}"}

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
        sent = None if body is None else json.dumps(body)
        answer = self._http.request(
            method, self.url + path, body=sent, headers={"Content-Type": "application/json", **headers}
        )
        assert answer.status < 300, f"{method} {path}: {answer.status} {answer.data!r}"
        return json.loads(answer.data) if answer.data else None


class Service:
    """The processes of a home, which end and begin again at the same address."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._port = _free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {
            **os.environ,
            "TRADEWIND_HOME": str(self.home),
            "TRADEWIND_API_PORT": str(self._port),
            "PYTHONUNBUFFERED": "1",
        }
        with (self.home / "up.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tradewind.cli.main", "standalone"],
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def stop(self) -> None:
        if self._process is None:
            return
        for patience_seconds in (10, 60):  # asked once more, it ends tasks that still run
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(patience_seconds)
                break
            except subprocess.TimeoutExpired:
                continue
        else:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process = None

    def when_ready(self) -> Site:
        """Once it answers and knows all DAGs."""
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        problem: Exception | None = None
        while True:
            assert self._process is not None
            assert self._process.poll() is None, self._log()
            assert time.monotonic() < deadline, f"{problem}\n{self._log()}"
            try:
                site = Site(self)
                if site.ask("/dags")["total"] > 0:
                    return site
            except (OSError, urllib3.exceptions.HTTPError, AssertionError) as error:
                problem = error
            time.sleep(0.2)

    def _log(self) -> str:
        return (self.home / "up.log").read_text()


@contextmanager
def standalone(home: Path, dags: Path = DAGS) -> Iterator[Site]:
    assert STATIC.exists(), "the pages are not built: python3 tasks.py ui"
    (home / "dags").mkdir(parents=True)
    for file in dags.glob("*.py"):
        shutil.copy(file, home / "dags")
    service = Service(home)
    service.start()
    try:
        yield service.when_ready()
    finally:
        service.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port
