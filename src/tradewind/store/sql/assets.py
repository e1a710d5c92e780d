"""Assets, their events, and the runs they start."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from tradewind.model.changes import RunCreated
from tradewind.model.ids import RunKey
from tradewind.model.service import AssetEventRecord, AssetRecord, NewAssetEvent
from tradewind.store.sql import asset_events, asset_refs, runs
from tradewind.store.sql.asset_events import EVENT_COLUMNS, INSERT_ASSET, event_record
from tradewind.store.sql.coding import encode_json, encode_plain, from_micros, plain_object, to_micros
from tradewind.store.sql.commit import apply
from tradewind.store.sql.port import Connection, Database

SELECT_ASSETS = """
SELECT a.id, a.name, a.uri, a.group_name, a.extra, a.last_event_at,
  EXISTS (SELECT 1 FROM asset_ref f JOIN dag d ON d.dag_id = f.dag_id AND d.retired_at IS NULL
    WHERE f.name = a.name AND f.uri IN (a.uri, ''))
  OR EXISTS (SELECT 1 FROM asset_ref f JOIN dag d ON d.dag_id = f.dag_id AND d.retired_at IS NULL
    WHERE f.uri = a.uri AND f.name = '')
FROM asset a"""
SELECT_EVENTS = f"SELECT {EVENT_COLUMNS} FROM asset_event e JOIN asset a ON a.id = e.asset"
WAITING = f"""
SELECT {EVENT_COLUMNS} FROM asset_event_use u JOIN asset_event e ON e.id = u.event JOIN asset a ON a.id = e.asset
WHERE u.dag_id = ? AND u.run IS NULL ORDER BY u.event"""
WAITING_DAGS = """
SELECT d.dag_id FROM dag d WHERE d.is_paused = 0 AND d.retired_at IS NULL
AND EXISTS (SELECT 1 FROM asset_event_use u WHERE u.dag_id = d.dag_id AND u.run IS NULL) ORDER BY d.dag_id"""
CLAIM = """
UPDATE asset SET last_event_at = ? WHERE name = ? AND uri = ? AND (last_event_at IS NULL OR last_event_at < ?)"""
"""Compares and sets in one statement: whoever comes second waits for the first, and then finds no row."""
FORGET = "DELETE FROM asset_event_use WHERE dag_id = ? AND event = ? AND run IS NULL"
USE = "UPDATE asset_event_use SET run = ? WHERE dag_id = ? AND event = ? AND run IS NULL"


class _EventIsUsedError(Exception):
    """Rolls back what was written of the run."""


class SqlAssets(Database):
    """See `store.facets.assets.Assets`."""

    def assets(self, *, names: Collection[str] | None = None) -> list[AssetRecord]:
        query, values = SELECT_ASSETS, list[Any]()
        if names is not None:
            query += " WHERE a.name IN (SELECT value FROM json_each(?))"
            values.append(encode_json(sorted(names)).decode())
        with self._reading() as connection:
            return [_asset(row) for row in connection.execute(f"{query} ORDER BY a.name, a.uri", values)]

    def consumers_of(self, name: str, uri: str) -> list[str]:
        with self._reading() as connection:
            return [dag_id for dag_id, _ in asset_refs.referrers(connection, name, uri, "schedule")]

    def producers_of(self, name: str, uri: str) -> list[tuple[str, str]]:
        with self._reading() as connection:
            return asset_refs.referrers(connection, name, uri, "outlet")

    def add_asset_event(self, event: NewAssetEvent, *, now: datetime) -> AssetEventRecord:
        with self._writing() as connection:
            number = asset_events.write_event(connection, event, to_micros(now))
            return event_record(connection.execute(f"{SELECT_EVENTS} WHERE e.id = ?", (number,)).fetchone())

    def add_asset_event_unless(
        self, event: NewAssetEvent, *, since: datetime, now: datetime
    ) -> AssetEventRecord | None:
        at = to_micros(now)
        with self._writing() as connection:
            connection.execute(INSERT_ASSET, (event.name, event.uri, encode_plain({}), at))
            claim = connection.execute(CLAIM, (at, event.name, event.uri, to_micros(since)))
            if claim.rowcount != 1:
                return None
            number = asset_events.write_event(connection, event, at)
            return event_record(connection.execute(f"{SELECT_EVENTS} WHERE e.id = ?", (number,)).fetchone())

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
        where, values = ["true"], list[Any]()
        for column, wanted in (
            ("e.alias = ?", alias),
            ("e.at >= ?", to_micros(after)),
            ("e.at < ?", to_micros(before)),
        ):
            if wanted is not None:
                where.append(column)
                values.append(wanted)
        with self._reading() as connection:
            if name is not None or uri is not None:
                where.append(_of_assets(connection, name, uri))
            if run is not None:
                where.append("e.id IN (SELECT u.event FROM asset_event_use u WHERE u.run = ?)")
                values.append(runs.row_id(connection, run))
            query = f"{SELECT_EVENTS} WHERE {' AND '.join(where)} ORDER BY e.id DESC LIMIT ?"
            return [event_record(row) for row in connection.execute(query, (*values, limit))]

    def waiting_events(self, dag_id: str) -> list[AssetEventRecord]:
        with self._reading() as connection:
            return [event_record(row) for row in connection.execute(WAITING, (dag_id,))]

    def dags_with_waiting_events(self) -> list[str]:
        with self._reading() as connection:
            return [row[0] for row in connection.execute(WAITING_DAGS)]

    def forget_waiting_events(self, dag_id: str, events: Sequence[int]) -> None:
        rows = [(dag_id, event) for event in sorted(set(events))]
        with self._writing() as connection:
            connection.executemany(FORGET, rows)

    def create_asset_runs(self, made: Sequence[tuple[RunCreated, Sequence[int]]], *, who: str, now: datetime) -> bool:
        used: set[int] = set()
        try:
            with self._writing() as connection:
                for created, events in made:
                    apply(connection, [created], who=who, now=now)
                    run = runs.row_id(connection, created.run)
                    for event in sorted(set(events) - used):
                        if connection.execute(USE, (run, created.run.dag_id, event)).rowcount != 1:
                            raise _EventIsUsedError
                    used |= set(events)
        except _EventIsUsedError:
            return False
        return True


def _of_assets(connection: Connection, name: str | None, uri: str | None) -> str:
    """Of one asset, as nearly always, the newest events are found without looking at the others."""
    known = [("name = ?", name), ("uri = ?", uri)]
    which = " AND ".join(column for column, wanted in known if wanted is not None)
    values = [wanted for _, wanted in known if wanted is not None]
    ids = [row[0] for row in connection.execute(f"SELECT id FROM asset WHERE {which}", values)]
    if not ids:
        return "false"
    return f"e.asset = {ids[0]}" if len(ids) == 1 else f"e.asset IN ({', '.join(map(str, ids))})"


def _asset(row: tuple[Any, ...]) -> AssetRecord:
    return AssetRecord(
        asset_id=row[0],
        name=row[1],
        uri=row[2],
        group=row[3],
        extra=plain_object(row[4]),
        last_event_at=from_micros(row[5]),
        is_active=bool(row[6]),
    )
