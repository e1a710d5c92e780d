"""The run that updated assets start: what it is called, its dates, and which events it is for. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

import msgspec

from tradewind.engine.asset_conditions import Update, is_met
from tradewind.model.changes import RunCreated
from tradewind.model.ids import RunKey
from tradewind.model.service import AssetEventRecord
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunType
from tradewind.scheduler.params import resolve_params


def update_of(event: AssetEventRecord) -> Update:
    return Update(event.name, event.uri, event.alias)


def is_due(spec: DagSpec, events: Sequence[AssetEventRecord]) -> bool:
    """Whether these events, that no run was made for yet, start a run."""
    return is_met(spec.schedule.assets, [update_of(event) for event in events])


def asset_run(
    spec: DagSpec,
    events: Sequence[AssetEventRecord],
    *,
    dag_hash: str,
    snapshot: str,
    now: datetime,
    partition_key: str | None = None,
) -> RunCreated:
    """A run for all of these events. As in Airflow 3 it has no logical date, unless the file is of Airflow 2's era: then
    the newest event is its logical date, and its data interval is from the oldest to the newest."""
    instants = [event.at for event in events]
    first, last = (min(instants), max(instants)) if spec.schedule.assets_give_dates else (None, None)
    return RunCreated(
        run=RunKey(spec.dag_id, run_id_of(events, last or now)),
        dag_hash=dag_hash,
        snapshot=snapshot,
        run_type=RunType.ASSET_TRIGGERED,
        logical_date=last,
        data_interval_start=first,
        data_interval_end=last,
        run_after=now,
        params=resolve_params(spec, {}),
        triggered_by="assets",
        partition_key=partition_key,
        triggering_assets=msgspec.to_builtins(list(events), builtin_types=(datetime,)),
    )


def run_id_of(events: Sequence[AssetEventRecord], at: datetime) -> str:
    """`asset_triggered__<instant>_<8 characters>`; the latter follow from the events, so that no two runs share them
    and a repeated attempt gets the same."""
    ids = ",".join(str(event.event_id) for event in events)
    return f"{RunType.ASSET_TRIGGERED}__{at.isoformat()}_{hashlib.blake2b(ids.encode(), digest_size=4).hexdigest()}"
