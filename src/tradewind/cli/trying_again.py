"""A try of a run as it was: its code, its params and dates, the values it read. For `debug` and `tasks replay`; nothing
is written to the run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from tradewind.artifacts.store import ArtifactStore
from tradewind.cli.home import Home
from tradewind.cli.load_here import LoadedHere, load_here
from tradewind.cli.tasks.alone import StoreSupervisor
from tradewind.cli.tasks.which import task_of
from tradewind.cli.which_run import find_run, key_of
from tradewind.cli.wishes import restored
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import MapPath, RunKey, path_from_text, path_to_text
from tradewind.model.messages import GetTries, ReadEntries, Request, RunFacts, RunTry
from tradewind.model.records import RunRecord, TryRecord
from tradewind.model.spec import TaskSpec
from tradewind.model.states import RunState, TryPurpose, TryState
from tradewind.runner.in_process import message_for
from tradewind.scheduler.clock import utc_now
from tradewind.store.base import Store

NEW_CODE = "goes on with new code"


class TriedAgain(Struct, frozen=True):
    """Ready for `runner.opened_try.open_try`."""

    run: RunRecord
    task: TaskSpec
    map_path: MapPath
    record: TryRecord | None
    """The try as it was; None: the task has had none in this run."""
    loaded: LoadedHere
    message: RunTry
    supervisor: TrySupervisor
    warnings: tuple[str, ...]
    """What is not as it was for that try."""
    home: str

    @property
    def name(self) -> str:
        index = f"[{path_to_text(self.map_path)}]" if self.map_path else ""
        return f"{self.run.dag_id} {self.run.run_id} {self.task.task_id}{index} try {self.message.try_number}"


def try_again(
    home: Home, run_text: str, task_text: str, number: int | None, *, dag_id: str | None, scratch: Path
) -> TriedAgain:
    """`run_text`: a run id or its beginning, or a DAG (its latest run); `task_text`: `train` or `train[3]`; `number` of
    the try: the last by default. Raises NotFoundError, DagFileError."""
    if home.remote is not None:
        raise TradewindError(
            "a try is opened on the machine that has its code and values, not over a server",
            hint="run the command there, with TRADEWIND_URL= in front",
        )
    run = find_run(home.store, dag_id, run_text) if dag_id else find_run(home.store, run_text, None)
    task_id, bracket, index = task_text.partition("[")
    loaded = load_here("", run=run)
    task = task_of(loaded.spec, task_id)
    path = _path(loaded, task, index.rstrip("]") if bracket else "")
    tries = [one for one in home.store.tries(key_of(run), task_id, path) if one.purpose is TryPurpose.EXECUTE]
    if path and not tries:
        _check_instance(home, run, task_id, path)
    record = _chosen(tries, number, run, task_text)
    supervisor = TrySupervisor(home.store, key_of(run), ArtifactStore(home.settings.artifact_url), scratch, record)
    message = _message(home, loaded, run, task, path, record, tries, scratch)
    supervisor.begin(message)
    warnings = tuple(_newer_inputs(home.store, run, loaded, task, record))
    return TriedAgain(run, task, path, record, loaded, message, supervisor, warnings, str(home.settings.home))


class TrySupervisor(StoreSupervisor):
    """Answers as the store would have when the try began: of earlier tries and their entries alone."""

    def __init__(
        self, store: Store, own: RunKey, artifacts: ArtifactStore, scratch: Path, record: TryRecord | None
    ) -> None:
        super().__init__(store, own, artifacts, scratch)
        self._record = record

    def ask(self, request: Request) -> Any:
        match request:
            case GetTries(task=task):
                return self._plain([one for one in self._store.tries(task.run, task.task_id, task.map_path)
                                    if self._is_earlier(one)])  # fmt: skip
            case ReadEntries(query=query):
                kept = [one for one in self._store.entries(query) if self._was_known(one.at, one.try_id, one.body)]
                return [*super().ask(request), *map(to_builtins, kept)]
            case _:
                return super().ask(request)

    def _is_earlier(self, one: TryRecord) -> bool:
        return self._record is None or one.try_id < self._record.try_id  # ids sort by time of birth

    def _was_known(self, at: Any, try_id: str, body: dict[str, Any]) -> bool:
        """What the try itself has written of the one before it belongs to its beginning."""
        if self._record is None or try_id != self._record.try_id:
            return self._record is None or at <= (self._record.started_at or self._record.queued_at)
        return body.get("failed_try", try_id) != try_id


# ------------------------------------------------------------------------------------ inside


def _path(loaded: LoadedHere, task: TaskSpec, index: str) -> MapPath:
    levels = len(loaded.dag.get_task(task.task_id).map_scopes())
    try:
        path = path_from_text(index) if index else ()
    except ValueError:
        raise TradewindError(f"{index!r} is no map index", hint=f"e.g. {task.task_id}[0]") from None
    if len(path) != levels:
        first = path_to_text((0,) * levels)
        hint = f"say which: '{task.task_id}[{first}]' is the first" if levels else f"it is not mapped: {task.task_id}"
        raise TradewindError(f"task {task.task_id!r} takes {levels} map indexes", hint=hint)
    return path


def _check_instance(home: Home, run: RunRecord, task_id: str, path: MapPath) -> None:
    """Raises NotFoundError for an instance that the run has not."""
    restored_run = restored(home, run)
    if restored_run.instance(task_id, path) is None:
        there = [path_to_text(one.path) for one in restored_run.below(restored_run.plan.by_id[task_id], ())]
        raise NotFoundError(
            f"task {task_id!r} has no instance {path_to_text(path)} in run {run.run_id!r}",
            hint=f"it has {there[0]} to {there[-1]}" if there else "what it is mapped over is not there",
        )


def _chosen(tries: Sequence[TryRecord], number: int | None, run: RunRecord, task_text: str) -> TryRecord | None:
    """A lost try and its repeat have one number: the later one is meant."""
    if number is None:
        return tries[-1] if tries else None
    found = [one for one in tries if one.number == number]
    if not found:
        known = ", ".join(str(one) for one in sorted({one.number for one in tries})) or "none"
        raise NotFoundError(f"task {task_text!r} has no try {number} in run {run.run_id!r}", hint=f"it has {known}")
    return found[-1]


def _message(
    home: Home,
    loaded: LoadedHere,
    run: RunRecord,
    task: TaskSpec,
    path: MapPath,
    record: TryRecord | None,
    tries: Sequence[TryRecord],
    scratch: Path,
) -> RunTry:
    name = (task.task_id, path)
    known = next((one for one in home.store.tasks(key_of(run)) if (one.task_id, one.map_path) == name), None)
    cleared_after = known.tries_before_clear if known is not None else 0
    is_of_now = record is None or record.number > cleared_after
    same_life = [one for one in tries if (one.number > cleared_after) == is_of_now and one.started_at is not None]
    before = [one for one in same_life if record is not None and one.try_id < record.try_id]
    made = message_for(
        loaded.dag,
        task.task_id,
        path,
        run_id=run.run_id,
        try_number=record.number if record is not None else 1,
        expansion_lengths=restored(home, run).expansion_lengths(task.task_id, path),
        artifact_url=str(scratch),
    )
    return replace(
        made,
        run=_facts(run),
        max_tries=1 + task.retry.retries,
        first_started_at=before[0].started_at if before else None,
    )


def _facts(run: RunRecord) -> RunFacts:
    return RunFacts(
        run_type=run.run_type,
        state=RunState.RUNNING,
        logical_date=run.logical_date,
        data_interval_start=run.data_interval_start,
        data_interval_end=run.data_interval_end,
        run_after=run.run_after,
        started_at=run.started_at or utc_now(),
        conf=run.conf,
        params=run.params,
        note=run.note,
        dag_hash=run.dag_hash,
        triggering_assets=run.triggering_assets,
        partition_key=run.partition_key,
    )


def _newer_inputs(
    store: Store, run: RunRecord, loaded: LoadedHere, task: TaskSpec, record: TryRecord | None
) -> list[str]:
    """Tasks before it that have run again since: their values of then are not kept."""
    if record is None:
        return ["the task has had no try in this run: this is what its first would have"]
    began = record.started_at or record.queued_at
    newer = {
        one.task_id
        for one in store.tries(key_of(run))
        if one.task_id in task.upstream
        and one.state is TryState.SUCCESS
        and one.ended_at is not None
        and one.ended_at > began
    }
    found = [f"{name} has run again since: its values are newer than those this try has read" for name in sorted(newer)]
    if any(NEW_CODE in one.why and one.at > began for one in store.history(key_of(run))):
        found.append("the run has gone on with new code since: this is the code it has now")
    return found
