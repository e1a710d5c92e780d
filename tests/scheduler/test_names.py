from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from tradewind.model.ids import RunKey
from tradewind.model.states import RunType
from tradewind.scheduler.names import log_path, new_try_id, run_id


def test_a_run_is_named_as_in_airflow():
    at = datetime(2025, 3, 30, 1, 15, tzinfo=UTC)
    assert run_id(RunType.MANUAL, at) == "manual__2025-03-30T01:15:00+00:00"


@pytest.mark.parametrize(
    ("path", "number", "lost_count", "file"),
    [
        ((), 1, 0, "attempt=1.log"),
        ((), 2, 0, "attempt=2.log"),
        ((), 1, 2, "attempt=1.lost2.log"),
        ((3,), 1, 0, "map_index=3.attempt=1.log"),
        ((3, 0), 2, 1, "map_index=3.0.attempt=2.lost1.log"),
    ],
)
def test_each_try_has_a_log_file_of_its_own(path, number, lost_count, file):
    run = RunKey("dag", "manual__2025-03-30T01:15:00+00:00")
    found = log_path(run, "group.task", path, number, lost_count)
    assert found == f"dag_id=dag/run_id=manual__2025-03-30T01:15:00+00:00/task_id=group.task/{file}"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "..", "\0", "new\nline", "a\\b", "x" * 250, "ü" * 250])
def test_no_name_leads_out_of_the_log_folder_or_is_too_long_for_a_file(name):
    parts = log_path(RunKey(name, name), name, (), 1, 0).split("/")
    assert len(parts) == 4
    for part in parts:
        assert re.fullmatch(r"(dag_id|run_id|task_id|attempt)=[\w.+:@=~-]+", part)
        assert len(part.encode()) < 255


@pytest.mark.parametrize(("one", "other"), [("a/b", "a_b"), ("a b", "a/b"), ("x" * 250, "x" * 249), ("a:b", "a?b")])
def test_two_runs_never_share_a_log_file(one, other):
    assert log_path(RunKey("dag", one), "t", (), 1, 0) != log_path(RunKey("dag", other), "t", (), 1, 0)


def test_try_ids_are_unique_and_sort_by_birth(monkeypatch):
    ticks = iter(range(1_000_000_000_000_000_000, 2_000_000_000_000_000_000, 1_000_000))
    monkeypatch.setattr("time.time_ns", lambda: next(ticks))
    ids = [new_try_id() for _ in range(200)]
    assert len(set(ids)) == 200
    assert ids == sorted(ids)
