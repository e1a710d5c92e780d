"""Assets, their events, and which DAGs wait for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from tradewind.model.changes import RunCreated
from tradewind.model.ids import RunKey
from tradewind.model.service import AssetEventRecord, AssetRecord, NewAssetEvent


class Assets(Protocol):
    """`save_dag_version` keeps the references that a DAG's spec makes (schedule, inlets, outlets). Events of tasks are
    written by `commit` (`AssetsUpdated`), in the transaction that says the task succeeded."""

    def assets(self, *, names: Collection[str] | None = None) -> list[AssetRecord]: ...

    def consumers_of(self, name: str, uri: str) -> list[str]:
        """DAGs whose schedule mentions the asset (also through an alias that has stood for it)."""
        ...

    def producers_of(self, name: str, uri: str) -> list[tuple[str, str]]:
        """(DAG, task) that have it as an outlet."""
        ...

    def add_asset_event(self, event: NewAssetEvent, *, now: datetime) -> AssetEventRecord:
        """From outside, or a watcher. Raises NotFoundError for an asset no DAG mentions."""
        ...

    def add_asset_event_unless(
        self, event: NewAssetEvent, *, since: datetime, now: datetime
    ) -> AssetEventRecord | None:
        """The same, but None, and nothing is written, where the asset was updated at or after `since`: of two who ask
        at once one is refused. An asset that nobody has mentioned is made."""
        ...

    def asset_events(
        self,
        *,
        name: str | None = None,
        uri: str | None = None,
        alias: str | None = None,
        run: RunKey | None = None,
        after: datetime | None = None,
        before: datetime | None = None,
        limit: int = 100,
    ) -> list[AssetEventRecord]:
        """Newest first; `run`: those that started this run; `alias`: those reported under it; `after` is included,
        `before` is not."""
        ...

    def waiting_events(self, dag_id: str) -> list[AssetEventRecord]:
        """Events of assets that the DAG's schedule mentions and that no run of it was made for yet, oldest first. A
        paused DAG collects them."""
        ...

    def dags_with_waiting_events(self) -> list[str]:
        """Unpaused, unretired DAGs for which `waiting_events` is not empty."""
        ...

    def create_asset_runs(self, made: Sequence[tuple[RunCreated, Sequence[int]]], *, who: str, now: datetime) -> bool:
        """These runs of one DAG, and that these events were for them, in one transaction. An event that is for several
        of them counts as the first one's. False where one of the events has been used for another run of the DAG."""
        ...

    def forget_waiting_events(self, dag_id: str, events: Sequence[int]) -> None:
        """These start no run of the DAG: it waits for partitions and they are of none, or the other way round."""
        ...
