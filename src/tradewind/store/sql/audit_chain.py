"""The audit as a chain: each row holds a hash of itself and of the row before it, so that a row which was changed, left
out or put between shows. Where the chain begins and ends is a row of its own, so that cutting off its end shows, too.

Who can write to the database can compute the whole chain anew: that shows only where its head was noted elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec

from tradewind.model.people import ChainReport
from tradewind.model.service import AuditRecord
from tradewind.store.sql.coding import encode_plain, to_micros
from tradewind.store.sql.port import Connection

NAME = "audit"
COLUMNS = "at, who, action, dag_id, run_id, task_id, detail"
INSERT = f"INSERT INTO audit ({COLUMNS}, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"
BEGIN_CHAIN = """
INSERT INTO audit_chain (name, first, before, last, head) VALUES (?, 0, '', 0, '') ON CONFLICT (name) DO NOTHING"""
SELECT_HEAD = "SELECT first, head FROM audit_chain WHERE name = ? /* lock */"
MOVE_HEAD = """
UPDATE audit_chain SET last = ?1, head = ?2, first = CASE WHEN first = 0 THEN ?1 ELSE first END WHERE name = ?3"""
SELECT_ROWS = f"SELECT id, {COLUMNS}, hash FROM audit WHERE id >= ? ORDER BY id"
SELECT_OUTLIVED = """
SELECT id, hash FROM audit WHERE id < (SELECT coalesce(min(id), 9223372036854775807) FROM audit WHERE at >= ?1)
ORDER BY id LIMIT ?2"""
CUT = "UPDATE audit_chain SET first = ?, before = ? WHERE name = ? AND first <= ?"


def insert(connection: Connection, record: AuditRecord) -> None:
    """The chain's row is locked until the commit: one row after the other."""
    names = (record.dag_id, record.run_id, record.task_id)
    row = (to_micros(record.at), record.who, record.action, *names, encode_plain(record.detail))
    connection.execute(BEGIN_CHAIN, (NAME,))
    head = connection.execute(SELECT_HEAD, (NAME,)).fetchone()[1]
    digest = _digest(head, row)
    (number,) = connection.execute(INSERT, (*row, digest)).fetchone()
    connection.execute(MOVE_HEAD, (number, digest, NAME))


def verify(connection: Connection, newest: int | None = None) -> ChainReport:
    chain = connection.execute("SELECT first, before, last, head FROM audit_chain WHERE name = ?", (NAME,)).fetchone()
    if chain is None or chain[0] == 0:
        (count,) = connection.execute("SELECT count(*) FROM audit WHERE hash != ''").fetchone()
        why = "nothing was written yet" if not count else f"{count} rows are there, but the chain's end is gone"
        return ChainReport(is_whole=not count, why=why, rows=0, head="")
    first, before, last, head = chain
    if newest is not None:
        first, before = _late_start(connection, first, before, newest)
    count, number = 0, first
    for row in connection.execute(SELECT_ROWS, (first,)):
        number, values, found = row[0], tuple(row[1:8]), row[8]
        before = _digest(before, values)
        if found != before:
            why = f"row {number} is not what was written, or rows before it are gone"
            return ChainReport(is_whole=False, why=why, rows=count, head=head)
        count += 1
    if before != head:
        return ChainReport(
            is_whole=False, why=f"rows after number {number} are gone, up to number {last}", rows=count, head=head
        )
    which = "the newest " if newest == count else ""
    return ChainReport(is_whole=True, why=f"{which}{count} rows are as they were written", rows=count, head=head)


def _late_start(connection: Connection, first: int, before: str, newest: int) -> tuple[int, str]:
    """The row to begin with, and the hash before it."""
    rows = connection.execute(
        "SELECT id, hash FROM audit WHERE id >= ? ORDER BY id DESC LIMIT 2 OFFSET ?", (first, newest - 1)
    ).fetchall()
    return (rows[0][0], rows[1][1]) if len(rows) == 2 else (first, before)


def forget(connection: Connection, before: int | None, limit: int) -> int:
    """Delete the oldest rows, up to the first that is not before this instant: what is left is still a chain."""
    rows = connection.execute(SELECT_OUTLIVED, (before, limit)).fetchall()
    if not rows:
        return 0
    number, digest = rows[-1]
    connection.execute("DELETE FROM audit WHERE id <= ?", (number,))
    connection.execute(CUT, (number + 1, digest, NAME, number))
    return len(rows)


def _digest(before: str, row: Sequence[Any]) -> str:
    return hashlib.sha256(before.encode() + msgspec.msgpack.encode(row)).hexdigest()
