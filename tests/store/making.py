"""The small things a run is made of, for tests of stores."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tradewind.model.changes import RunChanged, RunCreated, TaskChanged, TryCreated
from tradewind.model.ids import RunKey
from tradewind.model.states import RunState, RunType, TryPurpose
from tradewind.model.values import Value, XCom

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
LATER = NOW + timedelta(seconds=3)
RUN = RunKey("a_dag", "run 1")
SECOND = RunKey("a_dag", "run 2")


def commit(store, *changes, now=NOW, who="tester"):
    store.commit(changes, who=who, now=now)


def created(key: RunKey = RUN, logical_date: datetime | None = NOW, **more) -> RunCreated:
    facts = {
        "dag_hash": "hash",
        "snapshot": "snap",
        "run_type": RunType.MANUAL,
        "logical_date": logical_date,
        "data_interval_start": logical_date,
        "data_interval_end": logical_date,
        "run_after": NOW,
        "conf": {"a": [1, {"b": None}]},
        "params": {"ü": 1.5},
    }
    return RunCreated(run=key, **{**facts, **more})


def xcom(task_id: str, value: int = 1, *, path=(), key="return_value", artifact=None, parts=()) -> XCom:
    inline = None if artifact else str(value).encode()
    about = Value("json", "int", 1, f"hash{value}", inline=inline, artifact=artifact, parts=parts, length=value)
    return XCom(task_id, path, key, about, "try1")


def moved(task_id, old, new, path=(), run=RUN, **more):
    return TaskChanged(run, task_id, path, old, new, more.pop("why", "because"), **more)


def run_moved(old, new, run=RUN):
    return RunChanged(run, RunState(old), RunState(new), "because")


def a_try(try_id="try1", task_id="t", pool="default_pool", slots=1, run=RUN):
    return TryCreated(try_id, run, task_id, (), 1, TryPurpose.EXECUTE, "local", pool, slots, "t.log")


def claim(store, who, instead_of=None, run=RUN):
    return store.claim_run(run, owner_id=who, pid=1, host="h", now=NOW, instead_of=instead_of)
