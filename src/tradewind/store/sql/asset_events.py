"""Events of assets: writing them down, and for whom each of them waits.

Who is to hear of an event is decided when it is written: a row of `asset_event_use` for each DAG that waits for the
asset; a paused one collects them. While its `run` is null the event waits for a run of that DAG.
"""

from __future__ import annotations

from typing import Any

from tradewind.model.changes import AssetsUpdated
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import path_from_text, path_to_text
from tradewind.model.service import AssetEventRecord, NewAssetEvent
from tradewind.store.sql.asset_refs import REFS_OF_ASSET
from tradewind.store.sql.batch import Batch
from tradewind.store.sql.coding import encode_plain, instant, plain_object
from tradewind.store.sql.port import Connection

EVENT_COLUMNS = """e.id, a.name, a.uri, e.at, e.extra, e.source_dag_id, e.source_run_id, e.source_task_id,
  e.source_map_path, e.alias, e.partition_key, e.who"""
INSERT_ASSET = """
INSERT INTO asset (name, uri, group_name, extra, created_at) VALUES (?, ?, 'asset', ?, ?) ON CONFLICT DO NOTHING"""
INSERT_LINK = "INSERT INTO asset_alias (alias, asset) VALUES (?, ?) ON CONFLICT DO NOTHING"
INSERT_EVENT = """
INSERT INTO asset_event (asset, at, extra, source_dag_id, source_run_id, source_task_id, source_map_path, alias,
  partition_key, who)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"""
WAIT_FOR_IT = f"""
INSERT INTO asset_event_use (dag_id, event) SELECT DISTINCT d.dag_id, CAST(?3 AS BIGINT) FROM ({REFS_OF_ASSET}) f
JOIN dag d ON d.dag_id = f.dag_id
WHERE f.kind = 'schedule' AND d.retired_at IS NULL"""

MOST_WAITING = 1000
"""Events of one asset (and partition) that wait for one DAG, about: where it waits for another asset besides, which is
never updated, they would pile up for years. The oldest go first."""
DROP_EVERY = 256
"""Looked at once in so many events, so that it costs next to nothing."""
DROP_OLDEST = f"""
DELETE FROM asset_event_use WHERE run IS NULL AND (dag_id, event) IN (
  SELECT w.dag_id, w.event FROM (
    SELECT u.dag_id, u.event,
      row_number() OVER (PARTITION BY u.dag_id, e.asset, e.partition_key ORDER BY u.event DESC) AS place
    FROM asset_event_use u JOIN asset_event e ON e.id = u.event
    WHERE u.run IS NULL AND u.dag_id IN (SELECT f.dag_id FROM ({REFS_OF_ASSET}) f WHERE f.kind = 'schedule')) w
  WHERE w.place > ?3)"""


def assets_updated(batch: Batch, change: AssetsUpdated) -> None:
    """Assets first, in one order for all writers, so that no two wait for each other."""
    for name, uri in sorted({(event.name, event.uri) for event in change.events}):
        if _known(batch, name, uri) is None:  # one that an alias stands for, met for the first time
            batch.execute(INSERT_ASSET, (name or uri, uri or name, encode_plain({}), batch.now))
    for event in change.events:
        write_event(batch, event, batch.now)


def write_event(connection: Connection | Batch, event: NewAssetEvent, at: int) -> int:
    """Raises NotFoundError for an asset that nobody has mentioned."""
    known = _known(connection, event.name, event.uri)
    if known is None:
        raise NotFoundError(
            f"there is no asset {event.name or event.uri!r}", hint="no DAG mentions it: see `tradewind assets list`"
        )
    asset, name, uri = known
    if event.alias:
        connection.execute(INSERT_LINK, (event.alias, asset))
    (number,) = connection.execute(INSERT_EVENT, _values(event, asset, at)).fetchone()
    connection.execute("UPDATE asset SET last_event_at = ? WHERE id = ?", (at, asset))
    connection.execute(WAIT_FOR_IT, (name, uri, number))
    if number % DROP_EVERY == 0:
        connection.execute(DROP_OLDEST, (name, uri, MOST_WAITING))
    return number


def event_record(row: tuple[Any, ...]) -> AssetEventRecord:
    return AssetEventRecord(
        event_id=row[0],
        name=row[1],
        uri=row[2],
        at=instant(row[3]),
        extra=plain_object(row[4]),
        source_dag_id=row[5],
        source_run_id=row[6],
        source_task_id=row[7],
        source_map_path=path_from_text(row[8]),
        alias=row[9],
        partition_key=row[10],
        by=row[11],
    )


def _known(connection: Connection | Batch, name: str, uri: str) -> tuple[int, str, str] | None:
    """Row id, name and URI; one of the two is enough to find it."""
    if name and uri:
        which, values = "name = ? AND uri = ?", (name, uri)
    else:
        which, values = ("name = ?", (name,)) if name else ("uri = ?", (uri,))
    return connection.execute(f"SELECT id, name, uri FROM asset WHERE {which} ORDER BY id LIMIT 1", values).fetchone()


def _values(event: NewAssetEvent, asset: int, at: int) -> tuple[object, ...]:
    return (
        asset,
        at,
        encode_plain(event.extra),
        event.run and event.run.dag_id,
        event.run and event.run.run_id,
        event.task_id,
        path_to_text(event.map_path),
        event.alias,
        event.partition_key,
        event.by,
    )
