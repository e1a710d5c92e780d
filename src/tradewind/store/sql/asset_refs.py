"""Which assets a DAG's spec mentions, and who mentions an asset."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeAlias, cast

from tradewind.model.spec import DagSpec
from tradewind.store.sql.coding import encode_plain, to_micros
from tradewind.store.sql.port import Connection

Ref: TypeAlias = tuple[str, str, str, str, str]
"""Kind (`schedule`, `inlet`, `outlet`), task or "", and the asset's name and URI or the alias; one of name and URI may
be "" where an `Asset.ref` names the other alone."""

UPSERT_ASSET = """
INSERT INTO asset (name, uri, group_name, extra, created_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (name, uri) DO UPDATE SET group_name = excluded.group_name, extra = excluded.extra
WHERE asset.group_name != excluded.group_name OR asset.extra != excluded.extra"""
SELECT_REFS = "SELECT kind, task_id, name, uri, alias FROM asset_ref WHERE dag_id = ?"
INSERT_REF = """
INSERT INTO asset_ref (dag_id, kind, task_id, name, uri, alias) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"""
DELETE_REF = """
DELETE FROM asset_ref WHERE dag_id = ? AND kind = ? AND task_id = ? AND name = ? AND uri = ? AND alias = ?"""
REFS_OF_ASSET = """
SELECT dag_id, task_id, kind FROM asset_ref WHERE name = ?1 AND uri IN (?2, '')
UNION SELECT dag_id, task_id, kind FROM asset_ref WHERE uri = ?2 AND name = ''
UNION SELECT f.dag_id, f.task_id, f.kind FROM asset a JOIN asset_alias l ON l.asset = a.id
JOIN asset_ref f ON f.alias = l.alias WHERE a.name = ?1 AND a.uri = ?2"""
"""Each part is a look into one index."""
REFERRERS = f"""
SELECT DISTINCT f.dag_id, f.task_id FROM ({REFS_OF_ASSET}) f JOIN dag d ON d.dag_id = f.dag_id
WHERE f.kind = ?3 AND d.retired_at IS NULL ORDER BY f.dag_id, f.task_id"""
MENTIONED = """
SELECT 1 FROM asset_ref f WHERE f.dag_id = asset_event_use.dag_id AND f.kind = 'schedule' AND (
  (f.name = a.name AND f.uri IN (a.uri, '')) OR (f.uri = a.uri AND f.name = '')
  OR f.alias IN (SELECT l.alias FROM asset_alias l WHERE l.asset = a.id))"""
FORGET_WAITING = f"""
DELETE FROM asset_event_use WHERE dag_id = ? AND run IS NULL AND NOT EXISTS (
  SELECT 1 FROM asset_event e JOIN asset a ON a.id = e.asset
  WHERE e.id = asset_event_use.event AND EXISTS ({MENTIONED}))"""


def write(connection: Connection, spec: DagSpec, now: datetime) -> None:
    """What the newest version mentions; a version that mentions what the last one did writes nothing."""
    wanted = {ref for ref, _ in _refs(spec)}
    there = {tuple(row) for row in connection.execute(SELECT_REFS, (spec.dag_id,))}
    if not wanted and not there:
        return
    at = to_micros(now)
    assets = {(about["name"], about["uri"]): about for _, about in _refs(spec) if about}
    connection.executemany(
        UPSERT_ASSET,
        [
            (name, uri, about.get("group", "asset"), encode_plain(about.get("extra") or {}), at)
            for (name, uri), about in sorted(assets.items(), key=lambda one: one[0])
        ],
    )
    connection.executemany(INSERT_REF, [(spec.dag_id, *ref) for ref in sorted(wanted - there)])
    gone = sorted(there - wanted)
    connection.executemany(DELETE_REF, [(spec.dag_id, *ref) for ref in gone])
    if any(ref[0] == "schedule" for ref in gone):
        connection.execute(FORGET_WAITING, (spec.dag_id,))


def referrers(connection: Connection, name: str, uri: str, kind: str) -> list[tuple[str, str]]:
    """(DAG, task) of DAGs that are there."""
    return [tuple(row) for row in connection.execute(REFERRERS, (name, uri, kind))]


def _refs(spec: DagSpec) -> Iterator[tuple[Ref, dict[str, Any]]]:
    """Each reference, and what defines the asset where this is one."""
    for place, about in _found_in(spec.schedule.assets):
        yield ("schedule", "", *place), about
    for task in spec.tasks:
        for kind, items in (("inlet", task.inlets), ("outlet", task.outlets)):
            for place, about in _found_in(items):
                yield (kind, task.task_id, *place), about


def _found_in(plain: Any) -> Iterator[tuple[tuple[str, str, str], dict[str, Any]]]:
    """Look through nested plain data for what `authoring.assets` wrote."""
    if isinstance(plain, list | tuple):
        for item in cast("list[Any]", plain):
            yield from _found_in(item)
    elif isinstance(plain, dict):
        for word, item in cast("dict[str, Any]", plain).items():
            match word:
                case "asset":
                    yield (item["name"], item["uri"], ""), item
                case "asset_ref":
                    yield (item.get("name", ""), item.get("uri", ""), ""), {}
                case "alias":
                    yield ("", "", item["name"]), {}
                case "all" | "any":
                    yield from _found_in(item)
                case _:
                    pass
