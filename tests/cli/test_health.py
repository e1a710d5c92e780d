"""Which processes count for the health of a part, as a table."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from tests.cli.conftest import Call

from tradewind.cli.health import of_part
from tradewind.model.service import JobKind, JobRecord
from tradewind.store import open_store

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
ME = os.getpid()
NOBODY = 2**22 + 1
"""More than any process id."""


def job(name: str, beat_seconds_ago: float, *, pid: int = ME, host: str = "", ended: bool = False) -> JobRecord:
    beat = NOW - timedelta(seconds=beat_seconds_ago)
    lease = beat + timedelta(seconds=4)
    end = NOW if ended else None
    return JobRecord(
        name, JobKind.SCHEDULER, pid, host or socket.gethostname(), beat - timedelta(hours=1), beat, lease, ended_at=end
    )


@pytest.mark.parametrize(
    ("jobs", "states"),
    [
        ([], ["missing"]),
        ([job("one", 1)], ["healthy"]),
        ([job("one", 5)], ["stuck"]),
        ([job("one", 1, pid=NOBODY)], ["gone"]),
        ([job("one", 1, ended=True)], ["missing"]),
        ([job("one", 1), job("killed before", 60, pid=NOBODY)], ["healthy"]),
        ([job("one", 1), job("beside it", 1, host="elsewhere")], ["healthy", "healthy"]),
        ([job("one", 1), job("beside it", 30, host="elsewhere")], ["healthy", "stuck"]),
        ([job("one", 1), job("long ago", 3600, host="elsewhere")], ["healthy"]),
    ],
    ids=["none", "alive", "stuck", "gone", "ended", "replaced", "two", "one of two", "forgotten"],
)
def test_health_of_a_part(jobs: list[JobRecord], states: list[str]) -> None:
    assert [one.state for one in of_part("scheduler", jobs, NOW)] == states


@pytest.mark.skipif(sys.platform != "linux", reason="there is no /proc")
def test_a_killed_process_that_nobody_has_taken_in_is_gone() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert [one.state for one in of_part("scheduler", [job("one", 1, pid=pid)], NOW)] == ["gone"]
    os.waitpid(pid, 0)


def test_monitoring_reads_figures(call: Call, home: Path) -> None:
    at = datetime.now(UTC)
    with contextlib.closing(open_store(f"sqlite:///{home}/tradewind.db", home=home)) as store:
        beat = msgspec.structs.replace(
            job("one", 1.5), started_at=at, heartbeat_at=at, lease_until=at + timedelta(days=1)
        )
        store.register_job(msgspec.structs.replace(beat, detail={"lag_seconds": 0.25}))
    alive = call("health", "scheduler", "-o", "json")
    (found,) = alive.json
    assert (alive.code, found["state"], found["pid"], found["lag_seconds"]) == (0, "healthy", ME, 0.25)
    assert 0 <= found["heartbeat_age_seconds"] <= found["up_seconds"] < 3600

    missing = call("health", "triggerer", "-o", "json")
    assert (missing.code, missing.json[0]["state"], missing.json[0]["heartbeat_age_seconds"]) == (1, "missing", None)
