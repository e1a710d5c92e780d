"""Stores to test, and the small things a run is made of."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tradewind.model.changes import RunCreated
from tradewind.model.ids import RunKey
from tradewind.model.states import RunType
from tradewind.model.values import Value, XCom
from tradewind.store import open_store

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
RUN = RunKey("a_dag", "run 1")


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "a home with spaces ä"
    folder.mkdir()
    return folder


@pytest.fixture
def store(home):
    opened = open_store(f"sqlite:///{home / 'tradewind.db'}", home=home)
    yield opened
    opened.close()


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
