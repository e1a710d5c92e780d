"""Finds DAGs that would start each other for ever: one's schedule waits for an asset that another updates, and so on
round. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from msgspec import Struct

from tradewind.model.spec import DagSpec


class AssetUse(Struct, frozen=True):
    """The assets a DAG's schedule waits for, and those its tasks update, by name (by URI where it has none)."""

    waits_for: frozenset[str]
    updates: frozenset[str]


def asset_use(spec: DagSpec) -> AssetUse | None:
    """None where it has nothing to do with assets."""
    waits_for = frozenset(_names(spec.schedule.assets))
    updates = frozenset(name for task in spec.tasks for outlet in task.outlets for name in _names(outlet))
    return AssetUse(waits_for, updates) if waits_for or updates else None


def circle_through(dag_id: str, uses: Mapping[str, AssetUse]) -> tuple[str, ...]:
    """The shortest way from this DAG over assets to itself, as DAG, asset, DAG, …, DAG; empty where there is none."""
    ways: list[tuple[str, ...]] = [(dag_id,)]
    seen: set[str] = set()
    readers = _readers(uses)
    while ways:
        way = ways.pop(0)
        for asset in sorted(uses[way[-1]].updates if way[-1] in uses else ()):
            for reader in readers.get(asset, ()):
                if reader == dag_id:
                    return (*way, asset, reader)
                if reader not in seen:
                    seen.add(reader)
                    ways.append((*way, asset, reader))
    return ()


def _readers(uses: Mapping[str, AssetUse]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for dag_id in sorted(uses):
        for asset in uses[dag_id].waits_for:
            found.setdefault(asset, []).append(dag_id)
    return found


def _names(data: Any) -> Iterator[str]:
    """Of the assets in a condition or an outlet (nested plain data)."""
    if isinstance(data, dict):
        for word, value in cast("dict[str, Any]", data).items():
            if word in ("asset", "asset_ref") and isinstance(value, dict):
                asset = cast("dict[str, Any]", value)
                yield str(asset.get("name") or asset.get("uri") or "")
            else:
                yield from _names(value)
    elif isinstance(data, (list, tuple)):
        for item in cast("list[Any]", data):
            yield from _names(item)
