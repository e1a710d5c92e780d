"""Backfills, and the runs they have made so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from tradewind.model.changes import RunCreated
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.service import BackfillRecord, BackfillRunRecord
from tradewind.store.errors import DuplicateRunError
from tradewind.store.sql.coding import encode_plain, from_micros, instant, plain_object, to_micros
from tradewind.store.sql.commit import apply
from tradewind.store.sql.port import Connection, Database

SELECT = """
SELECT id, dag_id, from_date, to_date, is_reverse, reprocess, max_active_runs, conf, is_paused, created_at, created_by,
  ended_at, is_cancelled, on_latest_version
FROM backfill"""
INSERT = """
INSERT INTO backfill (dag_id, from_date, to_date, is_reverse, reprocess, max_active_runs, conf, is_paused, created_at,
  created_by, ended_at, is_cancelled, on_latest_version)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id"""
INSERT_DATE = """
INSERT INTO backfill_date (backfill, place, logical_date, interval_start, interval_end, run_id, why_not)
VALUES (?, ?, ?, ?, ?, ?, ?)"""
SELECT_DATES = """
SELECT p.place, p.logical_date, p.interval_start, p.interval_end, p.run_id, p.why_not,
  CASE WHEN p.run_id IS NULL THEN p.why_not != '' ELSE r.state IS NULL OR r.state IN ('success', 'failed') END
FROM backfill_date p JOIN backfill b ON b.id = p.backfill LEFT JOIN run r ON r.dag_id = b.dag_id AND r.run_id = p.run_id
WHERE p.backfill = ? ORDER BY p.place"""
TAKE_PLACE = """
UPDATE backfill_date SET run_id = ? WHERE backfill = ? AND place = ? AND run_id IS NULL AND why_not = ''
AND backfill IN (SELECT id FROM backfill WHERE id = ? AND ended_at IS NULL AND is_cancelled = 0)"""
GIVE_UP_PLACE = "UPDATE backfill_date SET why_not = ? WHERE backfill = ? AND place = ? AND run_id IS NULL"
UPDATE = """
UPDATE backfill SET is_paused = coalesce(CAST(? AS INTEGER), is_paused),
  is_cancelled = CASE WHEN ? = 1 THEN 1 ELSE is_cancelled END, ended_at = coalesce(ended_at, CAST(? AS BIGINT))
