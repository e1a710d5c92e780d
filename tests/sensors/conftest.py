"""What an operator's execute() needs around it: a DAG to be in, and a context with a task instance that remembers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tradewind.authoring.dag import DAG


class FakeRun:
    run_id = "manual__1"
    run_type = "manual"
    logical_date = run_after = datetime(2025, 1, 2, tzinfo=UTC)


class FakeTaskInstance:
    """The few attributes that operators touch."""

    dag_id, run_id, try_number = "d", "manual__1", 1
    first_started_at: datetime | None = None

    def __init__(self, task: Any) -> None:
        self.task, self.task_id = task, task.task_id
        self.branch_followed: tuple[str, ...] | None = None
        self.short_circuited = ""


@pytest.fixture
def dag():
    with DAG("d", start_date=datetime(2025, 1, 1, tzinfo=UTC), schedule=None) as made:
        yield made


@pytest.fixture
def context_of() -> Callable[..., dict[str, Any]]:
    def make(task: Any, **more: Any) -> dict[str, Any]:
        ti = FakeTaskInstance(task)
        dates = {"logical_date": FakeRun.logical_date, "ds": "2025-01-02", "run_id": FakeRun.run_id}
        return {"ti": ti, "task_instance": ti, "task": task, "dag": task.dag, "dag_run": FakeRun(), **dates, **more}

    return make
