"""Tasks that wait for triggers: which triggerer holds each, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from tradewind.model.changes import DeferralForgotten, DeferralMade
from tradewind.model.ids import RunKey, path_from_text, path_to_text
from tradewind.model.service import DeferralOutcome, DeferralRecord
from tradewind.store.facets.deferrals import EndedDeferral
from tradewind.store.sql.batch import Batch
from tradewind.store.sql.coding import (
    encode_json,
    encode_plain,
    from_micros,
    instant,
    plain_data,
    plain_object,
    to_micros,
)
from tradewind.store.sql.port import Connection, Database

SELECT = """
SELECT d.id, r.dag_id, r.run_id, d.task_id, d.map_path, d.try_id, d.trigger_path, d.trigger_kwargs, d.method, d.kwargs,
  d.snapshot, d.file, d.created_at, d.queue, d.timeout_at, d.triggerer_id, d.outcome, d.event, d.error, d.ended_at
FROM deferral d JOIN run r ON r.id = d.run"""
INSERT = """
INSERT INTO deferral (run, task_id, map_path, try_id, trigger_path, trigger_kwargs, method, kwargs, snapshot, file,
  queue, timeout_at, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
DELETE = "DELETE FROM deferral WHERE run = ? AND task_id = ? AND map_path = ?"
NEXT_HOLDER = "SELECT min(triggerer_id) FROM deferral WHERE outcome IS NULL AND triggerer_id > ?"
OF_NOBODY = "outcome IS NULL AND triggerer_id IS NULL AND trigger_path <> ''"
OF_ONE = "outcome IS NULL AND triggerer_id = ?"
FREE = "SELECT id FROM deferral WHERE {whose} {queue} ORDER BY id LIMIT ? /* lock those nobody has locked */"
TAKE = "UPDATE deferral SET triggerer_id = ? WHERE id = ?"
GIVE_BACK = f"""
UPDATE deferral SET triggerer_id = NULL WHERE {OF_ONE}
AND id IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) RETURNING id"""
OF_QUEUES = "AND (queue = '' OR queue IN (SELECT value FROM json_each(?)))"
END = "UPDATE deferral SET outcome = ?, event = ?, error = ?, ended_at = ? WHERE id = ? AND outcome IS NULL"
ENDED = f"{SELECT} WHERE d.outcome IS NOT NULL AND d.is_resumed = 0 ORDER BY d.ended_at, d.id"


class SqlDeferrals(Database):
    """See `store.facets.deferrals.Deferrals`."""

    def claim_deferrals(
        self, triggerer_id: str, *, limit: int, queues: Collection[str] | None, alive: Iterable[str]
    ) -> list[DeferralRecord]:
        others = {*alive, triggerer_id}
        with self._reading() as connection:
            holders = [holder for holder in _holders(connection) if holder not in others]
            if not holders:
                return []
        with self._writing() as connection:
            ids = list[int]()
            for holder in holders:
                ids += _take(connection, triggerer_id, holder, queues, limit - len(ids))
            query = f"{SELECT} WHERE d.id IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) ORDER BY d.id"
            return [_record(row) for row in connection.execute(query, (encode_json(ids).decode(),))]

    def give_back_deferrals(self, triggerer_id: str, ids: Collection[int]) -> set[int]:
        with self._writing() as connection:
            rows = connection.execute(GIVE_BACK, (triggerer_id, encode_json(sorted(ids)).decode())).fetchall()
            return {row[0] for row in rows}

    def still_deferred(self, triggerer_id: str) -> set[int]:
        with self._reading() as connection:
            return {row[0] for row in connection.execute(f"SELECT id FROM deferral WHERE {OF_ONE}", (triggerer_id,))}

    def end_deferrals(self, ended: Sequence[EndedDeferral], *, triggerer_id: str | None, now: datetime) -> list[bool]:
        query, holder = (END, ()) if triggerer_id is None else (f"{END} AND triggerer_id = ?", (triggerer_id,))
        with self._writing() as connection:
            rows = ((one.outcome, encode_plain(one.event), one.error, to_micros(now), one.deferral_id) for one in ended)
            return [connection.execute(query, (*row, *holder)).rowcount == 1 for row in rows]

    def ended_deferrals(self, keys: Iterable[RunKey]) -> list[DeferralRecord]:
        wanted = frozenset(keys)
        with self._reading() as connection:  # few at any time: those whose task instance is still to be moved
            return [record for row in connection.execute(ENDED) if (record := _record(row)).run in wanted]

    def deferrals(self, key: RunKey | None = None) -> list[DeferralRecord]:
        which, values = ("", ()) if key is None else ("WHERE r.dag_id = ? AND r.run_id = ?", (key.dag_id, key.run_id))
        with self._reading() as connection:
            return [_record(row) for row in connection.execute(f"{SELECT} {which} ORDER BY d.id", values)]


def _holders(connection: Connection) -> list[str | None]:
    """Who holds what waits: None first, where something is held by nobody. Each is one look into the index."""
    holders = list[str | None]()
    if connection.execute(f"SELECT 1 FROM deferral WHERE {OF_NOBODY} LIMIT 1").fetchone():
        holders.append(None)
    last = ""
    while (found := connection.execute(NEXT_HOLDER, (last,)).fetchone()[0]) is not None:
        holders.append(found)
        last = found
    return holders


def _take(
    connection: Connection, triggerer_id: str, holder: str | None, queues: Collection[str] | None, limit: int
) -> list[int]:
    whose = OF_NOBODY if holder is None else OF_ONE
    of_holder = () if holder is None else (holder,)
    of_queues = () if queues is None else (encode_json(sorted(queues)).decode(),)
    query = FREE.format(whose=whose, queue="" if queues is None else OF_QUEUES)
    free = [row[0] for row in connection.execute(query, (*of_holder, *of_queues, limit)).fetchall()]
    connection.executemany(TAKE, [(triggerer_id, number) for number in free])
    return free


# ------------------------------------------------------------------------------------------ changes of a commit


def deferral_made(batch: Batch, change: DeferralMade) -> None:
    """A row of its own each time: a triggerer that holds the last one lets it go."""
    run, path = batch.run(change.run), path_to_text(change.map_path)
    batch.execute(DELETE, (run, change.task_id, path))
    row = (
        run,
        change.task_id,
        path,
        change.try_id,
        change.trigger,
        encode_plain(change.trigger_kwargs),
        change.method,
        encode_plain(change.kwargs),
        change.snapshot,
        change.file,
        change.queue,
        to_micros(change.timeout_at),
        batch.now,
    )
    batch.execute(INSERT, row)


def deferral_forgotten(batch: Batch, change: DeferralForgotten) -> None:
    batch.execute(DELETE, (batch.run(change.run), change.task_id, path_to_text(change.map_path)))


def _record(row: tuple[Any, ...]) -> DeferralRecord:
    return DeferralRecord(
        deferral_id=row[0],
        run=RunKey(row[1], row[2]),
        task_id=row[3],
        map_path=path_from_text(row[4]),
        try_id=row[5],
        trigger=row[6],
        trigger_kwargs=plain_object(row[7]),
        method=row[8],
        kwargs=plain_object(row[9]),
        snapshot=row[10],
        file=row[11],
        created_at=instant(row[12]),
        queue=row[13],
        timeout_at=from_micros(row[14]),
        triggerer_id=row[15],
        outcome=None if row[16] is None else DeferralOutcome(row[16]),
        event=plain_data(row[17]),
        error=row[18],
        ended_at=from_micros(row[19]),
    )
