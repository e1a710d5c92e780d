"""What one call of the command line has open (store, executor, scheduler), and how a DAG becomes a run in it."""

from __future__ import annotations

import getpass
import logging
import signal
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from msgspec import Struct

from tradewind.cli.home import opened_store
from tradewind.cli.life_sign import life_signs
from tradewind.cli.other_runs import OtherRuns
from tradewind.cli.session_errors import refused
from tradewind.cli.surroundings import Surroundings
from tradewind.cli.target import Target
from tradewind.cli.view import RunView
from tradewind.cli.waiting import Waits
from tradewind.dag_processor.bundles import place_of
from tradewind.dag_processor.intake import Result, take_in
from tradewind.dagfiles.snapshot import load_snapshot, take_snapshot
from tradewind.engine import events
from tradewind.engine.clearing import to_resume, with_relatives
from tradewind.engine.events import Event
from tradewind.engine.run import Bounds
from tradewind.executors.base import CodeRef
from tradewind.executors.local import LocalExecutor
from tradewind.metrics.setup import traced
from tradewind.model.changes import Change, RunCreated, RunPinned
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import MapPath, RunKey
from tradewind.model.parsing import FileParsed
from tradewind.model.records import RunRecord, RunRows
from tradewind.model.requests import Wish
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState
from tradewind.model.warm import FileLoaded
from tradewind.scheduler.active import ActiveRun
from tradewind.scheduler.answers import Answers
from tradewind.scheduler.clock import utc_now
from tradewind.scheduler.dispatch import Dispatch
from tradewind.scheduler.launch import manual_run
from tradewind.scheduler.loop import Scheduler
from tradewind.scheduler.orders import RunnerLimits
from tradewind.scheduler.owner import Ownership
from tradewind.scheduler.takeover import left_behind, new_run, restored_run
from tradewind.scheduler.wishes import events_of
from tradewind.secret_backends import elsewhere
from tradewind.settings import Settings
from tradewind.store.base import Store
from tradewind.timetables import DataInterval

_log = logging.getLogger(__name__)


class Loaded(Struct, frozen=True):
    """A DAG, compiled, and the code it came from."""

    spec: DagSpec
    code: CodeRef


