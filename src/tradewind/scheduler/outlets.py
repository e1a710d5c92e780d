"""Which assets a task has updated by succeeding: its outlets, with what the task said of them while it ran. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from tradewind.model.changes import AssetsUpdated, Change
from tradewind.model.ids import TaskKey
from tradewind.model.outcomes import Succeeded, TryReport
from tradewind.model.service import NewAssetEvent
from tradewind.model.spec import TaskSpec
from tradewind.scheduler.active import ActiveRun
from tradewind.scheduler.translate import LiveTry

Plain = Mapping[str, Any]


def updates_of_report(event: object, live: LiveTry, active: ActiveRun) -> list[Change]:
    """Of a current try's report, where it says that the task succeeded."""
    if not isinstance(event, TryReport) or not isinstance(event.outcome, Succeeded) or live.is_stopping:
        return []
    task = active.tasks[live.task.task_id]
    found = updates_of(task, live.task, event.outcome.outlet_events, active.facts.partition_key)
    return [] if found is None else [found]


def updates_of(task: TaskSpec, key: TaskKey, said: Any, partition_key: str | None) -> AssetsUpdated | None:
    """`said` is `Succeeded.outlet_events`: plain data of `authoring.outlet_events`. An outlet that is an alias updates
    the assets it stood for in this try, and none where it stood for none. `partition_key` is that of the run, for
    outlets of which the task named no partitions."""
    told = {_identity(one["key"]): one for one in cast("Sequence[Plain]", said or ())}
    events = tuple(
        event
        for outlet in task.outlets
        if isinstance(outlet, Mapping)
        for event in _events(cast("Plain", outlet), told, key, partition_key)
    )
    return AssetsUpdated(events) if events else None


def _events(
    outlet: Plain, told: Mapping[tuple[str, str], Plain], key: TaskKey, partition_key: str | None
) -> Iterator[NewAssetEvent]:
    said = told.get(_identity(outlet), {})
    if "alias" in outlet:
        for added in said.get("added", ()):
            yield _event(added["asset"], added["extra"], key, partition_key, alias=outlet["alias"]["name"])
    elif (asset := outlet.get("asset") or outlet.get("asset_ref")) is not None:
        for partition in said.get("partitions") or (partition_key,):
            yield _event(asset, said.get("extra", {}), key, partition)


def _event(
    asset: Plain, extra: Mapping[str, Any], key: TaskKey, partition_key: str | None, alias: str | None = None
) -> NewAssetEvent:
    return NewAssetEvent(
        name=asset.get("name", ""),
        uri=asset.get("uri", ""),
        extra=dict(extra),
        run=key.run,
        task_id=key.task_id,
        map_path=key.map_path,
        alias=alias,
        partition_key=partition_key,
    )


def _identity(outlet: Plain) -> tuple[str, str]:
    """An asset by its URI, a reference or an alias by what it names."""
    for kind in ("asset", "asset_ref", "alias"):
        if (found := outlet.get(kind)) is not None:
            return kind, str(found.get("uri") or found.get("name"))
    return "", ""
