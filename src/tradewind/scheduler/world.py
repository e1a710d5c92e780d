"""What is going on besides a run, read from the store: what the reasons of `explaining` are found from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from tradewind.engine.limits import Limits
from tradewind.model.ids import RunKey
from tradewind.model.records import RunRecord
from tradewind.model.service import DeferralRecord, JobKind
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState
from tradewind.scheduler.explaining import Deferred, Reason, World, why_queued
from tradewind.store.base import Store


def world_of(store: Store, parallelism: int, owners: Collection[str] = ()) -> World:
    """`owners`: processes that are to be asked whether they live, besides those of live tries."""
    live = store.live_tries()
    asked = {*owners, *(one.owner_id for one in live if one.owner_id)}
    schedulers = {job.job_id for job in store.jobs(kind=JobKind.SCHEDULER, only_alive=True)}
    return World(
        live,
        Limits({pool.name: pool.slots for pool in store.pools()}, parallelism),
        frozenset(one for one in asked | schedulers if one in schedulers or store.owner_is_alive(one)),
        bool(schedulers),
        bool(store.jobs(kind=JobKind.TRIGGERER, only_alive=True)),
    )


def deferred_of(store: Store, run: RunKey) -> Deferred:
    return {(one.task_id, one.map_path): one for one in store.deferrals(run)}


def asked_of(store: Store, run: RunKey) -> Deferred:
    """Those alone that wait for people: for who may see questions, and not what else tasks wait for."""
    return {
        (one.task_id, one.map_path): DeferralRecord(
            0, run, one.task_id, one.map_path, one.try_id, "", {}, "", {}, "", "", one.asked_at, "", one.respond_by
        )
        for one in store.approvals(is_open=True)
        if one.run == run
    }


def why_run_is_queued(store: Store, record: RunRecord, spec: DagSpec, *, has_scheduler: bool, now: datetime) -> Reason:
    schedule = next(iter(store.schedules(dag_id=record.dag_id)), None)
    active = store.runs(dag_id=record.dag_id, states=[RunState.RUNNING], limit=max(spec.max_active_runs, 1))
    return why_queued(record, spec, schedule, active, has_scheduler=has_scheduler, now=now)
