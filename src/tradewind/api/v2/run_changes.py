"""What people do to runs: start, note, mark, clear and delete them."""

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
from tradewind.api.problems import Conflict, Invalid, NotFound
from tradewind.api.v2 import bulk
from tradewind.api.v2.bulk import BulkAnswer, BulkBody
from tradewind.api.v2.changing import Masked, changes_of
from tradewind.api.v2.choosing import MOST_RUNS, Chosen, Wanted, choose, new_tasks, run_of, shown_chosen
from tradewind.api.v2.ranges import EVERY
from tradewind.api.v2.run_bodies import DAGRunCollection, DAGRunResponse, one_run
from tradewind.api.v2.task_bodies import TaskInstanceResponse
from tradewind.model.errors import TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.records import RunRecord
from tradewind.model.requests import Clear, MarkRun, Trigger, Wish
from tradewind.model.service import Topic
from tradewind.model.states import RunState
from tradewind.purge import delete_runs
from tradewind.scheduler.params import ParamError
from tradewind.scheduler.triggering import make_run
from tradewind.store.errors import DuplicateRunError
from tradewind.timetables.partition_keys import date_of

ROOT = "/api/v2/dags/{dag_id}/dagRuns"
ONE = f"{ROOT}/{{dag_run_id}}"
RunId = Annotated[str, Meta(min_length=1, max_length=250)]
Note = Annotated[str, Meta(max_length=1000)] | None


class TriggerDAGRunPostBody(Struct, frozen=True):
    dag_run_id: RunId | None = None
    """Without one: `manual__<logical date>`."""
    logical_date: datetime | None = None
    """Without one: now."""
    data_interval_start: datetime | None = None
    data_interval_end: datetime | None = None
    run_after: datetime | None = None
    """It begins no earlier."""
    conf: dict[str, Any] | None = None
    """Names of the DAG's params in it set these."""
    note: str | None = None
    partition_key: str | None = None


class DAGRunPatchBody(Struct, frozen=True, forbid_unknown_fields=True):
    state: Literal["queued", "success", "failed"] | UnsetType | None = UNSET
    """`queued`: what failed runs again."""
    note: Note | UnsetType = UNSET


class DAGRunClearBody(Struct, frozen=True, forbid_unknown_fields=True):
    dry_run: bool = True
    only_failed: bool = False
    only_new: bool = False
    run_on_latest_version: bool | None = None
    note: Note | UnsetType = UNSET


class BulkDAGRunBody(Struct, frozen=True, forbid_unknown_fields=True):
    dag_run_id: str
    dag_id: str | UnsetType | None = UNSET
    """Where the path has `~`."""
    state: Literal["queued", "success", "failed"] | UnsetType | None = UNSET
    note: Note | UnsetType = UNSET


