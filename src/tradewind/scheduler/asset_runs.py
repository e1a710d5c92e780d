"""The run that updated assets start: what it is called, its dates, and which events it is for. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

from tradewind.engine.asset_conditions import Update, is_met, mentions
from tradewind.model.changes import RunCreated
from tradewind.model.ids import RunKey
from tradewind.model.parsing import MappedKey
from tradewind.model.service import AssetEventRecord
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunType
from tradewind.scheduler.params import resolve_params
from tradewind.timetables.partition_keys import (
    OnlyAuthorKnowsError,
    PartitionError,
    downstream_keys,
    mappers_of,
    needed_keys,
    own_mappers,
)


def update_of(event: AssetEventRecord) -> Update:
    return Update(event.name, event.uri, event.alias)


def is_due(spec: DagSpec, events: Sequence[AssetEventRecord]) -> bool:
    """Whether these events, that no run was made for yet, start a run."""
    return is_met(spec.schedule.assets, [update_of(event) for event in events])


Question: TypeAlias = tuple[int, str]
"""(which of the mappers of the author's own in the schedule, a partition key)."""
Answers: TypeAlias = Mapping[Question, MappedKey]
NO_ANSWERS: Answers = {}
PartitionRun: TypeAlias = tuple[str | None, tuple[AssetEventRecord, ...]]
"""(partition key or None, the events it is for)."""


class Due(Struct, frozen=True):
    """What of the waiting events starts runs, and what never will."""

    runs: tuple[tuple[PartitionRun, ...], ...] = ()
    """Those of a group share events: they are made together."""
    useless: tuple[AssetEventRecord, ...] = ()
    problems: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    """What has to be asked first of mappers of the author's own; their events wait."""


def due_runs(spec: DagSpec, events: Sequence[AssetEventRecord], answers: Answers = NO_ANSWERS) -> Due:
    """As in Airflow, a DAG that waits for partitions is started by events that have a partition key, and by no others;
    all other DAGs by those that have none. `answers`: what mappers of the author's own have said."""
    mappers = mappers_of(spec.schedule)
    if mappers is None:
        plain = tuple(event for event in events if event.partition_key is None)
        useless = tuple(event for event in events if event.partition_key is not None)
        return Due((((None, plain),),) if is_due(spec, plain) else (), useless)
    return _due_partitions(spec, events, mappers, answers)


def _due_partitions(
    spec: DagSpec, events: Sequence[AssetEventRecord], mappers: Mapping[str, Any], answers: Answers
) -> Due:
    numbers = {id(mapper): number for number, mapper in enumerate(own_mappers(mappers))}
    questions: list[Question] = []

    def own(mapper: Mapping[str, Any], key: str) -> Sequence[str]:
        question = (numbers[id(mapper)], key)
        if question not in answers:
            questions.append(question)
            raise OnlyAuthorKnowsError(mapper, key)
        if answers[question].error:
            raise PartitionError(answers[question].error)
        return answers[question].keys

    by_key: dict[str, list[tuple[Mapping[str, Any], AssetEventRecord]]] = {}
    useless: list[AssetEventRecord] = []
    problems: list[str] = []
    for event in events:
        mapper = _mapper_for(mappers, event)
        try:
            keys = downstream_keys(mapper, event.partition_key, own) if event.partition_key is not None else []
        except OnlyAuthorKnowsError:
            continue
        except PartitionError as error:
            problems.append(error.message)
            keys = []
        for key in keys:
            by_key.setdefault(key, []).append((mapper, event))
        if not keys:
            useless.append(event)
    events_of = {key: tuple(event for _, event in found) for key, found in by_key.items()}
    complete = {key for key, found in by_key.items() if _is_complete(spec, key, found)}
    return Due(
        _groups(events_of, complete), tuple(useless), tuple(dict.fromkeys(problems)), tuple(dict.fromkeys(questions))
    )


def _groups(
    events_of: Mapping[str, tuple[AssetEventRecord, ...]], complete: Set[str]
) -> tuple[tuple[PartitionRun, ...], ...]:
    """The runs that can be made, those that share events together: an event that was fanned out is used once, so that
    its runs wait for each other where one still needs another asset."""
    groups: list[tuple[set[str], set[int]]] = []
    for key, events in events_of.items():
        keys, ids = {key}, {event.event_id for event in events}
        for other in [one for one in groups if one[1] & ids]:
            groups.remove(other)
            keys, ids = keys | other[0], ids | other[1]
        groups.append((keys, ids))
    return tuple(
        tuple((key, events_of[key]) for key in events_of if key in keys) for keys, _ in groups if keys <= complete
    )


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
        run=RunKey(spec.dag_id, run_id_of(events, last or now, partition_key)),
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


def run_id_of(events: Sequence[AssetEventRecord], at: datetime, partition_key: str | None = None) -> str:
    """`asset_triggered__<instant>_<8 characters>`; the latter follow from the events and the partition, so that no two
    runs share them and a repeated attempt gets the same."""
    ids = ",".join(str(event.event_id) for event in events) + (f" {partition_key}" if partition_key else "")
    return f"{RunType.ASSET_TRIGGERED}__{at.isoformat()}_{hashlib.blake2b(ids.encode(), digest_size=4).hexdigest()}"
