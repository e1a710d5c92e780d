"""How a try ended: what its runner reports, and what the executor says of one that could not."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from tradewind.model.cached import SameAs
from tradewind.model.ids import TryId
from tradewind.model.values import Value


class Succeeded(Struct, frozen=True, tag=True):
    result: Value | None = None
    """The return value, where it was pushed (None is not, as in Airflow)."""
    more: tuple[tuple[str, Value], ...] = ()
    """Further keys (`multiple_outputs`)."""
    followed: tuple[str, ...] | None = None
    """A branch: the direct downstream tasks to follow; the others are skipped. None: not a branch."""
    short_circuit: Literal["", "direct", "all"] = ""
    """Skip the direct downstream (their trigger rules still decide further down) or all of it."""
    outlet_events: Any = None
    same_as: SameAs | None = None
    """Not run: the success of another try was taken over."""


class Skipped(Struct, frozen=True, tag=True):
    message: str = ""


class Failed(Struct, frozen=True, tag=True):
    error_type: str
    message: str
    traceback: str = ""
    """Cut to the author's files, secrets masked."""
    may_retry: bool = True
    """False: AirflowFailException, or a failure that no retry can mend."""
    timed_out: bool = False
    retry_after_seconds: float | None = None
    """What a retry policy wants instead of the task's own `retry_delay`, for this one retry."""


class Rescheduled(Struct, frozen=True, tag=True):
    at: datetime
    message: str = ""


class Question(Struct, frozen=True):
    """What a deferred task asks people."""

    subject: str
    body: str
    options: tuple[str, ...]
    defaults: tuple[str, ...] | None = None
    multiple: bool = False
    params: dict[str, Any] = {}
    assigned_users: tuple[str, ...] = ()


class Deferred(Struct, frozen=True, tag=True):
    trigger: str
    """Class path; "" where only a person's answer, or the timeout, ends it."""
    trigger_kwargs: dict[str, Any]
    method: str
    kwargs: dict[str, Any] = {}
    timeout_seconds: float | None = None
    queue: str = ""
    """Of triggerers; "" is any."""
    question: Question | None = None


class Expanded(Struct, frozen=True, tag=True):
    """Answer of a try with purpose EXPAND."""

    length: int


Outcome: TypeAlias = Succeeded | Skipped | Failed | Rescheduled | Deferred | Expanded


class Used(Struct, frozen=True):
    """What a try and the processes that it waited for have taken, as its own process has counted it."""

    cpu_seconds: float
    read_bytes: int = 0
    """From disks; 0 where the system does not tell."""
    written_bytes: int = 0


class TryReport(Struct, frozen=True, tag=True):
    try_id: TryId
    outcome: Outcome
    label: str | None = None
    """Rendered `map_index_template`."""
    rendered: dict[str, Any] | None = None
    """Rendered template fields, masked and cut, for show."""
    max_rss_bytes: int | None = None
    callbacks: int = 0
    """The task is over; its process stays to call so many callbacks, and then ends (or says ReadyForMore)."""
    used: Used | None = None
    """Of tries that took a while or hold resources."""
    executed_at: datetime | None = None
    """When the task's own code had ended; what it made was kept since then."""
    ran_nothing: bool = False
    """An earlier success stands in for it, and no code of the author's was called to find that: its process is as it
    was."""


class CallbacksEnded(Struct, frozen=True, tag=True):
    """Made by the executor: the process of a try that had reported is done with its callbacks."""

    try_id: TryId
    why: str = ""
    """Where it was ended in the middle of one."""


class TryLost(Struct, frozen=True, tag=True):
    """Made by the executor, not the runner: the process ended without a report."""

    try_id: TryId
    why: str
    exit_code: int | None = None
    signal: int | None = None
    max_rss_bytes: int | None = None
    last_log_lines: tuple[str, ...] = ()
    over_limit: Literal["", "time", "memory"] = ""
    """The executor ended it over a limit that the task itself had set: a failure, under the task's own retries."""
