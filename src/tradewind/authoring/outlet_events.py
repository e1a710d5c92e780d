"""`outlet_events[asset].extra = {...}`: what a task says about the assets it has updated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tradewind.authoring.assets import Asset, AssetAlias, AssetRef


class OutletEvent:
    """The event of one outlet."""

    def __init__(self, key: Asset | AssetAlias | AssetRef) -> None:
        self.key = key
        self.extra: dict[str, Any] = {}
        self.partition_keys: list[str] = []
        self.added: list[tuple[Asset, dict[str, Any]]] = []
        """Of an alias: the assets it stood for, each with its extra."""

    def add(self, asset: Asset, extra: Mapping[str, Any] | None = None) -> None:
        """Say that the alias stands for `asset` in this run."""
        if not isinstance(self.key, AssetAlias):
            return
        self.added.append((asset, dict(extra or {})))

    def add_partitions(self, keys: str | Sequence[str]) -> None:
        """Say which partitions of the asset were made. Raises ValueError for an empty key, TypeError for an alias."""
        if isinstance(self.key, AssetAlias):
            raise TypeError("add_partitions() is of assets, not of aliases")
        for key in [keys] if isinstance(keys, str) else keys:
            if not key.strip():
                raise ValueError(f"a partition key must not be empty or whitespace only; got {key!r}")
            if key not in self.partition_keys:
                self.partition_keys.append(key)

    def as_plain(self) -> dict[str, Any]:
        partitions = {"partitions": self.partition_keys} if self.partition_keys else {}
        return {
            **partitions,
            "key": self.key.as_plain(),
            "extra": self.extra,
            "added": [{**asset.as_plain(), "extra": extra} for asset, extra in self.added],
        }


class OutletEvents(Mapping[Any, OutletEvent]):
    """By asset or alias, or by the name or URI of one of the task's outlets. An event is made when it is first asked
    for."""

    def __init__(self, outlets: Sequence[Any] = ()) -> None:
        self._outlets = outlets
        self._events: dict[Any, OutletEvent] = {}

    def __getitem__(self, key: Any) -> OutletEvent:
        outlet = self._outlet(key)
        return self._events.setdefault(outlet, OutletEvent(outlet))

    def _outlet(self, key: Any) -> Any:
        """A name, a URI or a reference stands for the outlet that has it."""
        if isinstance(key, (Asset, AssetAlias)):
            return key
        names = {key} if isinstance(key, str) else {key.name, key.uri} - {""}
        for outlet in self._outlets:
            if names & {getattr(outlet, "name", None), getattr(outlet, "uri", None)}:
                return outlet
        return Asset(key) if isinstance(key, str) else key

    def __iter__(self) -> Iterator[Any]:
        return iter(self._events)

    def __len__(self) -> int:
        return len(self._events)

    def as_plain(self) -> list[dict[str, Any]]:
        """For the try's report; empty where the task said nothing."""
        return [
            event.as_plain() for event in self._events.values() if event.extra or event.added or event.partition_keys
        ]
