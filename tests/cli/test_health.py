"""Which processes count for the health of a part, as a table."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime, timedelta

import pytest

from tradewind.cli.health import of_part
from tradewind.model.service import JobKind, JobRecord

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
