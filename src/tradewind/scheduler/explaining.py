"""Why a task instance or a run is where it is, and how long it has been there: from the store, by the functions that
decide it. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from msgspec import Struct

from tradewind.engine.limits import Blocked, Limits, LiveTry, Usage, all_taken, blocked, holds, is_full, ready_of
from tradewind.engine.moves import ENDED_STATES, LIVE_STATES
from tradewind.engine.run import Instance, Run
from tradewind.engine.why import explain
from tradewind.model.ids import MapPath, TaskId
from tradewind.model.records import RunRecord, TaskRecord, TryRecord
from tradewind.model.service import DagSchedule, DeferralRecord
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState, TaskState, TryPurpose, TryState
from tradewind.store.facets.counts import LiveSlot

WAITS_ITS_TURN = "slot"


class Reason(Struct, frozen=True):
    kind: str
    """As `engine.why.Why.kind`; or the limit that holds it, or `driver` where nobody would start it."""
    text: str
    since: datetime | None = None
    holders: tuple[LiveSlot, ...] = ()
    """Who has the slots that it waits for, oldest first."""


class Stage(Struct, frozen=True):
    """A part of the way of one try."""

    number: int
    name: str
    """`upstream`, `slot`, `retry delay and slot`, `deferred`, `rescheduled`, `importing`, `starting`, `running`,
    `finishing`."""
    begin: datetime
    end: datetime | None
    """None: it goes on."""


class World(Struct, frozen=True):
    """What is going on besides the run."""

    live: Sequence[LiveSlot]
    limits: Limits
    drivers: frozenset[str]
    """Owner ids of processes that are alive."""
    has_scheduler: bool
    has_triggerer: bool = True


Deferred: TypeAlias = Mapping[tuple[TaskId, MapPath], DeferralRecord]
"""What is deferred of a run."""


# ------------------------------------------------------------------------------------------ a task instance


def why_instance(
    run: Run, instance: Instance, rows: Mapping[tuple[TaskId, MapPath], TaskRecord], record: RunRecord, world: World,
    owner_id: str | None, now: datetime, deferred: Deferred | None = None,
) -> Reason:  # fmt: skip
    """`rows`: the run's task instances as stored."""
    found = explain(run, instance)
    row = rows.get((instance.plan.task_id, instance.path))
    waits = (deferred or {}).get((instance.plan.task_id, instance.path))
    if found.kind == "trigger" and waits is not None:
        return Reason(found.kind, what_it_is_deferred_for(waits, world), waits.created_at)
    is_due = instance.state in (TaskState.UP_FOR_RETRY, TaskState.UP_FOR_RESCHEDULE) and (
        instance.due_at is None or instance.due_at <= now
    )
    if found.kind != WAITS_ITS_TURN and not is_due:
        return Reason(found.kind, found.text, _since(run, instance, row, rows, record))
    since = instance.due_at if is_due else upstream_end(run, instance, rows) or record.started_at
    held = why_no_slot(run, instance, record, world, owner_id, since or now)
    return held if held is not None else Reason("slot", "nothing holds it back: it is about to start", since)


def what_it_is_deferred_for(waits: DeferralRecord, world: World) -> str:
    """By the class of the trigger; its arguments may hold secrets."""
    until = f", until {waits.timeout_at} at most" if waits.timeout_at is not None else ""
    if not waits.trigger:
        return f"deferred: waits for a person's answer{until}: tradewind approvals list"
    nobody = ", but no triggerer is alive: start one with `tradewind triggerer`"
    is_lost = world.has_scheduler and not world.has_triggerer
    return f"deferred: waits for its trigger {waits.trigger.rpartition('.')[2]}{until}{nobody if is_lost else ''}"


class Held(Struct, frozen=True):
    """What tasks of a run wait for that is not other tasks of it."""

    kind: str
    text: str
    task_ids: tuple[TaskId, ...]
    since: datetime | None
    """Since when the first of them."""


TASKS_LOOKED_AT = 500


def what_is_held(
    run: Run, rows: Mapping[tuple[TaskId, MapPath], TaskRecord], record: RunRecord, world: World, owner_id: str | None,
    now: datetime, deferred: Deferred | None = None,
) -> list[Held]:  # fmt: skip
    """By reason, in the order of the DAG; of a mapped task the first instance that waits speaks for the others."""
    found: dict[tuple[str, str], list[tuple[TaskId, datetime | None]]] = {}
    for task in run.plan.tasks[:TASKS_LOOKED_AT]:
        waiting = next((one for one in run.below(task, ()) if one.state in _HOLDABLE), None)
        if waiting is None:
            continue
        why = why_instance(run, waiting, rows, record, world, owner_id, now, deferred)
        if why.kind not in _OWN_KINDS:
            found.setdefault((why.kind, why.text), []).append((task.task_id, why.since))
    return [
        Held(kind, text, tuple(name for name, _ in who), min((at for _, at in who if at is not None), default=None))
        for (kind, text), who in found.items()
    ]


