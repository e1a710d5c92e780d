"""What people do to task instances: mark, note and clear them, by task, map index, group or in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.carrying_out import carry_out
from tradewind.api.operation import Operation
from tradewind.api.problems import Conflict, Invalid, NotFound, NotHere
from tradewind.api.v2 import bulk
from tradewind.api.v2.bulk import BulkAnswer, BulkBody
from tradewind.api.v2.changing import Masked, changes_of
from tradewind.api.v2.choosing import (
    Chosen,
    Wanted,
    between,
    choose,
    run_of,
    shown_chosen,
    tasks_of_group,
    with_neighbours,
)
from tradewind.api.v2.not_here import NO_DELETING
from tradewind.api.v2.ranges import EVERY
from tradewind.api.v2.run_changes import Note, dag_of
from tradewind.api.v2.task_bodies import TaskInstanceCollection
from tradewind.model.ids import RunKey
from tradewind.model.records import RunRecord
from tradewind.model.requests import Clear, Mark
from tradewind.model.states import TaskState

RUN = "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}"
ROOT = f"{RUN}/taskInstances"
TASK = f"{ROOT}/{{task_id}}"
INSTANCE = f"{TASK}/{{map_index}}"
GROUP = f"{RUN}/taskGroupInstances/{{group_id}}"
STATES = ("success", "failed", "skipped")
State = Literal[
    "removed",
    "scheduled",
    "queued",
    "running",
    "success",
    "restarting",
    "failed",
    "up_for_retry",
    "up_for_reschedule",
    "upstream_failed",
    "skipped",
    "deferred",
    "awaiting_input",
]


class PatchTaskInstanceBody(Struct, frozen=True, forbid_unknown_fields=True):
    new_state: State | UnsetType | None = UNSET
    """`success`, `failed` or `skipped`."""
    note: Note | UnsetType = UNSET
    include_upstream: bool = False
    include_downstream: bool = False
    include_future: bool = False
    """Also in later runs of the DAG."""
    include_past: bool = False


class BulkTaskInstanceBody(PatchTaskInstanceBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    task_id: str
    map_index: int | None = None
    dag_id: str | UnsetType | None = UNSET
    """Where the path has `~`."""
    dag_run_id: str | UnsetType | None = UNSET


class ClearTaskInstancesBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    dry_run: bool = True
    start_date: datetime | None = None
    """Runs from this date on, where no run is named."""
    end_date: datetime | None = None
    only_failed: bool = True
    only_running: bool = False
    reset_dag_runs: bool = True
    """A run that has ended goes on either way."""
    task_ids: tuple[str | tuple[str, int], ...] | None = None
    """Ids, or pairs of an id and a map index."""
    dag_run_id: str | None = None
    include_upstream: bool = False
    include_downstream: bool = False
    include_future: bool = False
    include_past: bool = False
    run_on_latest_version: bool | None = None
    prevent_running_task: bool = False
    """Nothing is cleared where one of them runs."""
    note: Note | UnsetType = UNSET


class InstanceMask(Masked, frozen=True, kw_only=True):
    map_index: Annotated[int, Meta(ge=-1)] | None = None


# ---------------------------------------------------------------------------------------------- mark and note


def patch_task_instance(call: Call[InstanceMask, PatchTaskInstanceBody]) -> TaskInstanceCollection:
    """Mark a task instance as a success, failed or skipped, or write a note on it; of a mapped task all, or one."""
    return _patched(call, (call.path["task_id"],), call.query.map_index)


def patch_task_instance_dry_run(call: Call[InstanceMask, PatchTaskInstanceBody]) -> TaskInstanceCollection:
    """What that would mark."""
    return _preview(call, (call.path["task_id"],), call.query.map_index)


def patch_task_instance_by_map_index(call: Call[Masked, PatchTaskInstanceBody]) -> TaskInstanceCollection:
    """The same of one instance of a mapped task; -1: of a task that is not mapped."""
    return _patched(call, (call.path["task_id"],), _index(call))


def patch_task_instance_dry_run_by_map_index(call: Call[Masked, PatchTaskInstanceBody]) -> TaskInstanceCollection:
    """What that would mark."""
    return _preview(call, (call.path["task_id"],), _index(call))


def patch_task_group_instances(call: Call[Masked, PatchTaskInstanceBody]) -> TaskInstanceCollection:
    """The same of all task instances of a task group."""
    return _patched(call, _group(call), None)


def patch_task_group_instances_dry_run(call: Call[Masked, PatchTaskInstanceBody]) -> TaskInstanceCollection:
    """What that would mark."""
    return _preview(call, _group(call), None)


def _patched(call: Call[Any, PatchTaskInstanceBody], tasks: Sequence[str], index: int | None) -> Any:
    changes = changes_of(call.body, call.query.update_mask)
    if "new_state" not in changes and "note" not in changes:
        raise Invalid("nothing is to be changed", hint="give new_state, or note")
    chosen = _chosen(call, _run(call), tasks, index, call.body)
    marked = _mark(call, chosen, changes["new_state"], is_one=True) if "new_state" in changes else chosen
    if "note" in changes:
        _note(call, chosen, changes["note"])
    return _collection(call, marked)


def _preview(call: Call[Any, PatchTaskInstanceBody], tasks: Sequence[str], index: int | None) -> Any:
    changes = changes_of(call.body, call.query.update_mask)
    chosen = _chosen(call, _run(call), tasks, index, call.body)
    return _collection(call, _different(chosen, _state(changes["new_state"])) if "new_state" in changes else chosen)


def _chosen(
    call: Call[Any, Any], run: RunRecord, tasks: Sequence[str], index: int | None, body: PatchTaskInstanceBody
) -> list[Chosen]:
    wanted = Wanted(
        tasks=tuple((task_id, index) for task_id in tasks),
        upstream=body.include_upstream,
        downstream=body.include_downstream,
    )
    runs = with_neighbours(call, run, past=body.include_past, future=body.include_future)
    found = choose(call, runs, wanted, untouched=True)
    if not found:
        raise NotFound(f"run {run.run_id!r} has no such task instance")
    return found


def _mark(call: Call[Any, Any], chosen: Sequence[Chosen], new_state: str | None, *, is_one: bool) -> list[Chosen]:
    """Those that were not in this state. Raises Conflict where all of them are, and `is_one`."""
    state = _state(new_state)
    different = _different(chosen, state)
    if is_one and not different:
        raise Conflict(f"they are {state} already")
    carry_out(call, f"mark_{state}", [(one.run, Mark(one.names, state)) for one in different])
    return different


def _different(chosen: Sequence[Chosen], state: str) -> list[Chosen]:
    found = [Chosen(one.run, [each for each in one.instances if each.state != state]) for one in chosen]
    return [one for one in found if one.instances]


def _state(new_state: str | None) -> Any:
    """Raises Invalid."""
    if new_state not in STATES:
        raise Invalid(f"{new_state!r} is no state to mark as", hint=f"one of {', '.join(STATES)}")
    return new_state


def _note(call: Call[Any, Any], chosen: Sequence[Chosen], note: str | None) -> None:
    for one in chosen:
        key = RunKey(one.run.dag_id, one.run.run_id)
        call.store.set_task_notes(key, one.names, note or "", who=call.who.name, now=call.now)
        tasks = sorted({task_id for task_id, _ in one.names})
        call.audit("note", dag_id=key.dag_id, run_id=key.run_id, tasks=tasks, note=note)


def _group(call: Call[Any, Any]) -> tuple[str, ...]:
    found = tasks_of_group(call, _run(call), call.path["group_id"])
    if not found:
        raise NotFound(f"task group {call.path['group_id']!r} has no tasks")
    return found


def _run(call: Call[Any, Any]) -> RunRecord:
    return run_of(call, call.path["dag_id"], call.path["dag_run_id"])


def _index(call: Call[Any, Any]) -> int:
    """Raises Invalid."""
    text = call.path["map_index"]
    if not text.removeprefix("-").isdecimal() or len(text) > 9:
        raise Invalid(f"map_index is a number, not {text[:40]!r}")
    return int(text)


def _collection(call: Call[Any, Any], chosen: Sequence[Chosen]) -> TaskInstanceCollection:
    shown = shown_chosen(call, chosen)
    return TaskInstanceCollection(shown, len(shown))


# ---------------------------------------------------------------------------------------------- bulk


def bulk_task_instances(call: Call[Any, BulkBody[BulkTaskInstanceBody]]) -> BulkAnswer:
    """Mark and note many task instances, of one run or (`~`) of many."""
    return bulk.carry_out(call.body.actions, partial(_entities, call))


def _entities(call: Call[Any, Any], action: bulk.BulkAction) -> Sequence[bulk.Entity]:
    match action:
        case bulk.BulkCreate():
            raise Invalid("task instances are not created by callers")
        case bulk.BulkUpdate(entities=entities, action_on_non_existence=otherwise, update_mask=mask):
            return [partial(_bulk_update, call, one, mask, otherwise) for one in entities]
        case bulk.BulkDelete():
            raise NotHere(NO_DELETING, hint="clear it, or delete its run")


def _bulk_update(
    call: Call[Any, Any], body: BulkTaskInstanceBody, mask: Sequence[str] | None, otherwise: str
) -> str | None:
    dag_id, run_id = dag_of(call, body.dag_id), _run_id(call, body)
    call.require(Resource.TASK, Action.EDIT, dag_id=dag_id)
    changes = changes_of(body, mask)
    try:
        chosen = _chosen(call, run_of(call, dag_id, run_id), (body.task_id,), body.map_index, body)
    except NotFound:
        if otherwise == "skip":
            return None
        raise
    if "new_state" in changes:
        _mark(call, chosen, changes["new_state"], is_one=False)
    if "note" in changes:
        _note(call, chosen, changes["note"])
    index = -1 if body.map_index is None else body.map_index
    return f"{dag_id}.{run_id}.{body.task_id}[{index}]"


def _run_id(call: Call[Any, Any], body: BulkTaskInstanceBody) -> str:
    of_path, own = call.path["dag_run_id"], body.dag_run_id
    if of_path != EVERY:
        if own not in (UNSET, None, of_path):
            raise Invalid(f"the body names run {own!r}, the path {of_path!r}")
        return of_path
    if not isinstance(own, str):
        raise Invalid("dag_run_id is missing", hint="name the run of each object where the path has ~")
    return own


# ---------------------------------------------------------------------------------------------- clear


def post_clear_task_instances(call: Call[Any, ClearTaskInstancesBody]) -> TaskInstanceCollection:
    """Let task instances run again; with `dry_run` (the default) say which that would be."""
    body, dag_id = call.body, call.path["dag_id"]
    if call.store.dag(dag_id) is None:
        raise NotFound(f"the DAG {dag_id!r} was not found")
    chosen = choose(call, _meant(call, dag_id), _wanted(body), untouched=False)
    if body.prevent_running_task:
        _check_none_runs(chosen)
    if body.dry_run:
        return _collection(call, chosen)
    newest = bool(body.run_on_latest_version)
    carry_out(call, "clear", [(one.run, Clear(one.names, with_newest_code=newest)) for one in chosen])
    if isinstance(body.note, str):
        _note(call, chosen, body.note)
    return _collection(call, chosen)


def _meant(call: Call[Any, Any], dag_id: str) -> list[RunRecord]:
    body: ClearTaskInstancesBody = call.body
    if body.dag_run_id is None:
        if body.include_past or body.include_future:
            raise Invalid("include_past and include_future need dag_run_id")
        return between(call, dag_id, _utc(body.start_date), _utc(body.end_date))
    own = run_of(call, dag_id, body.dag_run_id)
    return with_neighbours(call, own, past=body.include_past, future=body.include_future)


def _wanted(body: ClearTaskInstancesBody) -> Wanted:
    tasks = [(one, None) if isinstance(one, str) else one for one in body.task_ids or ()]
    if body.task_ids is not None and not tasks:
        raise Invalid("task_ids is empty", hint="leave it out for all tasks")
    return Wanted(
        tasks=tuple(tasks),
        upstream=body.include_upstream,
        downstream=body.include_downstream,
        only_failed=body.only_failed,
        only_running=body.only_running,
    )


def _check_none_runs(chosen: Sequence[Chosen]) -> None:
    running = [each for one in chosen for each in one.instances if each.state is TaskState.RUNNING]
    if running:
        raise Conflict(
            f"task {running[0].plan.task_id!r} is running", hint="wait for it, or leave prevent_running_task out"
        )


def _utc(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at


def _operation(method: Any, path: str, do: Any, **more: Any) -> Operation:
    need = Need(Resource.TASK, Action.EDIT)
    return Operation(method=method, path=path, name=do.__name__, tag="Task Instance", needs=need, do=do, **more)


_FAILED = {"task_id": "train", "new_state": "failed"}
_MARK = {"success": {"new_state": "success", "note": "done by hand"}}
_BODIES: dict[str, Any] = {"body": PatchTaskInstanceBody, "answer": TaskInstanceCollection, "examples": _MARK}
OPERATIONS = (
    Operation(
        method="PATCH",
        path=ROOT,
        name="bulk_task_instances",
        tag="Task Instance",
        needs=Need(Resource.TASK),  # each object's DAG is asked for inside
        do=bulk_task_instances,
        body=BulkBody[BulkTaskInstanceBody],
        answer=BulkAnswer,
        examples={
            "mark": {"actions": [{"action": "update", "entities": [{"task_id": "train", "new_state": "failed"}]}]}
        },
    ),
    _operation("PATCH", TASK, patch_task_instance, query=InstanceMask, errors=(409,), **_BODIES),
    _operation("PATCH", f"{TASK}/dry_run", patch_task_instance_dry_run, query=InstanceMask, **_BODIES),
    _operation("PATCH", INSTANCE, patch_task_instance_by_map_index, query=Masked, errors=(409,), **_BODIES),
    _operation("PATCH", f"{INSTANCE}/dry_run", patch_task_instance_dry_run_by_map_index, query=Masked, **_BODIES),
    _operation("PATCH", GROUP, patch_task_group_instances, query=Masked, errors=(409,), **_BODIES),
    _operation("PATCH", f"{GROUP}/dry_run", patch_task_group_instances_dry_run, query=Masked, **_BODIES),
    _operation(
        "POST",
        "/api/v2/dags/{dag_id}/clearTaskInstances",
        post_clear_task_instances,
        body=ClearTaskInstancesBody,
        answer=TaskInstanceCollection,
        errors=(404, 409),
        examples={
            "from a task on": {
                "dry_run": False,
                "dag_run_id": "manual__2026-01-31T00:00:00+00:00",
                "task_ids": ["train"],
                "include_downstream": True,
                "only_failed": False,
            }
        },
    ),
)
