"""`tradewind health`: is every part of the service alive, and does its loop go round?"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import click
from msgspec import Struct

from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.model.service import JobKind, JobRecord

PARTS = {
    "scheduler": JobKind.SCHEDULER,
    "dag-processor": JobKind.DAG_PROCESSOR,
    "triggerer": JobKind.TRIGGERER,
    "api-server": JobKind.API_SERVER,
}
FORGOTTEN_AFTER = timedelta(minutes=5)
"""A process that has not been heard of for so long is told of no more, where another does its work."""


class Health(Struct, frozen=True):
    """Of one process, or of a part that has none."""

    part: str
    state: str
    """`healthy`; `stuck`: its process is there, and its loop does not go round; `gone`; `missing`."""
    job: JobRecord | None = None

    @property
    def is_well(self) -> bool:
        return self.state == "healthy"


@click.command()
@click.argument("part", required=False, type=click.Choice(list(PARTS)))
@output_option
def health(part: str | None, output: str) -> None:
    """Say whether every part of the service (or only PART) is alive and moving. The exit code is 1 where one is not.

    A part says by its heartbeat that it lives; its own loop writes it, so that a loop that is stuck shows, too.
    """
    with open_home() as home:
        now = home.store.now()
        found = [one for name in ([part] if part else PARTS) for one in of_part(name, home.store.jobs(), now)]
    row = figures if output in ("json", "yaml") else words
    print_rows([row(one, now) for one in found], output)
    if not all(one.is_well for one in found):
        sys.exit(1)


def of_part(part: str, jobs: Sequence[JobRecord], now: datetime) -> list[Health]:
    """Each process that matters. `jobs`: newest first."""
    living = [job for job in jobs if job.kind is PARTS[part] and job.ended_at is None]
    found = [Health(part, _state(job, now), job) for job in living]
    if any(one.is_well for one in found):
        return [one for one in found if one.is_well or _still_matters(one, now)]
    return found[:1] or [Health(part, "missing")]


def _state(job: JobRecord, now: datetime) -> str:
    if _is_known_gone(job):
        return "gone"
    return "healthy" if now <= job.lease_until else "stuck"


def _still_matters(one: Health, now: datetime) -> bool:
    return one.state == "stuck" and one.job is not None and now - one.job.heartbeat_at < FORGOTTEN_AFTER


def _is_known_gone(job: JobRecord) -> bool:
    if job.host != socket.gethostname():
        return False
    try:
        os.kill(job.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return _has_ended_unnoticed(job.pid)


def _has_ended_unnoticed(pid: int) -> bool:
    """In a container without an init, nobody may take in what is left of a process that was killed. Linux only."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (OSError, IndexError):
        return False


def figures(one: Health, now: datetime) -> dict[str, object]:
    """For monitoring: null where there is no process."""
    job = one.job
    return {
        "part": one.part,
        "state": one.state,
        "pid": job.pid if job else None,
        "host": job.host if job else None,
        "up_seconds": _seconds(now - job.started_at) if job else None,
        "heartbeat_age_seconds": _seconds(now - job.heartbeat_at) if job else None,
        "lag_seconds": job.detail.get("lag_seconds") if job else None,
    }


def words(one: Health, now: datetime) -> dict[str, object]:
    """For people."""
    job = one.job
    if job is None:
        nothing: dict[str, object] = dict.fromkeys(("pid", "host", "up", "heartbeat", "lag"), "")
        return {"part": one.part, "state": one.state, **nothing}
    lag = job.detail.get("lag_seconds")
    return {
        "part": one.part,
        "state": one.state,
        "pid": job.pid,
        "host": job.host,
        "up": f"{_seconds(now - job.started_at):.1f} s",
        "heartbeat": f"{_seconds(now - job.heartbeat_at):.1f} s ago",
        "lag": f"{lag:g} s" if lag is not None else "",
    }


def _seconds(span: timedelta) -> float:
    return max(0.0, round(span.total_seconds(), 3))
