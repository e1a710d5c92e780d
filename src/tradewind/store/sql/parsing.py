"""What DAG files yielded, written in one go."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec

from tradewind.model.ids import RunKey
from tradewind.model.records import DagVersionRecord
from tradewind.model.service import DueRun
from tradewind.model.spec import DagSpec
from tradewind.store.facets.parsing import Clock, KeptFile, ParsedDag, ParsedFile, Saved
from tradewind.store.sql import dags
from tradewind.store.sql.coding import encode_json, instant, to_micros
from tradewind.store.sql.port import Connection, Database

SET_CLOCK = """
UPDATE dag SET next_run_after = ?, next_logical_date = ?, next_interval_start = ?, next_interval_end = ?, held_why = ?,
  changed_at = ?
WHERE dag_id = ? AND coalesce(last_interval_end, -1) = ?"""
SAVE_FILE = """
INSERT INTO dag_file (root, file, parsed_at, seconds, dag_count, snapshot, made_of) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (root, file) DO UPDATE SET parsed_at = excluded.parsed_at, seconds = excluded.seconds,
  dag_count = excluded.dag_count, snapshot = excluded.snapshot, made_of = excluded.made_of"""
SET_INTERVAL = """
UPDATE run SET data_interval_start = ?, data_interval_end = ? WHERE dag_id = ? AND run_id = ? AND run_type = 'manual'"""
SELECT_KEPT = """
SELECT file, parsed_at, made_of, dag_count FROM dag_file WHERE root = ? AND made_of IS NOT NULL"""
SELECT_DAGS_OF_ROOT = "SELECT file, dag_id FROM dag WHERE root = ? AND retired_at IS NULL ORDER BY dag_id"
MOVE = """
UPDATE dag SET root = ?, snapshot = ?, bundle_version = ?, changed_at = ?
WHERE root = ? AND retired_at IS NULL AND snapshot != ? AND file NOT IN (SELECT value FROM json_each(?))"""
SELECT_DAG_PLACES = "SELECT DISTINCT root, file FROM dag WHERE root = ? OR (bundle = ? AND bundle != '')"
RETIRE_FILE = """
UPDATE dag SET retired_at = ?, changed_at = ? WHERE root = ? AND file = ? AND retired_at IS NULL RETURNING dag_id"""
SELECT_VERSIONS = """
SELECT dag_id, number, hash, snapshot, bundle_version, created_at FROM dag_version WHERE dag_id = ?
ORDER BY number DESC, created_at DESC"""


class SqlParsing(Database):
    """See `store.facets.parsing.Parsing`."""

    def save_parsed(
        self,
        root: str,
        snapshot: str,
        files: Sequence[ParsedFile],
        *,
        now: datetime,
        bundle: str = "",
        bundle_version: str = "",
    ) -> Saved:
        new_versions: list[str] = []
        retired: list[str] = []
        overtaken: list[str] = []
        with self._writing() as connection:
            for file in files:
                for dag in file.dags:
                    if not dag.moves:
                        _keep_version(connection, dag.spec, snapshot, bundle_version, now)
                        continue
                    place = (snapshot, root, file.file, (bundle, bundle_version))
                    if dags.save_version(connection, dag.spec, *place, now):
                        new_versions.append(dag.spec.dag_id)
                    if not _set_clock(connection, dag, now):
                        overtaken.append(dag.spec.dag_id)
                dags.replace_import_errors(connection, root, file.file, file.problems, now)
                if file.is_whole:
                    keep = [dag.spec.dag_id for dag in file.dags] + list(file.keep)
                    retired += dags.retire(connection, root, file.file, keep, now)
                row = (root, file.file, to_micros(now), file.seconds, len(file.dags), snapshot, file.made_of)
                connection.execute(SAVE_FILE, row)
        return Saved(tuple(new_versions), tuple(retired), tuple(overtaken))

    def kept_files(self, root: str) -> list[KeptFile]:
        with self._reading() as connection:
            rows = connection.execute(SELECT_KEPT, (root,)).fetchall()
            places = connection.execute(SELECT_DAGS_OF_ROOT, (root,)).fetchall()
        dag_ids: dict[str, list[str]] = {}
        for file, dag_id in places:
            dag_ids.setdefault(file, []).append(dag_id)
        return [
            KeptFile(file, instant(parsed_at), bytes(made_of), tuple(dag_ids.get(file, ())))
            for file, parsed_at, made_of, count in rows
            if len(dag_ids.get(file, ())) == count
        ]

    def set_manual_interval(self, key: RunKey, start: datetime, end: datetime) -> None:
        with self._writing() as connection:
            connection.execute(SET_INTERVAL, (to_micros(start), to_micros(end), key.dag_id, key.run_id))

    def parse_times(self) -> dict[tuple[str, str], datetime]:
        with self._reading() as connection:
            rows = connection.execute("SELECT root, file, parsed_at FROM dag_file").fetchall()
        return {(root, file): instant(parsed_at) for root, file, parsed_at in rows}

    def move_to_snapshot(
        self,
        root: str,
        snapshot: str,
        *,
        but: Collection[str],
        now: datetime,
        bundle_version: str = "",
        old_root: str | None = None,
    ) -> int:
        with self._writing() as connection:
            stamp = dags.change_stamp(connection, now)
            names = encode_json(sorted(but)).decode()
            row = (root, snapshot, bundle_version, stamp, old_root or root, snapshot, names)
            return connection.execute(MOVE, row).rowcount

    def retire_missing(self, root: str, files: Collection[str], *, now: datetime, bundle: str = "") -> list[str]:
        with self._writing() as connection:
            stamp = dags.change_stamp(connection, now)
            retired: list[str] = []
            for *place, is_gone in sorted(_leftovers(connection, root, set(files), bundle)):
                if is_gone:
                    rows = connection.execute(RETIRE_FILE, (to_micros(now), stamp, *place)).fetchall()
                    retired += [row[0] for row in rows]
                connection.execute("DELETE FROM import_error WHERE root = ? AND file = ?", place)
                connection.execute("DELETE FROM dag_file WHERE root = ? AND file = ?", place)
        return sorted(retired)

    def dag_versions(self, dag_id: str) -> list[DagVersionRecord]:
        with self._reading() as connection:
            rows = connection.execute(SELECT_VERSIONS, (dag_id,)).fetchall()
        return [DagVersionRecord(*row[:5], created_at=instant(row[5])) for row in rows]


def _keep_version(connection: Connection, spec: DagSpec, snapshot: str, bundle_version: str, now: datetime) -> None:
    row = (spec.dag_id, spec.hash, msgspec.msgpack.encode(spec), to_micros(now), snapshot, bundle_version)
    connection.execute(dags.INSERT_VERSION, row)


def _leftovers(connection: Connection, root: str, files: set[str], bundle: str) -> set[tuple[str, str, bool]]:
    """(root, file, are its DAGs gone) of all that the store has of files that are not there: where a bundle has moved
    to another folder, DAGs of a file that is there too stay until they are found in it."""
    dag_places = {(row[0], row[1]) for row in connection.execute(SELECT_DAG_PLACES, (root, bundle)).fetchall()}
    roots = {root, *(place[0] for place in dag_places)}
    others = {
        (one, row[0])
        for one in sorted(roots)
        for table in ("import_error", "dag_file")
        for row in connection.execute(f"SELECT file FROM {table} WHERE root = ?", (one,)).fetchall()
    }
    there = {(root, file) for file in files}
    return {(one, file, file not in files) for one, file in (dag_places | others) - there}


def _set_clock(connection: Connection, dag: ParsedDag, now: datetime) -> bool:
    clock: Clock | None = dag.clock
    if clock is None:
        return True
    last = -1 if clock.last_interval_end is None else to_micros(clock.last_interval_end)
    stamp = dags.change_stamp(connection, now)
    row = (*_values(clock.due), clock.held_why, stamp, dag.spec.dag_id, last)
    return connection.execute(SET_CLOCK, row).rowcount == 1


def _values(due: DueRun | None) -> tuple[int | None, ...]:
    if due is None:
        return None, None, None, None
    return tuple(map(to_micros, (due.run_after, due.logical_date, due.interval_start, due.interval_end)))
