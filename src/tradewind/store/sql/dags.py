"""DAG versions and import errors."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import msgspec

from tradewind.model.errors import NotFoundError
from tradewind.model.records import DagRecord, ImportErrorRecord
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState
from tradewind.model.warm import ImportProblem
from tradewind.store.sql.coding import decode_json, encode_json, from_micros, instant, to_micros
from tradewind.store.sql.port import Connection

_encode_spec = msgspec.msgpack.Encoder().encode
_decode_spec = msgspec.msgpack.Decoder(DagSpec).decode
COLUMNS = "dag_id, root, file, hash, snapshot, is_paused, seen_at, summary"
SELECT_DAGS = """
SELECT d.dag_id, d.root, d.file, d.hash, d.snapshot, d.is_paused, d.seen_at, d.summary, d.retired_at, r.run_id, r.state,
  coalesce(r.logical_date, r.run_after)
FROM dag d LEFT JOIN run r ON r.id = (SELECT max(id) FROM run WHERE dag_id = d.dag_id)"""


def save_version(connection: Connection, spec: DagSpec, snapshot: str, root: str, file: str, now: datetime) -> bool:
    at, spec_hash = to_micros(now), spec.hash
    known = connection.execute("SELECT hash FROM dag WHERE dag_id = ?", (spec.dag_id,)).fetchone()
    connection.execute(
        "INSERT INTO dag_version (dag_id, hash, spec, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (spec.dag_id, spec_hash, _encode_spec(spec), at),
    )
    summary = {
        "tags": spec.tags,
        "owners": spec.owners,
        "description": spec.description,
        "schedule": spec.schedule.summary,
    }
    connection.execute(
        f"""INSERT INTO dag ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dag_id) DO UPDATE SET
        root = excluded.root, file = excluded.file, hash = excluded.hash, snapshot = excluded.snapshot,
        seen_at = excluded.seen_at, summary = excluded.summary, retired_at = NULL""",
        (
            spec.dag_id,
            root,
            file,
            spec_hash,
            snapshot,
            int(bool(spec.is_paused_upon_creation)),
            at,
            encode_json(summary),
        ),
    )
    return known is None or known[0] != spec_hash


def one_dag(connection: Connection, dag_id: str) -> DagRecord | None:
    row = connection.execute(f"{SELECT_DAGS} WHERE d.dag_id = ?", (dag_id,)).fetchone()
    return _dag_record(row) if row else None


def all_dags(connection: Connection, *, include_retired: bool) -> list[DagRecord]:
    which = "" if include_retired else " WHERE d.retired_at IS NULL"
    return [_dag_record(row) for row in connection.execute(f"{SELECT_DAGS}{which} ORDER BY d.dag_id")]


def retire(connection: Connection, root: str, file: str, keep: Collection[str], now: datetime) -> list[str]:
    rows = connection.execute(
        """UPDATE dag SET retired_at = ? WHERE root = ? AND file = ? AND retired_at IS NULL
        AND dag_id NOT IN (SELECT value FROM json_each(?)) RETURNING dag_id""",
        (to_micros(now), root, file, encode_json(sorted(keep)).decode()),
    ).fetchall()
    return sorted(row[0] for row in rows)


def spec_of(connection: Connection, dag_id: str, dag_hash: str | None) -> DagSpec | None:
    query = (
        "SELECT spec FROM dag_version WHERE dag_id = ? AND hash = coalesce(?, (SELECT hash FROM dag WHERE dag_id = ?))"
    )
    row = connection.execute(query, (dag_id, dag_hash, dag_id)).fetchone()
    return _decode_spec(row[0]) if row else None


def set_paused(connection: Connection, dag_id: str, is_paused: bool) -> None:
    done = connection.execute("UPDATE dag SET is_paused = ? WHERE dag_id = ?", (int(is_paused), dag_id))
    if done.rowcount != 1:
        raise NotFoundError(f"there is no DAG {dag_id!r}", hint="see `tradewind dags list`")


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
        retired_at=from_micros(row[8]),
        last_run_id=row[9],
        last_run_state=None if row[10] is None else RunState(row[10]),
        last_run_date=from_micros(row[11]),
    )
