"""The live stream: what happens is told, once, and resumed where a viewer was."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import urllib3
from msgspec.structs import replace
from tests.api.ours.conftest import GOOD, ROOT
from tests.api.server import ApiServer, running

from tradewind.api.access.rights import Action, Grant, Resource
from tradewind.api.live.cursor import Cursor
from tradewind.api.live.events import Scope
from tradewind.api.live.hub import MOST_BYTES, Viewer
from tradewind.model.changes import (
    EntryWritten,
    MetricLogged,
    ProgressReported,
    RunCreated,
    TaskChanged,
    TryChanged,
    TryCreated,
)
from tradewind.model.ids import RunKey
from tradewind.model.service import Topic
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunType, TaskState, TryPurpose, TryState
from tradewind.purge import delete_runs

PATIENCE_SECONDS = 60
NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Told:
    """One open stream, read event by event."""

    def __init__(self, response: urllib3.BaseHTTPResponse) -> None:
        self._lines = self._split(response)
        self.last_id = ""

    def next(self) -> dict[str, Any]:
        """The next event, pings apart; remembers its id."""
        while True:
            event: dict[str, str] = {}
            while line := next(self._lines):
                name, _, value = line.partition(": ")
                event[name] = value
            self.last_id = event.get("id", self.last_id)
            if "data" in event and event.get("event") != "ping":
                return json.loads(event["data"])

    def until(self, **wanted: Any) -> dict[str, Any]:
        while True:
            event = self.next()
            if all(event.get(name) == value for name, value in wanted.items()):
                return event

    def standing(self) -> str:
        """The id of where the stream begins: sent alone, before any event."""
        while not self.last_id:
            line = next(self._lines)
            if line.startswith("id: "):
                self.last_id = line.removeprefix("id: ")
        return self.last_id

    @staticmethod
    def _split(response: urllib3.BaseHTTPResponse) -> Iterator[str]:
        rest = b""
        for part in response.stream(1, decode_content=False):
            rest += part
            while b"\n" in rest:
                line, _, rest = rest.partition(b"\n")
                yield line.decode()


@contextmanager
def stream(server: ApiServer, path: str = "/live", last_id: str = "", **query: str) -> Iterator[Told]:
    pool = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(PATIENCE_SECONDS))
    headers = {**server.headers, **({"Last-Event-ID": last_id} if last_id else {})}
    response = pool.request("GET", f"{server.url}{ROOT}{path}", fields=query, headers=headers, preload_content=False)
    assert response.status == 200, response.data
    try:
        yield Told(response)
    finally:
        response.close()
        pool.clear()


def new_run(server: ApiServer, name: str, dag_id: str = "pipeline") -> RunKey:
    """A run that is in the store, as the scheduler would have committed it; it rings as the scheduler does."""
    key, spec = RunKey(dag_id, name), server.store.dag(dag_id)
    assert spec is not None
    created = RunCreated(key, spec.hash, spec.snapshot, RunType.MANUAL, None, None, None, NOW)
    commit(server, created)
    return key


def commit(server: ApiServer, *changes: Any) -> None:
    server.store.commit(changes, who="test", now=NOW + timedelta(seconds=1))
    server.store.ring(Topic.HAPPENED)


def begin_try(server: ApiServer, key: RunKey, task_id: str = "load") -> str:
    try_id = f"{key.run_id}-{task_id}"
    commit(
        server,
        TryCreated(try_id, key, task_id, (), 1, TryPurpose.EXECUTE, "local", "default_pool", 1, f"{try_id}.log"),
        TaskChanged(key, task_id, (), TaskState.NONE, TaskState.QUEUED, "", try_id=try_id, try_number=1),
        TryChanged(try_id, TryState.QUEUED, TryState.RUNNING),
        TaskChanged(key, task_id, (), TaskState.QUEUED, TaskState.RUNNING, "", try_id=try_id, try_number=1),
    )
    return try_id


def test_that_runs_were_deleted_is_told(own: ApiServer) -> None:
    key = RunKey("pipeline", GOOD)
    with stream(own) as told:
        told.standing()
        delete_runs(own.settings, own.store, [key])
        told.until(kind="deleted")
    assert own.store.run(key) is None


def test_what_happens_is_told(own: ApiServer) -> None:
    with stream(own) as told:
        told.standing()
        new_run(own, "fresh")
        event = told.until(kind="run")
    assert (event["dag_id"], event["run_id"], event["state"]) == ("pipeline", "fresh", "queued")


def test_metrics_and_progress_are_told(own: ApiServer) -> None:
    with stream(own) as told:
        told.standing()
        key = new_run(own, "fresh")
        try_id = begin_try(own, key)
        own.store.commit([ProgressReported(try_id, 3, 10, "epochs")], who="test", now=own.store.now())
        commit(own, MetricLogged(try_id, "loss", 0.5, 7))
        found = {}
        while set(found) != {"progress", "metric"}:
            event = told.next()
            if event["kind"] in ("progress", "metric"):
                found[event["kind"]] = event["data"]
    assert (found["progress"]["done"], found["progress"]["total"]) == (3, 10)
    assert (found["metric"]["name"], found["metric"]["value"], found["metric"]["step"]) == ("loss", 0.5, 7)


def test_a_viewer_that_comes_back_hears_what_it_missed_and_nothing_twice(own: ApiServer) -> None:
    with stream(own) as told:
        told.standing()
        new_run(own, "one")
        told.until(kind="run", run_id="one")
        last = told.last_id
    new_run(own, "two")
    with stream(own, last_id=last) as told:
        heard = [told.next() for _ in range(7)]
        new_run(own, "three")
        assert told.next()["run_id"] == "three"
    assert [event["run_id"] for event in heard if event["kind"] == "run"] == ["two"]
    assert sorted(event["kind"] for event in heard) == ["ask", "asset", "dag", "deleted", "entry", "pool", "run"]


def test_of_one_run_every_step_is_told(own: ApiServer) -> None:
    key = new_run(own, "fresh")
    with stream(own, dag_id="pipeline", run_id="fresh") as told:
        told.standing()
        new_run(own, "another")
        begin_try(own, key)
        events = [told.next() for _ in range(4)]
    assert {event["run_id"] for event in events} == {"fresh"}
    assert [event["state"] for event in events if event["kind"] == "task"] == ["queued", "running"]


def test_of_all_runs_a_task_that_changed_twice_at_once_is_told_once(own: ApiServer) -> None:
    key = new_run(own, "fresh")
    with stream(own) as told:
        told.standing()
        begin_try(own, key)
        assert told.until(kind="task")["state"] == "running"


@pytest.mark.parametrize(
    "last_id", ["nonsense", "99999999.0", "1_x.0", "1" * 30], ids=["words", "future", "half", "long"]
)
def test_an_id_of_another_database_means_to_load_everything_again(shared: ApiServer, last_id: str) -> None:
    with stream(shared, last_id=last_id) as told:
        assert told.next()["kind"] == "reset"


def test_others_dags_are_not_told(own: ApiServer) -> None:
    spec = own.store.spec("pipeline")
    assert spec is not None
    own.store.save_dag_version(replace(spec, dag_id="secret"), "snapshot", "/dags", "pipeline.py", now=NOW)
    with own.limited_to(Grant(Resource.TASK, Action.READ, "pipeline")), stream(own) as told:
        told.standing()
        new_run(own, "hidden", dag_id="secret")
        new_run(own, "shown")
        assert told.until(kind="run")["run_id"] == "shown"


def test_a_log_is_told_as_it_is_written(own: ApiServer) -> None:
    key = new_run(own, "fresh")
    try_id = begin_try(own, key)
    log = own.settings.log_folder / f"{try_id}.log"
    log.parent.mkdir(exist_ok=True)
    log.write_text("2026-01-01T00:00:00.000Z INFO     stdout | one\n")
    with stream(own, "/live/log", dag_id="pipeline", run_id="fresh", task_id="load") as told:
        first = told.next()
        with log.open("a") as file:
            file.write("2026-01-01T00:00:00.000Z INFO     stdout | two\n")
        second = told.next()
        commit(own, TryChanged(try_id, TryState.RUNNING, TryState.SUCCESS))
        last = told.next()
    assert [line["text"] for line in first["lines"]] == ["one"]
    assert [line["text"] for line in second["lines"]] == ["two"]
    assert last["is_ended"]


def test_a_log_that_has_ended_is_told_whole_and_closed(shared: ApiServer) -> None:
    with stream(shared, "/live/log", dag_id="pipeline", run_id=GOOD, task_id="score") as told:
        page = told.next()
        assert page["is_ended"]
        with pytest.raises(StopIteration):
            told.next()
    assert any(line["text"] == "about to score" for line in page["lines"])


def test_what_is_noted_down_is_told(own: ApiServer) -> None:
    with stream(own) as told:
        told.standing()
        key = new_run(own, "notes")
        try_id = begin_try(own, key)
        commit(own, EntryWritten(key, "fit", (), try_id, "DataChecked", "people", {}))
        entry = told.until(kind="entry")
    assert (entry["run_id"], entry["task_id"], entry["data"]) == ("notes", "fit", {"kind": "DataChecked"})


def test_a_server_that_stops_ends_its_streams(made_home: Path, caplog: pytest.LogCaptureFixture) -> None:
    with running(made_home) as server:
        pool = urllib3.PoolManager(retries=False)
        response = pool.request("GET", f"{server.url}{ROOT}/live", headers=server.headers, preload_content=False)
        told = Told(response)
        told.standing()
    with pytest.raises(StopIteration):
        told.next()
    assert "Exception" not in caplog.text


def test_on_postgresql_as_well(postgres_url: str, tmp_path: Path) -> None:
    with running(tmp_path / "home", database_url=postgres_url) as server:
        server.store.save_dag_version(DagSpec("pipeline"), "s", "/dags", "pipeline.py", now=NOW)
        with stream(server) as told:
            told.standing()
            key = new_run(server, "one")
            assert told.until(kind="run")["run_id"] == "one"
            try_id = begin_try(server, key)
            commit(server, MetricLogged(try_id, "loss", 0.5, 7))
            assert told.until(kind="metric")["data"]["value"] == 0.5
            last = told.last_id
        new_run(server, "two")
        with stream(server, last_id=last) as told:
            assert told.until(kind="run")["run_id"] == "two"


def test_a_viewer_that_does_not_keep_up_is_told_to_load_everything_again() -> None:
    viewer = Viewer(Scope())
    for _ in range(3):
        viewer.put(b"x" * (MOST_BYTES // 2), Cursor(7))
    assert asyncio.run(viewer.next(0.0)).startswith(b'id: 7.0\ndata: {"kind":"reset"')


def test_many_viewers_of_one_log_share_what_is_read(own: ApiServer) -> None:
    key = new_run(own, "fresh")
    try_id = begin_try(own, key)
    log = own.settings.log_folder / f"{try_id}.log"
    log.write_text("2026-01-01T00:00:00.000Z INFO     stdout | one\n")
    with ExitStack() as stack:
        where = {"dag_id": "pipeline", "run_id": "fresh", "task_id": "load"}
        viewers = [stack.enter_context(stream(own, "/live/log", **where)) for _ in range(40)]
        for viewer in viewers:
            assert viewer.next()["lines"][0]["text"] == "one"
        with log.open("a") as file:
            file.write("2026-01-01T00:00:00.000Z INFO     stdout | two\n")
        for viewer in viewers:
            assert viewer.next()["lines"][0]["text"] == "two"