class Session:
    """Made by `open_session`."""

    def __init__(self, settings: Settings, executor: LocalExecutor, store: Store, ownership: Ownership) -> None:
        self.settings = settings
        self.store = store
        self.executor = executor
        pools = {pool.name: pool.slots for pool in store.pools()}
        self.scheduler = Scheduler(
            store,
            executor,
            Dispatch(executor, _runner_limits(settings), parallelism=executor.parallelism, pools=pools),
            utc_now,
            owner=ownership.owner,
            who=getpass.getuser(),
            kill_grace_seconds=settings.kill_grace_seconds,
        )
        self.surroundings = Surroundings(settings, store, getpass.getuser())
        self.waits = Waits(settings, store, executor, self.scheduler)
        self.scheduler.observe(self.waits.committed)
        self.others = OtherRuns(store, self._take_up, executor.wake)
        self.waits.after_turn = self.others.begin

    def run_until_done(self) -> None:
        """Until no run is active and no process of a try is left."""
        self.waits.run_until_done()

    def load_file(self, target: Target) -> tuple[FileLoaded, CodeRef]:
        """Import a DAG file in a process of its own, and remember what it yields."""
        found = self.settings
        snapshot = take_snapshot(
            target.root,
            found.home,
            only=target.root / target.file,
            max_files=found.snapshot_max_files,
            max_bytes=found.snapshot_max_bytes,
        )
        loaded = self.executor.load(snapshot, target.file, found.dag_import_timeout_seconds)
        place = place_of(found, target.root, snapshot.id)
        take_in(
            self.store,
            place,
            [Result(target.file, FileParsed(loaded))],
            now=utc_now(),
            is_watched=bool(place.bundle),
            who=getpass.getuser(),
        )
        return loaded, CodeRef(snapshot.id, target.file)

    def load(self, target: Target) -> Loaded:
        """The one DAG that is meant. Raises DagFileError where the file cannot be imported or the DAG is wrong."""
        loaded, code = self.load_file(target)
        return Loaded(_choose(loaded, target), code)

    def launch(self, loaded: Loaded, **wishes: Any) -> RunView:
        """A new run, committed and set off; `wishes` are those of `launch.manual_run`."""
        now = utc_now()
        if loaded.spec.schedule.kind == "custom":
            wishes.setdefault("interval", self._inferred(loaded, wishes.get("logical_date") or now))
        return self.begin(manual_run(loaded.spec, snapshot=loaded.code.snapshot, now=now, **wishes), loaded)

    def begin(self, created: RunCreated, loaded: Loaded) -> RunView:
        """As `launch`, with a run that was made elsewhere."""
        now = utc_now()
        view = RunView(loaded.spec, created.run.run_id, now)
        self.scheduler.observe(view.changed)
        active = new_run(created, loaded.spec, loaded.code, now, self._bounds())
        self.scheduler.adopt(active, [events.RunStarted()], before=[created])
        return view

    def _inferred(self, loaded: Loaded, at: datetime) -> DataInterval | None:
        """By a timetable of the author's own, whose code is asked in a process of its own."""
        from tradewind.dag_processor.once import infer_interval  # only a DAG with such a timetable pays for it

        snapshot = load_snapshot(self.settings.home, loaded.code.snapshot)
        where = snapshot, loaded.code.file, loaded.spec.dag_id
        found = infer_interval(self.settings, self.store, *where, at)
        if found is None or found.start is None or found.end is None:
            said = found.error if found is not None else "its file could not be loaded once more"
            _log.warning("the data interval is taken to be the instant itself: %s", said)
            return None
        return DataInterval(found.start, found.end)

    def resume(self, key: RunKey) -> RunView:
        """Finish a run that failed, was cancelled, or lost its process, without repeating what succeeded."""
        active, rows, instead_of = self._restore(key)
        changes, lost = left_behind(rows, "its process ended with the one that drove the run")
        again = to_resume(active.run)
        if not again and rows.run.state is RunState.SUCCESS:
            raise TradewindError(f"run {key.run_id!r} has succeeded already", hint="start a new one: `tradewind run`")
        cleared = [events.TasksCleared(again, f"resumed by {getpass.getuser()}")] if again else []
        begun = events.RunStarted() if rows.run.state is RunState.QUEUED else events.RunRestored()
        return self._go_on(active, rows, [begun, *lost, *cleared], changes, instead_of)

    def clear(
        self,
        key: RunKey,
        chosen: Sequence[tuple[str, MapPath]],
        *,
        upstream: bool,
        downstream: bool,
        code: Loaded | None = None,
    ) -> RunView:
        """Run these task instances of a past run again; `code`: from now on with this version of the DAG."""
        active, rows, instead_of = self._restore(key, code)
        changes, lost = left_behind(rows, "its process ended with the one that drove the run")
        selection = with_relatives(active.run, tuple(chosen), upstream=upstream, downstream=downstream)
        cleared = events.TasksCleared(selection, f"cleared by {getpass.getuser()}")
        if code is not None and code.spec.hash != rows.run.dag_hash:
            pinned = RunPinned(key, code.spec.hash, code.code.snapshot, f"goes on with new code: {cleared.why}")
            changes = [pinned, *changes]
        return self._go_on(active, rows, [events.RunRestored(), *lost, cleared], changes, instead_of)

    def _take_up(self, key: RunKey, is_clear: bool) -> None:
        """A run that a task has started, or wants to run again."""
        active, rows, instead_of = self._restore(key)
        changes, lost = left_behind(rows, "its process ended with the one that drove the run")
        if not is_clear:
            first: list[Event] = [events.RunStarted()]
        else:
            everything = tuple((task.spec.task_id, ()) for task in active.run.plan.tasks)
            first = [events.RunRestored(), *lost, events.TasksCleared(everything, "reset by TriggerDagRunOperator")]
        self.scheduler.adopt(active, first, before=changes, instead_of=instead_of)

    def wish(self, key: RunKey, wish: Wish) -> RunView:
        """Do what somebody wants done to a run that nobody drives, and go on with it where there is something to do."""
        active, rows, instead_of = self._restore(key)
        changes, lost = left_behind(rows, "its process ended with the one that drove the run")
        asked = events_of(wish, active.run, getpass.getuser())
        return self._go_on(active, rows, [events.RunRestored(), *lost, *asked], changes, instead_of)

    def _restore(self, key: RunKey, code: Loaded | None = None) -> tuple[ActiveRun, RunRows, str | None]:
        """The run, its rows, and the owner that was found gone, in whose place it is to be claimed."""
        record = self.store.run(key)
        if record is None:
            raise NotFoundError(
                f"there is no run {key.run_id!r} of DAG {key.dag_id!r}", hint="see `tradewind runs list`"
            )
        owner = self.store.owner_of(key)
        if owner is not None and self.store.owner_is_alive(owner.owner_id):
            raise TradewindError(
                f"run {key.run_id!r} is being driven by process {owner.pid} on {owner.host}",
                hint="wait for it, or cancel it: `tradewind runs cancel`",
            )
        instead_of = owner.owner_id if owner is not None else None
        if code is not None:
            return *restored_run(self.store, key, code.spec, code.code, self._bounds()), instead_of
        past = self.load_past(record)
        return *restored_run(self.store, key, past.spec, past.code, self._bounds()), instead_of

    def load_past(self, record: RunRecord) -> Loaded:
        """The DAG as a run had it. Raises NotFoundError where its version or its snapshot is gone, DagFileError where
        it cannot be loaded any more."""
        spec = self.store.spec(record.dag_id, record.dag_hash)
        if spec is None:
            raise NotFoundError(f"version {record.dag_hash} of DAG {record.dag_id!r} is not in the store any more")
        snapshot = load_snapshot(self.settings.home, record.snapshot)
        loaded = self.executor.load(snapshot, spec.file, self.settings.dag_import_timeout_seconds)
        if not any(one.dag_id == record.dag_id for one in loaded.specs):
            raise refused(loaded.problems, str(snapshot.root), spec.file)
        return Loaded(spec, CodeRef(snapshot.id, spec.file))

    def _go_on(
        self,
        active: ActiveRun,
        rows: RunRows,
        first: Sequence[Event],
        before: Sequence[Change],
        instead_of: str | None,
    ) -> RunView:
        view = RunView(active.spec, active.key.run_id, utc_now())
        view.recall(rows)
        self.scheduler.observe(view.changed)
        self.scheduler.adopt(active, first, before=before, instead_of=instead_of)
        return view

    def _bounds(self) -> Bounds:
        return Bounds(max_lost_tries=self.settings.max_lost_tries, max_map_length=self.settings.max_map_length)


