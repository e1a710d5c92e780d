"""The first page, the search, and the live stream."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct


class RunLine(Struct, frozen=True, kw_only=True):
    dag_id: str
    run_id: str
    state: str
    run_type: str
    run_after: datetime
    started_at: datetime | None
    ended_at: datetime | None
    done: int
    total: int
    what: str
    """A running one: what runs now. A failed one: its first failure in one line."""
    task_id: str | None = None
    """Of the failure."""


class LateLine(Struct, frozen=True):
    dag_id: str
    run_id: str | None
    name: str
    due_at: datetime
    is_missed: bool
    """False: a miss is predicted."""


class AskLine(Struct, frozen=True):
    dag_id: str
    run_id: str
    task_id: str
    map_path: tuple[int, ...]
    subject: str
    asked_at: datetime
    respond_by: datetime | None


class NextLine(Struct, frozen=True):
    dag_id: str
    at: datetime


class PartHealth(Struct, frozen=True):
    name: str
    """`metadatabase`, `scheduler`, `dag_processor`, `triggerer`."""
    state: Literal["healthy", "unhealthy", "absent"]
    heartbeat_at: datetime | None
    why: str


class Home(Struct, frozen=True, kw_only=True):
    running: list[RunLine]
    failed: list[RunLine]
    """Of the last 24 hours, the newest first."""
    succeeded: list[RunLine]
    """The few that did last, of the last 24 hours, the newest first."""
    late: list[LateLine]
    waiting: list[AskLine]
    next_hour: list[NextLine]
    health: list[PartHealth]
    counts: dict[str, int]
    """`dags`, `paused`, `running`, `queued`, `failed_24h`, `succeeded_24h`, `import_errors`."""


class Hit(Struct, frozen=True):
    """A line of the command palette."""

    kind: str
    """`dag`, `run`, `task`, `asset`, `variable`, `connection`, `pool`."""
    label: str
    detail: str
    path: str
    """Of the user interface."""


class LiveEvent(Struct, frozen=True, omit_defaults=True):
    """The data of one server-sent event; its id is what `Last-Event-ID` goes on from."""

    kind: str
    """`run`, `task`, `try`, `note` (history), `progress`, `metric`, `entry` (of the journal), `dag`, `pool`, `ask`,
    `asset`, `deleted`, `reset`. `deleted`: runs are gone. `reset`: what was missed is too much or gone; load
    everything again."""
    dag_id: str = ""
    run_id: str = ""
    task_id: str = ""
    map_path: tuple[int, ...] = ()
    state: str = ""
    at: datetime | None = None
    why: str = ""
    data: dict[str, Any] = {}