_HOLDABLE = frozenset(
    {TaskState.NONE, TaskState.UP_FOR_RETRY, TaskState.UP_FOR_RESCHEDULE, TaskState.DEFERRED},
)
_OWN_KINDS = frozenset({"upstream", "setups", "length", "live", "run", "ended"})
"""It is for other tasks of the run to end, which say for themselves."""


def why_no_slot(
    run: Run, instance: Instance, record: RunRecord, world: World, owner_id: str | None, since: datetime
) -> Reason | None:
    """Of one that is ready."""
    if owner_id not in world.drivers:
        hint = "it will be taken over" if world.has_scheduler else f"tradewind runs resume {record.dag_id}"
        return Reason("driver", f"the process that drove its run is gone: {hint}", since)
    ready = ready_of(run, instance, record.logical_date or record.run_after, since)
    tries = {_as_live(one, owner_id): one for one in world.live}
    usage = Usage(tries)
    held: Blocked | None = all_taken(world.limits) if is_full(usage, world.limits) else None
    held = held or blocked(ready, usage, world.limits)
    if held is None:
        return None
    holders = tuple(slot for live, slot in tries.items() if holds(live, ready, held))
    return Reason(held.limit, held.text, since, holders)


def _as_live(slot: LiveSlot, owner_id: str | None) -> LiveTry:
    return LiveTry(
        slot.run, slot.task_id, slot.pool, slot.pool_slots, slot.map_path,
        is_deferred=slot.state is TryState.DEFERRED, is_elsewhere=slot.owner_id != owner_id,
    )  # fmt: skip


def upstream_end(run: Run, instance: Instance, rows: Mapping[tuple[TaskId, MapPath], TaskRecord]) -> datetime | None:
    """When the last task directly upstream ended; None where there is none."""
    plan = instance.plan
    ends: list[datetime] = []
    for name in plan.spec.upstream:
        task = run.plan.by_id[name]
        prefix = instance.path[: run.plan.common_depth(task.groups, plan.groups)]
        for one in run.below(task, prefix):
            row = rows.get((name, one.path))
            if row is not None and row.ended_at is not None:
                ends.append(row.ended_at)
    return max(ends, default=None)


def _since(
    run: Run,
    instance: Instance,
    row: TaskRecord | None,
    rows: Mapping[tuple[TaskId, MapPath], TaskRecord],
    record: RunRecord,
) -> datetime | None:
    if row is not None and row.state in ENDED_STATES:
        return row.ended_at
    if row is not None and row.state in LIVE_STATES:
        return row.started_at
    return upstream_end(run, instance, rows) or record.started_at


# ------------------------------------------------------------------------------------------ stages


def stages(
    tries: Iterable[TryRecord], ready_at: datetime | None, begun_at: datetime | None, row: TaskRecord | None = None
) -> list[Stage]:
    """Where the time of one task instance went, try by try. `ready_at`: when its upstream had ended, `begun_at`: when
    its run started, `row`: as it is stored, which says whether it still waits."""
    found: list[Stage] = []
    before, name = begun_at, "slot"
    last: TryRecord | None = None
    for place, one in enumerate(one for one in tries if one.purpose is TryPurpose.EXECUTE):
        if place == 0 and begun_at is not None and ready_at is not None and begun_at < ready_at <= one.queued_at:
            found.append(Stage(one.number, "upstream", begun_at, ready_at))
            before = ready_at
        if before is not None and before <= one.queued_at:
            found.append(Stage(one.number, name, before, one.queued_at))
        found += _of_its_process(one)
        before, name, last = one.ended_at, _BETWEEN.get(one.state, "retry delay and slot"), one
    if last is not None and before is not None and row is not None and _waits_or_waited(row, last):
        found.append(Stage(last.number, name, before, None if row.state in _WAITING else row.ended_at))
    return found


_BETWEEN = {TryState.DEFERRED: "deferred", TryState.RESCHEDULED: "rescheduled", TryState.LOST: "slot"}
"""What it waits for after a try that ended like this; with the slot that it needs to go on."""
_WAITING = frozenset({TaskState.DEFERRED, TaskState.UP_FOR_RESCHEDULE, TaskState.UP_FOR_RETRY})