@contextmanager
def open_session(settings: Settings) -> Generator[Session]:
    """However it is left, the store is closed and no process of ours goes on."""
    executor = LocalExecutor(
        settings.home,
        parallelism=settings.parallelism,
        log_level=settings.log_level,
        kill_grace_seconds=settings.kill_grace_seconds,
        import_memory_bytes=settings.dag_import_memory_bytes,
        environment=settings.told_to_tasks,
    )
    answers = Answers(elsewhere(settings.secrets))
    if threading.current_thread() is threading.main_thread():
        # `runs cancel` may signal as soon as the run is claimed; `watch` listens later, and looks for what it missed.
        # A handler rather than SIG_IGN, which the processes of tasks would inherit.
        signal.signal(signal.SIGUSR1, lambda number, frame: None)
    executor.start(answers.soon)  # its first process comes up while the store is opened
    try:
        with opened_store(settings) as store:
            ownership = Ownership(settings.home)
            try:
                answers.serve(store)
                session = Session(settings, executor, store, ownership)
                answers.serve(store, session.scheduler, drive=session.others.ask)
                session.scheduler.observe(session.surroundings.committed)
                try:
                    with life_signs(settings, store, ownership.owner), traced(settings, session.scheduler, store):
                        yield session
                finally:
                    session.waits.close()
                    session.surroundings.finish()
            finally:
                executor.stop(grace_seconds=0.0)
                ownership.end()
    except BaseException:
        executor.stop(grace_seconds=0.0)
        raise


def _choose(loaded: FileLoaded, target: Target) -> DagSpec:
    specs = {spec.dag_id: spec for spec in loaded.specs}
    if target.dag_id in specs:
        return specs[target.dag_id]
    if target.dag_id is None and len(specs) == 1:
        return next(iter(specs.values()))
    if not specs or any(problem.dag_id == target.dag_id for problem in loaded.problems if problem.dag_id):
        raise refused(loaded.problems, str(target.root), target.file)
    names = ", ".join(sorted(specs))
    if target.dag_id is None:
        raise NotFoundError(f"{target.file} has {len(specs)} DAGs: {names}", hint="say which: --dag-id NAME")
    raise NotFoundError(f"{target.file} has no DAG {target.dag_id!r}", hint=f"it has {names}")


def _runner_limits(settings: Settings) -> RunnerLimits:
    return RunnerLimits(
        log_folder=str(settings.log_folder),
        artifact_url=settings.artifact_url,
        inline_value_bytes=settings.inline_value_bytes,
        max_map_length=settings.max_map_length,
        callback_timeout_seconds=settings.callback_timeout_seconds,
        has_traces=bool(settings.otel_endpoint),
        log_format=settings.log_format,
        cache_check_share=settings.cache_check_share,
        environment=settings.told_to_tasks,
    )