class BulkDAGRunClearBody(DAGRunClearBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    dag_runs: tuple[BulkDAGRunBody, ...] | None = None
    partition_key: str | None = None
    partition_date_start: datetime | None = None
    partition_date_end: datetime | None = None


class NewTaskResponse(Struct, frozen=True):
    """A task that a run has no instance of yet."""

    task_id: str
    task_display_name: str


class ClearedInstances(Struct, frozen=True):
    """What a clear would let run again."""

    task_instances: tuple[TaskInstanceResponse | NewTaskResponse, ...]
    total_entries: int


# ---------------------------------------------------------------------------------------------- start


def trigger_dag_run(call: Call[Any, TriggerDAGRunPostBody]) -> DAGRunResponse:
    """Start a run of a DAG. It waits for a scheduler, and for the DAG where that is paused."""
    run = started(call, call.path["dag_id"], call.body)
    return one_run(call, run.dag_id, run.run_id)


def started(call: Call[Any, Any], dag_id: str, body: TriggerDAGRunPostBody) -> RunKey:
    """Rights were asked for before. Raises NotFound, Invalid for params that do not fit, Conflict."""
    if body.dag_run_id in (".", ".."):
        raise Invalid(f"a run cannot be called {body.dag_run_id!r}", hint="no URL could name it")
    wish = Trigger(
        dag_id,
        conf=body.conf or {},
        logical_date=_utc(body.logical_date),
        run_id=body.dag_run_id,
        note=body.note or "",
        run_after=_utc(body.run_after),
        partition_key=body.partition_key,
        data_interval=_interval(body),
    )
    try:
        made = make_run(call.store, wish, who=call.who.name, now=call.now)
    except ParamError as error:
        raise Invalid(error.message, hint=error.hint) from error
    except DuplicateRunError as error:
        raise Conflict(error.message, hint=error.hint) from error
    except (OverflowError, ValueError) as error:
        raise Invalid(f"these dates cannot be reckoned with: {error}") from error
    call.store.ring(Topic.RUNS)
    call.audit("trigger", dag_id=dag_id, run_id=made.run.run_id)
    return made.run


def _interval(body: TriggerDAGRunPostBody) -> tuple[datetime, datetime] | None:
    start, end = _utc(body.data_interval_start), _utc(body.data_interval_end)
    if (start is None) is not (end is None):
        raise Invalid("data_interval_start and data_interval_end come together, or neither does")
    if start is None or end is None:
        return None
    if start > end:
        raise Invalid("data_interval_start is after data_interval_end")
    return start, end


def _utc(at: datetime | None) -> datetime | None:
    if at is None:
        return None
    try:
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except OverflowError as error:
        raise Invalid(f"{at} is too far away") from error


# ---------------------------------------------------------------------------------------------- note, mark, delete


def patch_dag_run(call: Call[Masked, DAGRunPatchBody]) -> DAGRunResponse:
    """Mark a run as a success or failed, have what failed of it run again, or write a note on it."""
    run = _run(call)
    _change(call, run, changes_of(call.body, call.query.update_mask))
    return one_run(call, run.dag_id, run.run_id)


def delete_dag_run(call: Call[Any, Any]) -> None:
    """Delete a run: its history, logs, and the values that only it used."""
    _delete(call, _run(call))


def bulk_dag_runs(call: Call[Any, BulkBody[BulkDAGRunBody]]) -> BulkAnswer:
    """Change and delete many runs, of one DAG or (`~`) of many."""
    return bulk.carry_out(call.body.actions, partial(_entities, call))


def _entities(call: Call[Any, Any], action: bulk.BulkAction) -> Sequence[bulk.Entity]:
    match action:
        case bulk.BulkCreate():
            raise Invalid("runs are not created in bulk", hint=f"POST {ROOT}")
        case bulk.BulkUpdate(entities=entities, action_on_non_existence=otherwise, update_mask=mask):
            return [partial(_bulk_update, call, one, mask, otherwise) for one in entities]
        case bulk.BulkDelete(entities=entities, action_on_non_existence=otherwise):
            bodies = [BulkDAGRunBody(one) if isinstance(one, str) else one for one in entities]
            return [partial(_bulk_delete, call, one, otherwise) for one in bodies]


def _bulk_update(call: Call[Any, Any], body: BulkDAGRunBody, mask: Sequence[str] | None, otherwise: str) -> str | None:
    run = _named(call, body, Action.EDIT, otherwise)
    if run is None:
        return None
    _change(call, run, changes_of(body, mask, never=("dag_id", "dag_run_id")))
    return f"{run.dag_id}.{run.run_id}"


def _bulk_delete(call: Call[Any, Any], body: BulkDAGRunBody, otherwise: str) -> str | None:
    run = _named(call, body, Action.DELETE, otherwise)
    if run is None:
        return None
    _delete(call, run)
    return f"{run.dag_id}.{run.run_id}"


def _named(call: Call[Any, Any], body: BulkDAGRunBody, action: Action, otherwise: str) -> RunRecord | None:
    """Its DAG is what rights are asked for."""
    dag_id = dag_of(call, body.dag_id)
    call.require(Resource.RUN, action, dag_id=dag_id)
    found = call.store.run(RunKey(dag_id, body.dag_run_id))
    if found is None and otherwise == "fail":
        raise NotFound(f"the run {body.dag_run_id!r} of DAG {dag_id!r} was not found")
    return found


def dag_of(call: Call[Any, Any], own: str | UnsetType | None) -> str:
    """The DAG that the path names, or, where that is `~`, an object of the body. Raises Invalid."""
    of_path = call.path["dag_id"]
    if of_path != EVERY:
        if own not in (UNSET, None, of_path):
            raise Invalid(f"the body names DAG {own!r}, the path {of_path!r}", hint="~ in the path means any DAG")
        return of_path
    if not isinstance(own, str) or own == EVERY:
        raise Invalid("dag_id is missing", hint="name the DAG of each object where the path has ~")
    return own


def _run(call: Call[Any, Any]) -> RunRecord:
    return run_of(call, call.path["dag_id"], call.path["dag_run_id"])


def _change(call: Call[Any, Any], run: RunRecord, changes: dict[str, Any]) -> None:
    state = changes.get("state")
    if state == "queued":
        carry_out(call, "clear", [(run, Clear(only_failed=True, why="queued again"))])
    elif state is not None:
        carry_out(call, f"mark_{state}", [(run, MarkRun(state))])
    if "note" in changes:
        _note(call, run, changes["note"])


def _note(call: Call[Any, Any], run: RunRecord, note: str | None) -> None:
    call.store.set_run_note(RunKey(run.dag_id, run.run_id), note or "")
    call.audit("note", dag_id=run.dag_id, run_id=run.run_id, note=note)


def _delete(call: Call[Any, Any], run: RunRecord) -> None:
    if run.state is RunState.RUNNING:
        raise Conflict(f"run {run.run_id!r} of DAG {run.dag_id!r} is running", hint="mark it failed first")
    try:
        delete_runs(call.server.settings, call.store, [RunKey(run.dag_id, run.run_id)])
    except TradewindError as error:
        raise Conflict(error.message, hint=error.hint) from error
    call.audit("delete_run", dag_id=run.dag_id, run_id=run.run_id)


# ---------------------------------------------------------------------------------------------- clear


def clear_dag_run(call: Call[Any, DAGRunClearBody]) -> DAGRunResponse | ClearedInstances:
    """Let all of a run, or what failed of it, run again; with `dry_run` (the default) say what that would be."""
    run = _run(call)
    cleared = _cleared(call, [run], call.body)
    return cleared if cleared is not None else one_run(call, run.dag_id, run.run_id)


def clear_dag_runs(call: Call[Any, BulkDAGRunClearBody]) -> DAGRunCollection | ClearedInstances:
    """The same of many runs: those that are named, or those of a partition."""
    runs = _meant(call)
    cleared = _cleared(call, runs, call.body)
    if cleared is not None:
        return cleared
    return DAGRunCollection(tuple(one_run(call, run.dag_id, run.run_id) for run in runs), len(runs))


def _meant(call: Call[Any, BulkDAGRunClearBody]) -> list[RunRecord]:
    body = call.body
    if body.dag_runs is not None:
        found: dict[RunKey, RunRecord] = {}
        for one in body.dag_runs[: MOST_RUNS + 1]:
            dag_id = dag_of(call, one.dag_id)
            call.require(Resource.TASK, Action.EDIT, dag_id=dag_id)
            found[RunKey(dag_id, one.dag_run_id)] = run_of(call, dag_id, one.dag_run_id)
        return _few_enough(list(found.values()))
    has_dates = body.partition_date_start is not None or body.partition_date_end is not None
    if body.partition_key is None and not has_dates:
        raise Invalid("nothing is named", hint="give dag_runs, partition_key, or dates of partitions")
    dag_id = dag_of(call, UNSET)
    call.require(Resource.TASK, Action.EDIT, dag_id=dag_id)
    runs = call.store.runs(dag_id=dag_id, limit=MOST_RUNS)
    return [run for run in runs if _is_of_partition(run, body)]


def _is_of_partition(run: RunRecord, body: BulkDAGRunClearBody) -> bool:
    """Of that key, and of a date within (both ends are); a key that names no date is within none."""
    if body.partition_key is not None and run.partition_key != body.partition_key:
        return False
    start, end = body.partition_date_start, body.partition_date_end
    if start is None and end is None:
        return True
    at = date_of(run.partition_key)
    return at is not None and (start is None or start <= at) and (end is None or at <= end)


def _few_enough(runs: list[RunRecord]) -> list[RunRecord]:
    if len(runs) > MOST_RUNS:
        raise Invalid(f"more than {MOST_RUNS:,} runs", hint="clear them in parts")
    return runs


def _cleared(call: Call[Any, Any], runs: Sequence[RunRecord], body: DAGRunClearBody) -> ClearedInstances | None:
    """What would be cleared, on a dry run; None once it is done."""
    if body.only_new:
        return _only_new(call, runs, body)
    chosen = choose(call, runs, Wanted(only_failed=body.only_failed), untouched=False)
    if body.dry_run:
        shown = shown_chosen(call, chosen)
        return ClearedInstances(shown, len(shown))
    carry_out(call, "clear", [(one.run, _clear(one, newest=bool(body.run_on_latest_version))) for one in chosen])
    _note_all(call, runs, body)
    return None


def _only_new(call: Call[Any, Any], runs: Sequence[RunRecord], body: DAGRunClearBody) -> ClearedInstances | None:
    """Tasks that the newest version of the DAG has and the run's has not; the run goes on with that version."""
    if body.only_failed:
        raise Invalid("what is new has not failed", hint="give only_new or only_failed")
    chosen = [(run, new) for run in runs if (new := new_tasks(call.store, run))]
    for run, _ in chosen:
        if not run.state.is_finished:
            raise Conflict(f"run {run.run_id!r} of DAG {run.dag_id!r} has not ended", hint="ask again when it has")
    if body.dry_run:
        shown = tuple(NewTaskResponse(name, name) for _, new in chosen for name in new)
        return ClearedInstances(shown, len(shown))
    wishes = [(run, Clear(tuple((name, ()) for name in new), with_newest_code=True)) for run, new in chosen]
    carry_out(call, "clear", wishes)
    _note_all(call, runs, body)
    return None


def _note_all(call: Call[Any, Any], runs: Sequence[RunRecord], body: DAGRunClearBody) -> None:
    if isinstance(body.note, str):
        for run in runs:
            _note(call, run, body.note)


def _clear(chosen: Chosen, *, newest: bool) -> Wish:
    return Clear(chosen.names, with_newest_code=newest)


def _operation(method: Any, path: str, do: Any, needs: Need, **more: Any) -> Operation:
    return Operation(method=method, path=path, name=do.__name__, tag="DagRun", needs=needs, do=do, **more)


_EDIT, _TASKS = Need(Resource.RUN, Action.EDIT), Need(Resource.TASK, Action.EDIT)
OPERATIONS = (
    _operation(
        "POST",
        ROOT,
        trigger_dag_run,
        Need(Resource.RUN, Action.CREATE),
        body=TriggerDAGRunPostBody,
        answer=DAGRunResponse,
        errors=(404, 409),
        examples={
            "now": {"conf": {"learning_rate": 0.01}, "note": "a try"},
            "of a date": {"logical_date": "2026-01-31T00:00:00Z", "dag_run_id": "again"},
        },
    ),
    _operation(
        "PATCH",
        ROOT,
        bulk_dag_runs,
        Need(Resource.RUN),  # each object's DAG is asked for inside
        body=BulkBody[BulkDAGRunBody],
        answer=BulkAnswer,
        examples={"delete": {"actions": [{"action": "delete", "entities": ["manual__2026-01-31T00:00:00+00:00"]}]}},
    ),
    _operation(
        "PATCH",
        ONE,
        patch_dag_run,
        _EDIT,
        query=Masked,
        body=DAGRunPatchBody,
        answer=DAGRunResponse,
        errors=(409,),
        examples={"failed": {"state": "failed", "note": "wrong data"}},
    ),
    _operation("DELETE", ONE, delete_dag_run, Need(Resource.RUN, Action.DELETE), status=204, errors=(409,)),
    _operation(
        "POST",
        f"{ONE}/clear",
        clear_dag_run,
        _TASKS,
        body=DAGRunClearBody,
        answer=dict[str, Any],
        errors=(409, 501),
        examples={"what failed": {"dry_run": False, "only_failed": True}},
    ),
    _operation(
        "POST",
        "/api/v2/dags/{dag_id}/clearDagRuns",
        clear_dag_runs,
        Need(Resource.TASK),  # each run's DAG is asked for inside
        body=BulkDAGRunClearBody,
        answer=dict[str, Any],
        errors=(409, 501),
        examples={"two": {"dry_run": False, "dag_runs": [{"dag_run_id": "r1"}, {"dag_run_id": "r2"}]}},
    ),
)
