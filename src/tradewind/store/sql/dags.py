"""DAG versions and import errors."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec

from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.records import DagRecord, ImportErrorRecord
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState
from tradewind.model.warm import ImportProblem
from tradewind.store.sql import asset_refs
from tradewind.store.sql.coding import decode_json, encode_json, from_micros, instant, to_micros
from tradewind.store.sql.port import Connection

_log = logging.getLogger(__name__)
_encode_spec = msgspec.msgpack.Encoder().encode
_decode_spec = msgspec.msgpack.Decoder(DagSpec).decode
SELECT_KNOWN = "SELECT hash, snapshot, retired_at FROM dag WHERE dag_id = ? /* lock */"
INSERT_VERSION = """
INSERT INTO dag_version (dag_id, hash, spec, created_at, snapshot, bundle_version, number)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, (SELECT coalesce(max(number), 0) + 1 FROM dag_version WHERE dag_id = ?1))
ON CONFLICT (dag_id, hash) DO UPDATE SET spec = excluded.spec WHERE dag_version.spec <> excluded.spec"""
"""A version that is there already is written again only where its spec was damaged."""
NEXT_STAMP = """
INSERT INTO stamp (name, at) VALUES ('dags', ?) ON CONFLICT (name) DO UPDATE SET
  at = CASE WHEN stamp.at < excluded.at THEN excluded.at ELSE stamp.at + 1 END RETURNING at"""
INSERT_DAG = """
INSERT INTO dag (root, file, hash, snapshot, bundle, bundle_version, seen_at, summary, dag_id, is_paused, changed_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
UPDATE_DAG = """
UPDATE dag SET root = ?1, file = ?2, hash = ?3, snapshot = ?4, bundle = ?5, bundle_version = ?6, seen_at = ?7,
  summary = ?8, retired_at = NULL, changed_at = CASE WHEN ?10 = 1 THEN changed_at ELSE ?11 END
WHERE dag_id = ?9"""
FORGET_NEXT = """
UPDATE dag SET next_run_after = NULL, next_logical_date = NULL, next_interval_start = NULL, next_interval_end = NULL,
  held_why = ''
WHERE dag_id = ?"""
SELECT_DAGS = """
SELECT d.dag_id, d.root, d.file, d.hash, d.snapshot, d.is_paused, d.seen_at, d.summary, d.retired_at, r.run_id, r.state,
  coalesce(r.logical_date, r.run_after), d.bundle, d.bundle_version
FROM dag d LEFT JOIN run r ON r.id = (SELECT max(id) FROM run WHERE dag_id = d.dag_id)"""


def save_version(
    connection: Connection, spec: DagSpec, snapshot: str, root: str, file: str, bundle: tuple[str, str], now: datetime
) -> bool:
    """`bundle`: its name and version, or empty."""
    spec_hash, version = spec.hash, bundle[1]
    stamp = change_stamp(connection, now)
    known = connection.execute(SELECT_KNOWN, (spec.dag_id,)).fetchone()
    is_new = known is None or known[0] != spec_hash
    connection.execute(INSERT_VERSION, (spec.dag_id, spec_hash, _encode_spec(spec), to_micros(now), snapshot, version))
    row = (root, file, spec_hash, snapshot, *bundle, to_micros(now), _summary(spec))
    if known is None:
        connection.execute(INSERT_DAG, (*row, spec.dag_id, int(bool(spec.is_paused_upon_creation)), stamp))
    else:
        is_same = tuple(known) == (spec_hash, snapshot, None)
        before = spec_of(connection, spec.dag_id, known[0]) if is_new else spec
        is_other_clock = before is None or before.clock != spec.clock
        connection.execute(UPDATE_DAG, (*row, spec.dag_id, int(is_same), stamp))
        if is_other_clock:
            connection.execute(FORGET_NEXT, (spec.dag_id,))
    asset_refs.write(connection, spec, now)
    return is_new


def _summary(spec: DagSpec) -> bytes:
    summary = {
        "tags": spec.tags,
        "owners": spec.owners,
        "description": spec.description,
        "schedule": spec.schedule.summary,
        "label": spec.label,
        "timezone": spec.timezone,
    }
    return encode_json(summary)


def change_stamp(connection: Connection, now: datetime) -> int:
    """For `changed_at`: later than each that was given out before, whoever's clock goes wrong. The row stays locked
    until the commit, so that what is stamped later is also seen later: whoever asks for what has changed since the last
    change they saw misses nothing. To be taken before any row of `dag` is locked, or two writers may wait for each
    other."""
    return connection.execute(NEXT_STAMP, (to_micros(now),)).fetchone()[0]


def one_dag(connection: Connection, dag_id: str) -> DagRecord | None:
    row = connection.execute(f"{SELECT_DAGS} WHERE d.dag_id = ?", (dag_id,)).fetchone()
    return _dag_record(row) if row else None


def all_dags(connection: Connection, *, include_retired: bool) -> list[DagRecord]:
    which = "" if include_retired else " WHERE d.retired_at IS NULL"
    return [_dag_record(row) for row in connection.execute(f"{SELECT_DAGS}{which} ORDER BY d.dag_id")]


def retire(connection: Connection, root: str, file: str, keep: Collection[str], now: datetime) -> list[str]:
    rows = connection.execute(
        """UPDATE dag SET retired_at = ?, changed_at = ? WHERE root = ? AND file = ? AND retired_at IS NULL
        AND dag_id NOT IN (SELECT value FROM json_each(?)) RETURNING dag_id""",
        (to_micros(now), change_stamp(connection, now), root, file, encode_json(sorted(keep)).decode()),
    ).fetchall()
    return sorted(row[0] for row in rows)


def spec_of(connection: Connection, dag_id: str, dag_hash: str | None) -> DagSpec | None:
    """None also for one that cannot be read: it is damaged, or another version of Tradewind wrote it in a way that this
    one does not know. It holds up its own DAG alone; the log says so once."""
    query = (
        "SELECT spec, hash FROM dag_version"
        " WHERE dag_id = ? AND hash = coalesce(?, (SELECT hash FROM dag WHERE dag_id = ?))"
    )
    row = connection.execute(query, (dag_id, dag_hash, dag_id)).fetchone()
    if row is None:
        return None
    try:
        return _decode_spec(row[0])
    except msgspec.MsgspecError as error:
        _say_once(f"{_unreadable(dag_id, row[1])} ({error}): parse its file again: tradewind dags parse")
        return None


def unreadable(connection: Connection) -> list[str]:
    """Versions whose specs cannot be read, in words."""
    found: list[str] = []
    query = "SELECT dag_id, hash, spec FROM dag_version ORDER BY dag_id, hash"
    for dag_id, dag_hash, spec in connection.execute(query):
        try:
            _decode_spec(spec)
        except msgspec.MsgspecError as error:
            found.append(f"{_unreadable(dag_id, dag_hash)} ({error}): parse its file again: tradewind dags parse")
    return found


def _unreadable(dag_id: str, dag_hash: str) -> str:
    return f"version {dag_hash[:12]} of DAG {dag_id!r} cannot be read from the database"


@lru_cache(maxsize=1000)
def _say_once(text: str) -> None:
    _log.error("%s", text)


def set_paused(connection: Connection, dag_id: str, is_paused: bool, now: datetime) -> None:
    query = "UPDATE dag SET is_paused = ?, changed_at = ? WHERE dag_id = ? AND is_paused != ?"
    row = (int(is_paused), change_stamp(connection, now), dag_id, int(is_paused))
    if connection.execute(query, row).rowcount == 1:
        return
    if connection.execute("SELECT 1 FROM dag WHERE dag_id = ?", (dag_id,)).fetchone() is None:
        raise no_dag(dag_id)


def delete(connection: Connection, dag_id: str) -> None:
    """Its references to assets, and events that wait for it, go along."""
    if connection.execute("SELECT 1 FROM run WHERE dag_id = ? LIMIT 1", (dag_id,)).fetchone() is not None:
        raise TradewindError(f"DAG {dag_id!r} still has runs", hint="delete them first")
    if connection.execute("DELETE FROM dag WHERE dag_id = ?", (dag_id,)).rowcount != 1:
        raise no_dag(dag_id)
    for table in ("dag_version", "backfill", "import_error", "cached"):
        connection.execute(f"DELETE FROM {table} WHERE dag_id = ?", (dag_id,))


def no_dag(dag_id: str) -> NotFoundError:
    return NotFoundError(f"there is no DAG {dag_id!r}", hint="see `tradewind dags list`")


def replace_import_errors(
    connection: Connection, root: str, file: str, problems: Sequence[ImportProblem], now: datetime
) -> None:
    connection.execute("DELETE FROM import_error WHERE root = ? AND file = ?", (root, file))
    connection.executemany(
        """INSERT INTO import_error (root, file, message, line, hint, traceback, dag_id, seen_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        [(root, file, p.message, p.line, p.hint, p.traceback, p.dag_id, to_micros(now)) for p in problems],
    )


def import_errors(connection: Connection) -> list[ImportErrorRecord]:
    rows = connection.execute(
        "SELECT root, file, message, line, hint, traceback, dag_id, seen_at FROM import_error ORDER BY root, file, id"
    )
    return [ImportErrorRecord(*row[:7], seen_at=instant(row[7])) for row in rows]


def _dag_record(row: tuple[Any, ...]) -> DagRecord:
    summary = decode_json(row[7])
    return DagRecord(
        *row[:5],
        is_paused=bool(row[5]),
        seen_at=instant(row[6]),
        tags=tuple(summary["tags"]),
        owners=tuple(summary["owners"]),
        description=summary["description"],
        schedule=summary["schedule"],
        timezone=summary.get("timezone", "UTC"),
        retired_at=from_micros(row[8]),
        last_run_id=row[9],
        last_run_state=None if row[10] is None else RunState(row[10]),
        last_run_date=from_micros(row[11]),
        bundle=row[12],
        bundle_version=row[13],
    )
