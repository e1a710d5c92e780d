"""What a service says where logs are JSON: a line for each thing, with the run and the task it is about."""

from __future__ import annotations

import io
import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tradewind.cli.json_lines import JsonLines
from tradewind.cli.narrator import Narrator
from tradewind.model.changes import Change, RunChanged, TaskChanged
from tradewind.model.ids import RunKey
from tradewind.model.states import RunState, TaskState

RUN = RunKey("etl", "manual")
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines("scheduler"))
    monkeypatch.setattr(logging.getLogger(), "handlers", [handler])
    monkeypatch.setattr(logging.getLogger("tradewind"), "level", logging.INFO)
    logging.getLogger("tradewind.scheduler").setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger("tradewind.scheduler").setLevel(logging.NOTSET)


@pytest.mark.parametrize(
    ("change", "level", "about"),
    [
        (RunChanged(RUN, RunState.QUEUED, RunState.RUNNING, "started"), "info", {}),
        (RunChanged(RUN, RunState.RUNNING, RunState.SUCCESS, ""), "info", {}),
        (RunChanged(RUN, RunState.RUNNING, RunState.FAILED, "failed: load"), "error", {}),
        (
            TaskChanged(RUN, "load", (), TaskState.RUNNING, TaskState.FAILED, "no", try_id="t1"),
            "error",
            {"task_id": "load", "try_id": "t1"},
        ),
        (TaskChanged(RUN, "load", (), TaskState.RUNNING, TaskState.UP_FOR_RETRY, "no"), "warning", {"task_id": "load"}),
    ],
    ids=["started", "succeeded", "failed", "task failed", "task is tried again"],
)
def test_runs_and_tasks_have_fields_of_their_own(
    lines: Any, tmp_path: Path, change: Change, level: str, about: dict[str, str]
) -> None:
    Narrator(tmp_path).changed([change], NOW + timedelta(seconds=1))
    (line,) = lines()
    assert (line["level"], line["logger"], line["process"]) == (level, "tradewind.scheduler", "scheduler")
    assert line.items() >= {"dag_id": "etl", "run_id": "manual", **about}.items()
