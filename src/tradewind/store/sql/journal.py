"""The journal of the machine-learning features: written with the changes of a batch, or by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tradewind.model.changes import EntryWritten
from tradewind.model.entries import LASTING
from tradewind.model.ids import path_from_text, path_to_text
from tradewind.model.journal import EntryQuery, JournalEntry
from tradewind.store.sql.batch import Batch
from tradewind.store.sql.coding import encode_plain, instant, plain_object, to_micros
from tradewind.store.sql.port import Database

_COLUMNS = "kind, name, dag_id, run_id, task_id, map_path, try_id, who, at, body"
_OF_RUN = "(SELECT id FROM run WHERE dag_id = ? AND run_id = ?)"
INSERT = f"INSERT INTO journal (run, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_BY_NAME = f"INSERT INTO journal (run, {_COLUMNS}) VALUES ({_OF_RUN}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def entry_written(batch: Batch, change: EntryWritten) -> None:
    run = None if change.kind in LASTING else batch.run(change.run)
    of_try = (change.run.dag_id, change.run.run_id, change.task_id, path_to_text(change.map_path), change.try_id)
    batch.execute(INSERT, (run, change.kind, change.name, *of_try, batch.who, batch.now, encode_plain(change.body)))


class SqlJournal(Database):
    """See `store.facets.journal.Journal`."""

    def entries(self, query: EntryQuery) -> list[JournalEntry]:
        kinds = (query.kind, *query.further_kinds)
        where, values = [f"kind IN ({', '.join('?' * len(kinds))})"], list[Any](kinds)
        for column in ("name", "dag_id", "run_id", "task_id", "try_id"):
            if (wanted := getattr(query, column)) is not None:
                where.append(f"{column} = ?")
                values.append(wanted)
        if query.before_id is not None:
            where.append("id < ?")
            values.append(query.before_id)
        if query.after_id is not None:
            where.append("id > ?")
            values.append(query.after_id)
        statement = f"SELECT id, {_COLUMNS} FROM journal WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT ?"
        with self._reading() as connection:
            return [_entry(row) for row in connection.execute(statement, (*values, query.limit))]

    def entry_names(self, kind: str, *, dag_id: str | None = None) -> list[str]:
        values = (kind,) if dag_id is None else (kind, dag_id)
        of_dag = "" if dag_id is None else " AND dag_id = ?"
        statement = f"SELECT DISTINCT name FROM journal WHERE kind = ?{of_dag} ORDER BY name"
        with self._reading() as connection:
            return [row[0] for row in connection.execute(statement, values)]

    def write_entries(self, entries: Sequence[JournalEntry]) -> None:
        if not entries:
            return
        with self._writing() as connection:
            connection.executemany(INSERT_BY_NAME, [_row(entry) for entry in entries])


def _row(entry: JournalEntry) -> tuple[Any, ...]:
    of_run = ("", "") if entry.kind in LASTING else (entry.dag_id, entry.run_id)
    of_try = (entry.dag_id, entry.run_id, entry.task_id, path_to_text(entry.map_path), entry.try_id)
    said = (entry.who, to_micros(entry.at), encode_plain(entry.body))
    return (*of_run, entry.kind, entry.name, *of_try, *said)


def _entry(row: tuple[Any, ...]) -> JournalEntry:
    return JournalEntry(
        entry_id=row[0],
        kind=row[1],
        name=row[2],
        dag_id=row[3],
        run_id=row[4],
        task_id=row[5],
        map_path=path_from_text(row[6]),
        try_id=row[7],
        who=row[8],
        at=instant(row[9]),
        body=plain_object(row[10]),
    )
