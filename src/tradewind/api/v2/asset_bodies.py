"""Assets, their events and what waits for them, as they are shown."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct


class AssetAliasResponse(Struct, frozen=True):
    id: int
    name: str
    group: str = "asset"


class AssetAliasCollection(Struct, frozen=True):
    asset_aliases: tuple[AssetAliasResponse, ...]
    total_entries: int


class DagReference(Struct, frozen=True):
    dag_id: str
    created_at: datetime
    updated_at: datetime


class TaskReference(Struct, frozen=True):
    dag_id: str
    task_id: str
    created_at: datetime
    updated_at: datetime


class LastAssetEvent(Struct, frozen=True):
    id: int | None
    timestamp: datetime | None


class AssetWatcher(Struct, frozen=True):
    name: str
    trigger_id: int
    created_date: datetime


class AssetResponse(Struct, frozen=True):
    id: int
    name: str
    uri: str
    group: str
    extra: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    scheduled_dags: tuple[DagReference, ...]
    """DAGs that it starts."""
    producing_tasks: tuple[TaskReference, ...]
    consuming_tasks: tuple[TaskReference, ...]
    """Tasks that have it as an inlet."""
    aliases: tuple[AssetAliasResponse, ...]
    watchers: tuple[AssetWatcher, ...]
    last_asset_event: LastAssetEvent | None


class AssetCollection(Struct, frozen=True):
    assets: tuple[AssetResponse, ...]
    total_entries: int


class RunReference(Struct, frozen=True):
    """A run that an event started, or helped to start."""

    run_id: str
    dag_id: str
    logical_date: datetime | None
    start_date: datetime
    end_date: datetime | None
    state: str
    data_interval_start: datetime | None
    data_interval_end: datetime | None
    partition_key: str | None
    triggering: bool = True


class AssetEventResponse(Struct, frozen=True):
    id: int
    asset_id: int
    name: str
    uri: str
    group: str
    extra: dict[str, Any]
    timestamp: datetime
    source_dag_id: str | None
    source_task_id: str | None
    source_run_id: str | None
    source_map_index: int
    created_dagruns: tuple[RunReference, ...]
    partition_key: str | None


class AssetEventCollection(Struct, frozen=True):
    asset_events: tuple[AssetEventResponse, ...]
    total_entries: int
    next_cursor: str | None = None
    previous_cursor: str | None = None


class AccessControl(Struct, frozen=True):
    """Teams do not exist here; it is read and changes nothing."""

    allow_global: bool = True
    consumer_teams: tuple[str, ...] | None = None


class CreateAssetEventsBody(Struct, frozen=True):
    asset_id: int
    extra: dict[str, Any] | None = None
    partition_key: Annotated[str, Meta(max_length=250)] | None = None
    access_control: AccessControl | None = None


class QueuedEventResponse(Struct, frozen=True):
    dag_id: str
    asset_id: int
    created_at: datetime
    dag_display_name: str


class QueuedEventCollection(Struct, frozen=True):
    queued_events: tuple[QueuedEventResponse, ...]
    total_entries: int