def _waits_or_waited(row: TaskRecord, last: TryRecord) -> bool:
    """It waits since its last try, or its trigger ended it without another process."""
    return row.state in _WAITING or (last.state is TryState.DEFERRED and row.ended_at is not None)


def _of_its_process(one: TryRecord) -> Iterator[Stage]:
    """From the commit that gave it a slot on. The clocks of two processes may differ a little."""
    begin, started = one.queued_at, one.started_at
    if one.imported_at is not None and begin < one.imported_at:
        yield Stage(one.number, "importing", begin, one.imported_at)
        begin = one.imported_at
    yield Stage(one.number, "starting", begin, max(started, begin) if started is not None else one.ended_at)
    if started is None:
        return
    executed = one.executed_at
    if executed is None or one.ended_at is None or not started <= executed <= one.ended_at:
        yield Stage(one.number, "running", started, one.ended_at)
        return
    yield Stage(one.number, "running", started, executed)
    yield Stage(one.number, "finishing", executed, one.ended_at)


# ------------------------------------------------------------------------------------------ a run, a DAG


def why_queued(
    record: RunRecord, spec: DagSpec, schedule: DagSchedule | None, active: Sequence[RunRecord], *,
    has_scheduler: bool, now: datetime,
) -> Reason:  # fmt: skip
    """`active`: the DAG's running runs (of the same backfill, where it is of one)."""
    since = record.queued_at
    if schedule is not None and schedule.is_paused:
        return Reason("paused", f"the DAG is paused: tradewind dags unpause {record.dag_id}", since)
    if record.run_after > now:
        return Reason("run_after", f"it is not to run before {record.run_after}", since)
    if not has_scheduler:
        return Reason("scheduler", "no scheduler is alive: start one with `tradewind standalone`", since)
    if 0 < spec.max_active_runs <= len(active):
        names = ", ".join(run.run_id for run in active[:5]) + (" and others" if len(active) > 5 else "")
        text = f"as many runs of the DAG as may (max_active_runs {len(active)}) are running: {names}"
        return Reason("max_active_runs", text, since)
    return Reason("scheduler", "nothing holds it back: it is about to start", since)


def why_no_next_run(
    spec: DagSpec, schedule: DagSchedule | None, active: Sequence[RunRecord] = (), *, has_scheduler: bool, now: datetime
) -> Reason:
    """When the DAG's next run by its clock comes, or why none does. `active`: its queued and running runs."""
    if schedule is None:
        return Reason("schedule", "no dag-processor has seen its file yet: it has no clock")
    if schedule.is_retired:
        return Reason("retired", "its file does not define it any more", schedule.changed_at)
    if schedule.is_paused:
        return Reason("paused", f"the DAG is paused: tradewind dags unpause {spec.dag_id}")
    if schedule.held_why:
        return Reason("held", f"{schedule.held_why}; let it go on: tradewind dags accept {spec.dag_id}")
    if schedule.next_run_after is None:
        return Reason("schedule", _no_clock(spec))
    if not has_scheduler:
        text = f"its next run comes at {schedule.next_run_after}, but no scheduler is alive: `tradewind standalone`"
        return Reason("scheduler", text)
    if schedule.next_run_after > now:
        return Reason("time", f"its next run comes at {schedule.next_run_after}")
    if spec.schedule.kind == "continuous" and active:
        return Reason("max_active_runs", f"its next run comes when {active[0].run_id} has ended")
    return Reason("time", f"its next run is due since {schedule.next_run_after}", schedule.next_run_after)


def _no_clock(spec: DagSpec) -> str:
    kind = spec.schedule.kind
    if kind == "none":
        return f"it has no schedule; start a run: tradewind dags trigger {spec.dag_id}"
    if kind == "assets":
        return f"it runs when assets are updated ({spec.schedule.summary})"
    if spec.end_date is not None:
        return f"nothing comes any more: its end_date is {spec.end_date}"
    return f"nothing comes any more by its schedule ({spec.schedule.summary or kind})"


def why_run(record: RunRecord, unfinished: Mapping[str, int]) -> Reason:
    """Of a run that has begun. `unfinished`: state → task instances."""
    if record.state is RunState.RUNNING:
        parts = ", ".join(f"{number} {state}" for state, number in sorted(unfinished.items()))
        return Reason("running", f"goes on: {parts or 'nothing of it runs now'}", record.started_at)
    return Reason("ended", f"has ended: {record.state}", record.ended_at)
