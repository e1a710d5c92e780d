"""Events of assets as a task sees them: those that started its run (`triggering_asset_events`), and the history of its
inlets (`inlet_events`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar, cast, overload

import msgspec
from msgspec.structs import replace

from tradewind.authoring import ports
from tradewind.authoring.assets import Asset, AssetAlias, AssetRef
from tradewind.authoring.dates import as_pendulum
from tradewind.authoring.instants import as_instant
from tradewind.model.ids import RunKey, map_index
from tradewind.model.messages import GetAssetEvents, GetRun
from tradewind.model.records import RunRecord
from tradewind.model.service import AssetEventRecord

T = TypeVar("T")


class SourceRun:
    """`event.source_dag_run`: the run that updated the asset. Dates are pendulum objects."""

    _DATES = {"start_date": "started_at", "end_date": "ended_at", "execution_date": "logical_date"}

    def __init__(self, record: RunRecord) -> None:
        self._record = record

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        value = getattr(self._record, self._DATES.get(name, name))
        return as_pendulum(value) if isinstance(value, datetime) else value

    def __repr__(self) -> str:
        return f"<DagRun {self._record.dag_id} {self._record.run_id}>"


class AssetEvent:
    """One update of an asset."""

    def __init__(self, record: AssetEventRecord) -> None:
        self._record = record
        self.id = record.event_id
        self.asset = Asset(record.name, record.uri)
        self.dataset = self.asset
        self.name = record.name
        self.uri = record.uri
        self.extra = record.extra
        self.source_dag_id = record.source_dag_id
        self.source_run_id = record.source_run_id
        self.source_task_id = record.source_task_id
        self.source_map_index = map_index(record.source_map_path)
        self.partition_key = record.partition_key

    @property
    def timestamp(self) -> Any:
        return as_pendulum(self._record.at)

    created_at = timestamp

    @cached_property
    def source_dag_run(self) -> SourceRun | None:
        """The run whose task updated the asset; None where something outside did, or the run is deleted."""
        if self.source_dag_id is None or self.source_run_id is None:
            return None
        found = ports.supervisor().ask(GetRun(RunKey(self.source_dag_id, self.source_run_id)))
        return SourceRun(msgspec.convert(found, RunRecord)) if found else None

    def __repr__(self) -> str:
        by = f" by {self.source_dag_id}.{self.source_task_id}" if self.source_dag_id else ""
        return f"<AssetEvent {self.uri}{by} at {self._record.at.isoformat()}>"


# ------------------------------------------------------------------------------------ what started the run


class TriggeringEvents(Mapping[Any, list[AssetEvent]]):
    """Asset → its events, oldest first. Found by the asset, a reference to it, its name or its URI."""

    def __init__(self, by_asset: Mapping[Any, list[AssetEvent]]) -> None:
        self._by_asset = by_asset

    def __getitem__(self, key: Any) -> list[AssetEvent]:
        for asset, events in self._by_asset.items():
            if key in (asset, events[0].uri, events[0].name) or _refers(key, events[0]):
                return events
        raise KeyError(key)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._by_asset)

    def __len__(self) -> int:
        return len(self._by_asset)

    def __repr__(self) -> str:
        return repr(dict(self._by_asset))


def triggering_events(plain: Any, key_of: Callable[[AssetEvent], Any]) -> TriggeringEvents:
    """From `RunFacts.triggering_assets`. Airflow 3 keys by asset, Airflow 2 by URI."""
    found: dict[Any, list[AssetEvent]] = {}
    for one in cast("Sequence[Any]", plain or ()):
        event = AssetEvent(msgspec.convert(one, AssetEventRecord))
        found.setdefault(key_of(event), []).append(event)
    return TriggeringEvents(found)


def by_asset(event: AssetEvent) -> Asset:
    return event.asset


def by_uri(event: AssetEvent) -> str:
    return event.uri


def _refers(key: Any, event: AssetEvent) -> bool:
    return isinstance(key, AssetRef) and (key.name == event.name if key.name else key.uri == event.uri)


# ------------------------------------------------------------------------------------ history of inlets


class EventHistory(Sequence[AssetEvent]):
    """Events of one asset or alias, oldest first, asked for when looked at. Narrow it before with `after`, `before`,
    `limit` and `ascending`."""

    def __init__(self, request: GetAssetEvents) -> None:
        self._request = request

    def after(self, instant: datetime | str) -> EventHistory:
        return EventHistory(replace(self._request, after=as_instant(instant)))

    def before(self, instant: datetime | str) -> EventHistory:
        return EventHistory(replace(self._request, before=as_instant(instant)))

    def ascending(self, ascending: bool = True) -> EventHistory:
        return EventHistory(replace(self._request, ascending=ascending))

    def limit(self, limit: int) -> EventHistory:
        return EventHistory(replace(self._request, limit=limit))

    @cached_property
    def _events(self) -> list[AssetEvent]:
        found = cast("list[Any]", ports.supervisor().ask(self._request) or [])
        return [AssetEvent(msgspec.convert(one, AssetEventRecord)) for one in found]

    @overload
    def __getitem__(self, index: int) -> AssetEvent: ...
    @overload
    def __getitem__(self, index: slice) -> list[AssetEvent]: ...
    def __getitem__(self, index: int | slice) -> AssetEvent | list[AssetEvent]:
        return self._events[index]

    def __len__(self) -> int:
        return len(self._events)

    def __repr__(self) -> str:
        return repr(self._events)


class InletEvents(Mapping[Any, EventHistory]):
    """`inlet_events[asset]`, `[alias]`, `["name"]`, or by the inlet's place (`[0]`, `[-1]`)."""

    def __init__(self, inlets: Sequence[Any]) -> None:
        self._inlets = inlets

    def __getitem__(self, key: Any) -> EventHistory:
        """Raises KeyError for what is no asset."""
        return EventHistory(_request(self._inlets[key] if isinstance(key, int) else key))

    def for_asset(self, *, name: str | None = None, uri: str | None = None) -> EventHistory:
        return EventHistory(GetAssetEvents(name=name, uri=uri))

    def for_asset_alias(self, *, name: str) -> EventHistory:
        return EventHistory(GetAssetEvents(alias=name))

    def __iter__(self) -> Iterator[Any]:
        return iter(self._inlets)

    def __len__(self) -> int:
        return len(self._inlets)


def _request(key: Any) -> GetAssetEvents:
    match key:
        case Asset():
            return GetAssetEvents(name=key.name, uri=key.uri)
        case AssetRef():
            return GetAssetEvents(name=key.name or None, uri=key.uri or None)
        case AssetAlias():
            return GetAssetEvents(alias=key.name)
        case str():
            return GetAssetEvents(uri=key) if "://" in key else GetAssetEvents(name=key)
        case _:
            raise KeyError(f"{key!r} is no asset")
