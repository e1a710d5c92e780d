"""What the command line has a server do that is more than one call of the store: runs by hand, wishes, logs, values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from tradewind.api.access.rights import Action, Resource
from tradewind.api.call import Call
from tradewind.api.ours.forks import forked
from tradewind.api.ours.log_file import LogFolder
from tradewind.api.problems import Conflict, NotFound
from tradewind.api.remote.messages import (
    DeleteRuns,
    LeaveWish,
    Log,
    LogPiece,
    MakeForks,
    MakeRun,
    NextRun,
    OfAsset,
    OfBackfill,
    Parse,
    SetBackfill,
    ValueBytes,
)
from tradewind.artifacts.store import ArtifactStore
from tradewind.engine.run import Bounds
from tradewind.model.changes import RunCreated
from tradewind.model.parsing import NEXT_RUN_REQUEST, PARSE_REQUEST, TO_DAG_PROCESSOR
from tradewind.model.records import OwnerRecord
from tradewind.model.requests import Cancel, ForkMade
from tradewind.model.service import BackfillRecord, BackfillRunRecord, Topic
from tradewind.model.values import Value
from tradewind.purge import delete_runs
from tradewind.scheduler.asking import decide_here, leave
from tradewind.scheduler.triggering import make_run
from tradewind.store.errors import DuplicateRunError

MOST_LOG_BYTES = 1024 * 1024
MOST_VALUE_BYTES = 512 * 1024 * 1024


def _make_run(call: Call[Any, Any], asked: MakeRun) -> RunCreated:
    call.require(Resource.RUN, Action.CREATE, dag_id=asked.wish.dag_id)
    try:
        created = make_run(call.store, asked.wish, who=call.who.name, now=call.now)
    except DuplicateRunError as error:
        raise Conflict(error.message, hint=error.hint) from error
    call.store.ring(Topic.RUNS)
    call.audit("trigger", dag_id=created.run.dag_id, run_id=created.run.run_id, conf=asked.wish.conf)
    return created


def _make_forks(call: Call[Any, Any], asked: MakeForks) -> list[ForkMade]:
    call.require(Resource.RUN, Action.CREATE, dag_id=asked.wish.dag_id)
    return forked(call, asked.wish)


def _leave_wish(call: Call[Any, Any], asked: LeaveWish) -> str:
    """Whom it was left to, in words."""
    call.require(
        Resource.RUN if isinstance(asked.wish, Cancel) else Resource.TASK, Action.EDIT, dag_id=asked.key.dag_id
    )
    record = call.store.run(asked.key)
    if record is None:
        raise NotFound(f"there is no run {asked.key.run_id!r} of DAG {asked.key.dag_id!r}")
    whom = leave(call.store, asked.key, asked.wish, who=call.who.name, now=call.now)
    call.audit(type(asked.wish).__name__.lower(), dag_id=asked.key.dag_id, run_id=asked.key.run_id, why=asked.wish.why)
    if whom is None:
        settings = call.server.settings
        bounds = Bounds(settings.max_lost_tries, settings.max_map_length)
        decide_here(call.store, record, asked.wish, who=call.who.name, now=call.now, bounds=bounds)
        call.store.ring(Topic.RUNS)
        return "the server"
    call.store.ring(Topic.REQUESTS)
    if isinstance(whom, OwnerRecord):
        return f"process {whom.pid}, which drives it"
    return f"the scheduler (process {whom.pid} on {whom.host})"


def _delete_runs(call: Call[Any, Any], asked: DeleteRuns) -> tuple[int, int]:
    for key in asked.keys:
        call.require(Resource.RUN, Action.DELETE, dag_id=key.dag_id)
    found = delete_runs(call.server.settings, call.store, asked.keys)
    for key in asked.keys:
        call.audit("delete", dag_id=key.dag_id, run_id=key.run_id)
    return found


def _log(call: Call[Any, Any], asked: Log) -> LogPiece:
    call.require(Resource.LOG, Action.READ, dag_id=asked.key.dag_id)
    tries = call.store.tries(asked.key, asked.task_id, asked.map_path, with_callbacks=True)
    found = next((one for one in tries if one.try_id == asked.try_id), None)
    if found is None:
        raise NotFound("there is no such try")
    file = LogFolder(call.server.settings.log_folder).open(found.log_path)
    if file is None:
        return LogPiece(b"", 0, -1, found.state.is_live)
    with file:
        size = file.seek(0, 2)
        start = max(0, size + asked.start) if asked.start < 0 else min(asked.start, size)
        file.seek(start)
        return LogPiece(file.read(MOST_LOG_BYTES), start, size, found.state.is_live)


def _value(call: Call[Any, Any], asked: ValueBytes) -> bytes:
    call.require(Resource.XCOM, Action.READ, dag_id=asked.key.dag_id)
    found = [one for one in call.store.all_xcoms(asked.key) if one.task_id == asked.task_id]
    named = next((one for one in found if one.key == asked.name and one.map_path == asked.map_path), None)
    if named is None:
        raise NotFound("there is no such value")
    value: Value = named.value
    for place in asked.part:
        if not 0 <= place < len(value.parts):
            raise NotFound("the value has no such part")
        value = value.parts[place]
    if value.inline is not None:
        return value.inline
    if value.artifact is None or value.size_bytes > MOST_VALUE_BYTES:
        raise Conflict(f"a value of {value.size_bytes:,} bytes is not sent", hint="copy it from the artifact store")
    with ArtifactStore(call.server.settings.artifact_url).local(value.artifact) as path:
        return path.read_bytes()


def _backfill(call: Call[Any, Any], asked: OfBackfill) -> BackfillRecord:
    return _seen(call, asked.backfill_id, Action.READ)


def _backfill_dates(call: Call[Any, Any], asked: OfBackfill) -> list[BackfillRunRecord]:
    _seen(call, asked.backfill_id, Action.READ)
    return call.store.backfill_dates(asked.backfill_id)


def _set_backfill(call: Call[Any, Any], asked: SetBackfill) -> None:
    found = _seen(call, asked.backfill_id, Action.EDIT)
    if asked.is_cancelled:
        call.store.set_backfill(asked.backfill_id, is_cancelled=True)
    else:
        call.store.set_backfill(asked.backfill_id, is_paused=asked.is_paused)
    call.audit("set_backfill", dag_id=found.dag_id, backfill=asked.backfill_id, is_paused=asked.is_paused)
    call.store.ring(Topic.RUNS)


def _seen(call: Call[Any, Any], backfill_id: int, action: Action) -> BackfillRecord:
    call.require(Resource.BACKFILL, action)
    found = call.store.backfill(backfill_id)
    call.require(Resource.BACKFILL, action, dag_id=found.dag_id)
    return found


def _next_run(call: Call[Any, Any], asked: NextRun) -> None:
    """Have the dag-processor reckon what comes next."""
    call.require(Resource.DAG, Action.EDIT, dag_id=asked.dag_id)
    payload: dict[str, object] = {"dag_id": asked.dag_id}
    call.store.add_request(NEXT_RUN_REQUEST, TO_DAG_PROCESSOR, payload, who=call.who.name, now=call.now)
    call.store.ring(Topic.PARSE)


def _parse(call: Call[Any, Any], asked: Parse) -> None:
    """Have the dag-processor parse files again: those of DAGs that the caller may edit, or, who may edit all, all."""
    dags = [dag for dag in call.store.dags() if (dag.root, dag.file) == (asked.root, asked.file)]
    if asked.file and not dags:
        raise NotFound(f"no DAG comes from {asked.file!r}")
    for dag in dags or [None]:
        call.require(Resource.DAG, Action.EDIT, dag_id=None if dag is None else dag.dag_id)
    payload: dict[str, object] = {"root": asked.root, "file": asked.file} if asked.file else {}
    call.store.add_request(PARSE_REQUEST, TO_DAG_PROCESSOR, payload, who=call.who.name, now=call.now)
    call.store.ring(Topic.PARSE)
    call.audit("reparse", file=asked.file)


def _consumers(call: Call[Any, Any], asked: OfAsset) -> list[str]:
    call.require(Resource.ASSET, Action.READ)
    visible = call.visible(Resource.DAG)
    return [one for one in call.store.consumers_of(asked.name, asked.uri) if visible is None or one in visible]


def _producers(call: Call[Any, Any], asked: OfAsset) -> list[tuple[str, str]]:
    call.require(Resource.ASSET, Action.READ)
    visible = call.visible(Resource.DAG)
    return [one for one in call.store.producers_of(asked.name, asked.uri) if visible is None or one[0] in visible]


DEEDS: dict[str, Callable[[Call[Any, Any], Any], Any]] = {
    "make_run": _make_run,
    "make_forks": _make_forks,
    "leave_wish": _leave_wish,
    "delete_runs": _delete_runs,
    "log": _log,
    "value": _value,
    "backfill": _backfill,
    "backfill_dates": _backfill_dates,
    "set_backfill": _set_backfill,
    "next_run": _next_run,
    "parse": _parse,
    "consumers_of": _consumers,
    "producers_of": _producers,
}
TAKES: dict[str, type[Struct]] = {
    "make_run": MakeRun,
    "make_forks": MakeForks,
    "leave_wish": LeaveWish,
    "delete_runs": DeleteRuns,
    "log": Log,
    "value": ValueBytes,
    "backfill": OfBackfill,
    "backfill_dates": OfBackfill,
    "set_backfill": SetBackfill,
    "next_run": NextRun,
    "parse": Parse,
    "consumers_of": OfAsset,
    "producers_of": OfAsset,
}
