"""Scenario: "the place where secrets are kept takes its time, and everything waits"."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.end_to_end.conftest import HEAD, Place
from tests.end_to_end.service import Up

from tradewind.model.service import JobKind

PATIENCE_SECONDS = 60
ASKS = """
with DAG("asks", schedule=None):
    @task
    def read():
        from airflow.sdk import Variable
        note(f"the secret is {Variable.get('region')}, ours is {Variable.get('ours')}")
    read()
"""
OTHERS = """
with DAG("others", schedule=None):
    @task
    def step(number):
        note(f"step {number}")
        return number + 1
    step(step(step(1)))
"""


class Vault:
    """Says nothing before it is `released`."""

    def __init__(self) -> None:
        self.was_asked, self.released = threading.Event(), threading.Event()
        vault = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                vault.was_asked.set()
                vault.released.wait(PATIENCE_SECONDS)
                is_there = self.path.endswith("/region")
                raw = json.dumps({"data": {"data": {"value": "north"}}} if is_there else {"errors": []}).encode()
                self.send_response(200 if is_there else 404)
                self.send_header("content-length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def vault() -> Iterator[Vault]:
    found = Vault()
    yield found
    found.released.set()
    found.server.shutdown()
    found.server.server_close()


def test_another_runs_tasks_go_on_meanwhile(place: Place, vault: Vault) -> None:
    url = f"http://127.0.0.1:{vault.server.server_port}"
    secrets = f'[[secrets]]\nkind = "vault"\nurl = "{url}"\ntoken = "x"\ntimeout_seconds = {PATIENCE_SECONDS}\n'
    (place.folder / "tradewind.toml").write_text(secrets)
    place.write("asks.py", HEAD + ASKS)
    place.write("others.py", HEAD + OTHERS)
    up = Up(place)
    up.start("scheduler")
    up.start("dag-processor")
    up.wait_until_up(JobKind.SCHEDULER, JobKind.DAG_PROCESSOR)
    place.tradewind("variables", "set", "ours", "south")
    place.wait_for(lambda: place.tradewind("dags", "trigger", "asks").code == 0)
    assert vault.was_asked.wait(PATIENCE_SECONDS)

    place.wait_for(lambda: place.tradewind("dags", "trigger", "others").code == 0)
    place.wait_for_note("step 1", "step 2", "step 3")

    assert not any(note.startswith("the secret") for note in place.trace)
    vault.released.set()
    place.wait_for_note("the secret is north, ours is south")
