"""What people do to a run: clear, mark, cancel, note. Clearing and marking can be previewed: what would they touch?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from msgspec import Struct

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.carrying_out import carry_out
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.runs import ClearBody, MarkBody, Touched, TouchedList
from tradewind.api.ours.paths import RUN, key_of, run_of
from tradewind.api.ours.restoring import restored
from tradewind.api.problems import Conflict, Invalid
from tradewind.engine.clearing import with_relatives
from tradewind.engine.run import FAILED_STATES, Instance, Run
from tradewind.engine.stopping import was_cancelled
from tradewind.model.ids import MapPath, TaskId
from tradewind.model.records import RunRecord
from tradewind.model.requests import Cancel, Clear, Mark, MarkRun, Wish
from tradewind.model.states import TaskState

MOST_RUNS = 1_000
MOST_TOUCHED = 20_000
_MARKS = ("success", "failed", "skipped")


class ReasonBody(Struct, frozen=True):
    why: str = ""


class NoteBody(Struct, frozen=True):
    note: str


def clear(call: Call[Any, ClearBody]) -> TouchedList:
    """Let task instances run again; with `dry_run`, say which that would be"""
    body = call.body
    found = _selected(call, body.tasks, body, only_failed=body.only_failed)
    if not body.dry_run:
        wishes = [(record, _clear(body, instances)) for record, instances in found]
        carry_out(call, "clear", wishes)
    return _touched(found, is_done=not body.dry_run)


def mark(call: Call[Any, MarkBody]) -> TouchedList:
    """Say what became of a run, or of some of its task instances; with `dry_run`, say of which"""
    body = call.body
    if body.state not in _MARKS or (not body.tasks and body.state == "skipped"):
        raise Invalid(f"{body.state[:40]!r} is no state to mark as", hint="success or failed; skipped only for tasks")
    found = _selected(call, body.tasks, body)
    if not body.dry_run:
        carry_out(call, f"mark_{body.state}", [(record, _mark(body, instances)) for record, instances in found])
    return _touched(found, is_done=not body.dry_run)


def cancel(call: Call[Any, ReasonBody]) -> None:
    """End a run: its tasks are stopped, the others never start"""
    record = run_of(call)
    if record.state.is_finished:
        raise Conflict(f"run {record.run_id!r} has ended already: {record.state}")
    carry_out(call, "cancel", [(record, Cancel(call.body.why))])


def set_note(call: Call[Any, NoteBody]) -> None:
    """Write a note on a run"""
    run_of(call)
    call.store.set_run_note(key_of(call), call.body.note)
    call.audit("note", dag_id=call.path["dag_id"], run_id=call.path["run_id"], note=call.body.note)


# ------------------------------------------------------------------------------------------ which


def _selected(
    call: Call[Any, Any],
    tasks: Sequence[tuple[TaskId, MapPath]],
    body: ClearBody | MarkBody,
    *,
    only_failed: bool = False,
) -> list[tuple[RunRecord, list[Instance]]]:
    """Of each run that is meant, the instances; runs that have none of them are left out.

    Raises NotFound, Invalid."""
    found: list[tuple[RunRecord, list[Instance]]] = []
    touched = 0
    for record in _runs(call, body):
        run = restored(call, record)
        instances = _instances(run, tasks, body, only_failed=only_failed)
        touched += len(instances)
        if touched > MOST_TOUCHED:
            raise Invalid(f"this would touch more than {MOST_TOUCHED:,} task instances", hint="choose fewer runs")
        if instances or not body_names_tasks(body):
            found.append((record, instances))
    return found


def body_names_tasks(body: ClearBody | MarkBody) -> bool:
    """False: it is about the run itself."""
    return isinstance(body, ClearBody) or bool(body.tasks)


def _instances(
    run: Run, tasks: Sequence[tuple[TaskId, MapPath]], body: ClearBody | MarkBody, *, only_failed: bool
) -> list[Instance]:
    names = [(task_id, tuple(path)) for task_id, path in tasks] or [(task.task_id, ()) for task in run.plan.tasks]
    for task_id, _ in names:
        if task_id not in run.plan.by_id:
            raise Invalid(f"DAG {run.spec.dag_id!r} has no task {task_id!r} in this run")
    direct = [one for task_id, path in names for one in run.below(run.plan.by_id[task_id], path)]
    if only_failed:
        direct = [one for one in direct if one.state in FAILED_STATES or was_cancelled(one)]
    chosen = with_relatives(run, tuple(map(_name, direct)), upstream=body.upstream, downstream=body.downstream)
    found = [one for name in chosen if (one := run.instance(*name)) is not None]
    return [one for one in found if isinstance(body, MarkBody) or one.state is not TaskState.NONE]


def _runs(call: Call[Any, Any], body: ClearBody | MarkBody) -> list[RunRecord]:
    """The run, and with `past` and `future` those before and after it; the oldest first."""
    own = run_of(call)
    if not body.past and not body.future:
        return [own]
    at = _date(own)
    others = [
        one
        for one in call.store.runs(dag_id=own.dag_id, limit=MOST_RUNS)
        if (body.past and _date(one) < at) or (body.future and _date(one) > at)
    ]
    return sorted([own, *others], key=_date)


def _date(record: RunRecord) -> Any:
    return record.logical_date or record.run_after


def _name(one: Instance) -> tuple[TaskId, MapPath]:
    return one.plan.task_id, one.path


# ------------------------------------------------------------------------------------------ asking


def _clear(body: ClearBody, instances: Sequence[Instance]) -> Wish:
    return Clear(tuple(map(_name, instances)), with_newest_code=body.with_newest_code, why=body.why)


def _mark(body: MarkBody, instances: Sequence[Instance]) -> Wish:
    state = cast("Any", body.state)
    return Mark(tuple(map(_name, instances)), state, why=body.why) if body.tasks else MarkRun(state, body.why)


def _touched(found: Iterable[tuple[RunRecord, list[Instance]]], *, is_done: bool) -> TouchedList:
    touched = [
        Touched(record.dag_id, record.run_id, one.plan.task_id, one.path, str(one.state))
        for record, instances in found
        for one in instances
    ]
    return TouchedList(touched, is_done)


OPERATIONS = (
    Operation(
        method="POST",
        path=f"{RUN}/clear",
        name="tradewind_clear",
        tag="Runs",
        needs=Need(Resource.TASK, Action.EDIT),
        do=clear,
        body=ClearBody,
        answer=TouchedList,
        errors=(409,),
        examples={"preview": {"tasks": [["train", []]], "downstream": True, "dry_run": True}},
    ),
    Operation(
        method="POST",
        path=f"{RUN}/mark",
        name="tradewind_mark",
        tag="Runs",
        needs=Need(Resource.TASK, Action.EDIT),
        do=mark,
        body=MarkBody,
        answer=TouchedList,
        errors=(409,),
        examples={"the run": {"state": "failed", "dry_run": False, "why": "wrong data"}},
    ),
    Operation(
        method="POST",
        path=f"{RUN}/cancel",
        name="tradewind_cancel",
        tag="Runs",
        needs=Need(Resource.RUN, Action.EDIT),
        do=cancel,
        body=ReasonBody,
        status=204,
        errors=(409,),
        examples={"with a reason": {"why": "the data is of the wrong day"}},
    ),
    Operation(
        method="POST",
        path=f"{RUN}/note",
        name="tradewind_note",
        tag="Runs",
        needs=Need(Resource.RUN, Action.EDIT),
        do=set_note,
        body=NoteBody,
        status=204,
        examples={"a note": {"note": "slower, since the cache was cold"}},
    ),
)
