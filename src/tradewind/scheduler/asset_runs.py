"""The run that updated assets start: what it is called, its dates, and which events it is for. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from tradewind.engine.asset_conditions import Update, is_met, mentions
from tradewind.model.changes import RunCreated
from tradewind.model.ids import RunKey
from tradewind.model.service import AssetEventRecord
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunType
from tradewind.scheduler.params import resolve_params
from tradewind.timetables.partition_keys import PartitionError, downstream_keys, mappers_of, needed_keys


def update_of(event: AssetEventRecord) -> Update:
    return Update(event.name, event.uri, event.alias)


def is_due(spec: DagSpec, events: Sequence[AssetEventRecord]) -> bool:
    """Whether these events, that no run was made for yet, start a run."""
    return is_met(spec.schedule.assets, [update_of(event) for event in events])


class Due(Struct, frozen=True):
    """What of the waiting events starts runs, and what never will."""

    runs: tuple[tuple[str | None, tuple[AssetEventRecord, ...]], ...] = ()
    """(partition key or None, the events it is for)."""
    useless: tuple[AssetEventRecord, ...] = ()
    problems: tuple[str, ...] = ()


def due_runs(spec: DagSpec, events: Sequence[AssetEventRecord]) -> Due:
    """As in Airflow, a DAG that waits for partitions is started by events that have a partition key, and by no others;
    all other DAGs by those that have none."""
    mappers = mappers_of(spec.schedule)
    if mappers is None:
        plain = tuple(event for event in events if event.partition_key is None)
        useless = tuple(event for event in events if event.partition_key is not None)
        return Due(((None, plain),) if is_due(spec, plain) else (), useless)
    return _due_partitions(spec, events, mappers)


def _due_partitions(spec: DagSpec, events: Sequence[AssetEventRecord], mappers: Mapping[str, Any]) -> Due:
    by_key: dict[str, list[tuple[Mapping[str, Any], AssetEventRecord]]] = {}
    useless: list[AssetEventRecord] = []
    problems: list[str] = []
    for event in events:
        mapper = _mapper_for(mappers, event)
        try:
            keys = downstream_keys(mapper, event.partition_key) if event.partition_key is not None else []
        except PartitionError as error:
            problems.append(error.message)
            keys = []
        for key in keys:
            by_key.setdefault(key, []).append((mapper, event))
        if not keys:
            useless.append(event)
    runs = [(key, tuple(e for _, e in found)) for key, found in by_key.items() if _is_complete(spec, key, found)]
    return Due(tuple(runs), tuple(useless), tuple(dict.fromkeys(problems)))


def _is_complete(spec: DagSpec, key: str, found: Sequence[tuple[Mapping[str, Any], AssetEventRecord]]) -> bool:
    """Assets of which not all partitions are there yet count as not updated."""
    there: dict[tuple[str, str], set[str | None]] = {}
    for _, event in found:
        there.setdefault((event.name, event.uri), set()).add(event.partition_key)
    complete = [
        update_of(event) for mapper, event in found if len(there[event.name, event.uri]) >= needed_keys(mapper, key)
    ]
    return is_met(spec.schedule.assets, complete)


def _mapper_for(mappers: Mapping[str, Any], event: AssetEventRecord) -> Mapping[str, Any]:
    for one in mappers["by_asset"]:
        if mentions(one["asset"], update_of(event)):
            return one["mapper"]
    return mappers["default"]


def asset_run(
    spec: DagSpec,
    events: Sequence[AssetEventRecord],
    *,
    dag_hash: str,
    snapshot: str,
    now: datetime,
    partition_key: str | None = None,
) -> RunCreated:
    """A run for all of these events. As in Airflow 3 it has no logical date, unless the file is of Airflow 2's era:
    then the newest event is its logical date, and its data interval is from the oldest to the newest."""
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
