"""What people ask of the scheduler service, as plain data: rows of the store's `request`, one kind each."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec import Struct

from tradewind.model.ids import MapPath, RunKey, TaskId
from tradewind.model.records import RequestRecord
from tradewind.model.values import XCom


class Trigger(Struct, frozen=True, tag="trigger", omit_defaults=True):
    """A run by hand. The request is about no run: it is made when the request is taken."""

    dag_id: str
    conf: dict[str, Any] = {}
    params: dict[str, Any] = {}
    logical_date: datetime | None = None
    run_id: str | None = None
    note: str = ""
    run_after: datetime | None = None
    partition_key: str | None = None
    data_interval: tuple[datetime, datetime] | None = None
    """Instead of what the DAG's timetable infers."""


class Fork(Struct, frozen=True, omit_defaults=True):
    """New runs of the same code, in which everything that is not at or after some tasks of a run is as it is there.
    Done by whoever is asked, in one commit."""

    dag_id: str
    run_id: str
    tasks: tuple[tuple[TaskId, MapPath], ...]
    """Where they start. The path () stands for all instances of a mapped task."""
    params: tuple[dict[str, Any], ...] = ({},)
    """One run for each: what is to differ from the params of that run."""
    conf: dict[str, Any] = {}
    new_run_id: str | None = None
    """Of several, with `_1`, `_2` … behind it."""
    note: str = ""
    with_checkpoints: bool = True
    """Tasks go on from the last checkpoints of that run."""


class ForkMade(Struct, frozen=True):
    """One of the runs that came of it."""

    run: RunKey
    logical_date: datetime | None
    changed_params: dict[str, Any]
    kept: int
    """Task instances it has taken over."""
    runs_again: tuple[TaskId, ...]


class Cancel(Struct, frozen=True, tag="cancel", omit_defaults=True):
    """End the run: its running tasks are stopped, the others never start."""

    why: str = ""


class Clear(Struct, frozen=True, tag="clear", omit_defaults=True):
    """Let task instances of a run run again; a run that has ended goes on."""

    tasks: tuple[tuple[TaskId, MapPath], ...] = ()
    """The path () stands for all instances of a mapped task. No task at all: every one (with `only_failed`: every one
    that failed)."""
    upstream: bool = False
    downstream: bool = False
    only_failed: bool = False
    """Of those chosen, only what failed or is upstream_failed."""
    with_newest_code: bool = False
    """From here on the run goes on with the newest version of its DAG."""
    why: str = ""


class Mark(Struct, frozen=True, tag="mark", omit_defaults=True):
    """Say what became of task instances."""

    tasks: tuple[tuple[TaskId, MapPath], ...]
    state: Literal["success", "failed", "skipped"]
    upstream: bool = False
    downstream: bool = False
    why: str = ""


class MarkRun(Struct, frozen=True, tag="mark_run", omit_defaults=True):
    """Say what became of a run: tasks that run are stopped, and those that have not ended get the state's likeness
    (Airflow's `dags.mark_success`, `mark_failed`)."""

    state: Literal["success", "failed"]
    why: str = ""


class SetXCom(Struct, frozen=True, tag="set_xcom"):
    """A person's value in the place of a task's."""

    xcom: XCom


class DropXCom(Struct, frozen=True, tag="drop_xcom"):
    task_id: TaskId
    map_path: MapPath
    key: str


Wish: TypeAlias = Trigger | Cancel | Clear | Mark | MarkRun | SetXCom | DropXCom


def kind_and_payload(wish: Wish) -> tuple[str, dict[str, Any]]:
    """For `Store.add_request`."""
    payload: dict[str, Any] = msgspec.to_builtins(wish, builtin_types=(datetime,))
    return payload.pop("type"), payload


def wish_of(record: RequestRecord) -> Wish | None:
    """None for a kind that people do not ask for (some other process does).

    Raises msgspec.ValidationError for a payload that does not fit."""
    if record.kind not in _KINDS:
        return None
    return msgspec.convert({"type": record.kind, **record.payload}, Wish, strict=False)


# ------------------------------------------------------------------------------------------ what came of it

ANSWER = "answer"
"""Kind of a request that is an answer: to whoever waits under the address of a wish's `reply_to`."""
REPLY_TO = "reply_to"
"""Key in a wish's payload, beside its fields."""


class Answer(Struct, frozen=True, omit_defaults=True):
    """The wish was carried out, or why not."""

    problem: str = ""
    hint: str = ""
    is_not_found: bool = False


def address(reply_to: str) -> RunKey:
    """Where answers to this name are left, among the requests."""
    return RunKey("", f"answer:{reply_to}")


_KINDS = frozenset({"trigger", "cancel", "clear", "mark", "mark_run", "set_xcom", "drop_xcom"})