WHERE id = ?"""
ALREADY_EXISTS = "already exists"


class SqlBackfills(Database):
    """See `store.facets.backfills.Backfills`."""

    def create_backfill(self, backfill: BackfillRecord, dates: Sequence[BackfillRunRecord]) -> int:
        with self._writing() as connection:
            made = connection.execute(INSERT, _values(backfill)).fetchone()
            if made is None:
                raise TradewindError(
                    f"DAG {backfill.dag_id!r} is being backfilled already",
                    hint="wait for it or cancel it: see `tradewind backfills list`",
                )
            rows = [(made[0], *_date_values(date)) for date in dates]
            connection.executemany(INSERT_DATE, rows)
            return made[0]

    def backfill(self, backfill_id: int) -> BackfillRecord:
        with self._reading() as connection:
            row = connection.execute(f"{SELECT} WHERE id = ?", (backfill_id,)).fetchone()
        if row is None:
            raise no_backfill(backfill_id)
        return _record(row)

    def backfills(self, *, dag_id: str | None = None, only_active: bool = False) -> list[BackfillRecord]:
        where, values = ["true"], list[Any]()
        if dag_id is not None:
            where.append("dag_id = ?")
            values.append(dag_id)
        if only_active:
            where.append("ended_at IS NULL")
        query = f"{SELECT} WHERE {' AND '.join(where)} ORDER BY id"
        with self._reading() as connection:
            return [_record(row) for row in connection.execute(query, values)]

    def backfill_dates(self, backfill_id: int) -> list[BackfillRunRecord]:
        with self._reading() as connection:
            return [_date(row) for row in connection.execute(SELECT_DATES, (backfill_id,))]

    def create_backfill_run(
        self, backfill_id: int, place: int, created: RunCreated, *, who: str, now: datetime
    ) -> bool:
        try:
            with self._writing() as connection:
                row = (created.run.run_id, backfill_id, place, backfill_id)
                if connection.execute(TAKE_PLACE, row).rowcount != 1:
                    return False
                apply(connection, [replace(created, backfill_id=backfill_id)], who=who, now=now)
                return True
        except DuplicateRunError:
            with self._writing() as connection:
                connection.execute(GIVE_UP_PLACE, (ALREADY_EXISTS, backfill_id, place))
            return False

    def adopt_backfill_run(self, backfill_id: int, place: int, run_id: str) -> None:
        with self._writing() as connection:
            dag_id = _dag_of(connection, backfill_id)
            adopted = connection.execute(
                "UPDATE run SET backfill_id = ? WHERE dag_id = ? AND run_id = ?", (backfill_id, dag_id, run_id)
            )
            if adopted.rowcount != 1:
                raise NotFoundError(f"there is no run {run_id!r} of DAG {dag_id!r}", hint="see `tradewind runs list`")
            query = "UPDATE backfill_date SET run_id = ?, why_not = '' WHERE backfill = ? AND place = ?"
            connection.execute(query, (run_id, backfill_id, place))

    def set_backfill(
        self,
        backfill_id: int,
        *,
        is_paused: bool | None = None,
        is_cancelled: bool = False,
        ended_at: datetime | None = None,
    ) -> None:
        paused = None if is_paused is None else int(is_paused)
        with self._writing() as connection:
            row = (paused, int(is_cancelled), to_micros(ended_at), backfill_id)
            if connection.execute(UPDATE, row).rowcount != 1:
                raise no_backfill(backfill_id)


def no_backfill(backfill_id: int) -> NotFoundError:
    return NotFoundError(f"there is no backfill {backfill_id}", hint="see `tradewind backfills list`")


def _dag_of(connection: Connection, backfill_id: int) -> str:
    row = connection.execute("SELECT dag_id FROM backfill WHERE id = ?", (backfill_id,)).fetchone()
    if row is None:
        raise no_backfill(backfill_id)
    return row[0]


def _values(backfill: BackfillRecord) -> tuple[object, ...]:
    return (
        backfill.dag_id,
        to_micros(backfill.from_date),
        to_micros(backfill.to_date),
        int(backfill.is_reverse),
        backfill.reprocess,
        backfill.max_active_runs,
        encode_plain(backfill.conf),
        int(backfill.is_paused),
        to_micros(backfill.created_at),
        backfill.created_by,
        to_micros(backfill.ended_at),
        int(backfill.is_cancelled),
        int(backfill.on_latest_version),
    )


def _date_values(date: BackfillRunRecord) -> tuple[object, ...]:
    instants = map(to_micros, (date.logical_date, date.interval_start, date.interval_end))
    return date.place, *instants, date.run_id, date.why_not


def _record(row: tuple[Any, ...]) -> BackfillRecord:
    return BackfillRecord(
        backfill_id=row[0],
        dag_id=row[1],
        from_date=instant(row[2]),
        to_date=instant(row[3]),
        is_reverse=bool(row[4]),
        reprocess=row[5],
        max_active_runs=row[6],
        conf=plain_object(row[7]),
        is_paused=bool(row[8]),
        created_at=instant(row[9]),
        created_by=row[10],
        ended_at=from_micros(row[11]),
        is_cancelled=bool(row[12]),
        on_latest_version=bool(row[13]),
    )


def _date(row: tuple[Any, ...]) -> BackfillRunRecord:
    return BackfillRunRecord(row[0], *map(instant, row[1:4]), run_id=row[4], why_not=row[5], is_done=bool(row[6]))
