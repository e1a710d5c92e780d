"""A run by hand, written down as queued: of the newest version of its DAG, whoever asks and wherever it is done."""

from __future__ import annotations

from datetime import datetime

from tradewind.model.changes import RunCreated
from tradewind.model.errors import NotFoundError
from tradewind.model.requests import Trigger
from tradewind.model.states import RunType
from tradewind.scheduler.launch import check_run_type, manual_run
from tradewind.scheduler.manual_intervals import ask_for_interval
from tradewind.scheduler.run_deadlines import with_deadlines
from tradewind.store.base import Store
from tradewind.timetables import DataInterval


def make_run(store: Store, wish: Trigger, *, who: str, now: datetime) -> RunCreated:
    """Commits the run; ringing for it is left to the caller. No user code runs.

    Raises NotFoundError for a DAG that is not there, ParamError, RunIdError, DuplicateRunError."""
    clock = next(iter(store.schedules(dag_id=wish.dag_id)), None)
    if clock is not None and clock.is_retired:
        raise NotFoundError(
            f"the DAG {wish.dag_id!r} is retired: its file is gone, or defines it no longer",
            hint="bring its file back; `tradewind dags list --retired` says where it was",
        )
    if clock is None:
        raise NotFoundError(
            f"there is no DAG {wish.dag_id!r}",
            hint="see `tradewind dags list`; new files are taken up while `tradewind standalone` runs",
        )
    spec = store.spec(wish.dag_id, clock.dag_hash)
    assert spec is not None, "the newest version of a DAG is in the store"
    check_run_type(spec, RunType.MANUAL)
    created = manual_run(
        spec,
        snapshot=clock.snapshot,
        now=now,
        logical_date=wish.logical_date,
        run_id=wish.run_id,
        conf=wish.conf,
        params=wish.params,
        triggered_by=who,
        note=wish.note,
        run_after=wish.run_after,
        partition_key=wish.partition_key,
        interval=DataInterval(*wish.data_interval) if wish.data_interval is not None else None,
    )
    created = with_deadlines(created, spec, store, now)
    store.commit([created], who=who, now=now)
    if wish.data_interval is None:
        ask_for_interval(store, spec, created, who=who, now=now)
    return created
