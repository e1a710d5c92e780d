"""What pages show of many runs at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from tradewind.model.ids import RunKey, path_from_text
from tradewind.store.facets.views import AssetLink, Cell, InstanceCell, RunBit
from tradewind.store.sql.coding import encode_json, from_micros, instant, to_micros
from tradewind.store.sql.port import Database

_BIT = """r.id, r.dag_id, r.run_id, r.state, r.run_type, r.logical_date, r.run_after, r.started_at, r.ended_at,
  r.dag_hash, r.note, r.queued_at"""
BARS = f"""
    SELECT {_BIT} FROM json_each(?1) wanted JOIN run r ON r.id IN
    (SELECT n.id FROM run n WHERE n.dag_id = wanted.value ORDER BY n.id DESC LIMIT ?2) ORDER BY r.id"""
NUMBERS = """
    SELECT r.id, r.dag_id, r.run_id FROM run r WHERE r.dag_id IN (SELECT value FROM json_each(?))
    AND r.run_id IN (SELECT value FROM json_each(?))"""
BEFORE = "SELECT run_id FROM run WHERE dag_id = ?1 AND id < ?2 ORDER BY id DESC LIMIT 1"
AFTER = "SELECT run_id FROM run WHERE dag_id = ?1 AND id > ?2 ORDER BY id LIMIT 1"
ACTIVE = "SELECT dag_id, state, COUNT(*) FROM run WHERE state IN ('queued', 'running') GROUP BY dag_id, state"
ENDED = """
    SELECT d.dag_id, r.state, COUNT(*) FROM dag d JOIN run r ON r.dag_id = d.dag_id AND r.ended_at >= ?
    WHERE r.ended_at IS NOT NULL GROUP BY d.dag_id, r.state"""
DATES = """
    SELECT logical_date, state FROM run WHERE dag_id = ?1 AND logical_date >= ?2 AND logical_date < ?3
    UNION ALL SELECT run_after, state FROM run
    WHERE dag_id = ?1 AND logical_date IS NULL AND run_after >= ?2 AND run_after < ?3"""
CELLS = """
    SELECT i.run, i.task_id, i.state, COUNT(*), MAX(i.map_path), MIN(i.started_at), MAX(i.ended_at), MAX(i.try_number),
    SUM(CASE WHEN substr(i.why, 1, 19) = 'the same as in run ' THEN 1 ELSE 0 END)
    FROM task_instance i WHERE i.run IN (SELECT CAST(value AS BIGINT) FROM json_each(?))
    GROUP BY i.run, i.task_id, i.state"""
EACH_CELL = """
    SELECT i.run, i.task_id, i.state, 1, i.map_path, i.started_at, i.ended_at, i.try_number,
    CASE WHEN substr(i.why, 1, 19) = 'the same as in run ' THEN 1 ELSE 0 END
    FROM task_instance i WHERE i.run IN (SELECT CAST(value AS BIGINT) FROM json_each(?))"""
INSTANCE_CELLS = """
    SELECT i.run, i.map_path, i.state, i.label FROM task_instance i
    WHERE i.run IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) AND i.task_id = ? AND i.map_path <> ''
    ORDER BY length(i.map_path), i.map_path LIMIT ?"""
COUNTS = """
    SELECT i.run, i.state, COUNT(*) FROM task_instance i
    WHERE i.run IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) GROUP BY i.run, i.state"""
LENGTHS = """
    SELECT e.run, e.node_id, CAST(SUM(e.length) AS BIGINT) FROM expansion e
    WHERE e.run IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) GROUP BY e.run, e.node_id"""
RUNNING = """
    SELECT i.run, i.task_id FROM task_instance i WHERE i.run IN (SELECT CAST(value AS BIGINT) FROM json_each(?))
    AND i.state = 'running' GROUP BY i.run, i.task_id ORDER BY i.run, MIN(i.started_at)"""
SECONDS = """
    SELECT t.run, t.task_id, CAST(SUM(t.ended_at - t.started_at) AS BIGINT) FROM try t
    WHERE t.run IN (SELECT CAST(value AS BIGINT) FROM json_each(?)) AND t.purpose = 'execute'
    AND t.started_at IS NOT NULL AND t.ended_at IS NOT NULL GROUP BY t.run, t.task_id"""
LAST_CHANGES = """
    SELECT CAST(value AS BIGINT), (SELECT MAX(h.id) FROM history h WHERE h.run = CAST(value AS BIGINT))
    FROM json_each(?)"""
VERSION_RUNS = "SELECT dag_hash, COUNT(*) FROM run WHERE dag_id = ? GROUP BY dag_hash"

LINKS = """
    SELECT f.dag_id, f.kind, f.task_id, f.name, f.uri, f.alias FROM asset_ref f JOIN dag d ON d.dag_id = f.dag_id
    WHERE d.retired_at IS NULL ORDER BY f.dag_id, f.kind, f.task_id, f.name"""
DEFERRED = """
    SELECT t.pool, CAST(SUM(t.pool_slots) AS BIGINT) FROM deferral d JOIN try t ON t.try_id = d.try_id
    WHERE d.outcome IS NULL GROUP BY t.pool"""
ALIASES = "SELECT l.alias, a.name FROM asset_alias l JOIN asset a ON a.id = l.asset ORDER BY l.alias, a.name"


class SqlViews(Database):
    """A part of `SqlStore`; see `store.facets.views`."""

    def bars(self, dag_ids: Collection[str], *, each: int) -> dict[str, list[RunBit]]:
        found: dict[str, list[RunBit]] = {dag_id: [] for dag_id in dag_ids}
        with self._reading() as connection:
            for row in connection.execute(BARS, (_list(list(found)), each)):
                found[row[1]].append(_bit(row))
        return found

    def run_bits(
        self,
        dag_id: str | None,
        *,
        limit: int,
        before: int | None = None,
        states: Collection[str] = (),
        run_types: Collection[str] = (),
        ended_since: datetime | None = None,
    ) -> list[RunBit]:
        where, values = ["true"], list[Any]()
        for condition, value in (
            ("r.dag_id = ?", dag_id),
            ("r.id < ?", before),
            ("r.state IN (SELECT value FROM json_each(?))", _list(states) if states else None),
            ("r.run_type IN (SELECT value FROM json_each(?))", _list(run_types) if run_types else None),
            ("r.ended_at >= ?", to_micros(ended_since)),
        ):
            if value is not None:
                where.append(condition)
                values.append(value)
        query = f"SELECT {_BIT} FROM run r WHERE {' AND '.join(where)} ORDER BY r.id DESC LIMIT ?"
        with self._reading() as connection:
            return [_bit(row) for row in connection.execute(query, (*values, limit))]

    def run_numbers(self, keys: Collection[RunKey]) -> dict[RunKey, int]:
        wanted = set(keys)
        values = (_list({key.dag_id for key in wanted}), _list({key.run_id for key in wanted}))
        with self._reading() as connection:
            rows = connection.execute(NUMBERS, values).fetchall() if wanted else []
        found = {RunKey(dag_id, run_id): number for number, dag_id, run_id in rows}
        return {key: number for key, number in found.items() if key in wanted}

    def neighbours(self, key: RunKey) -> tuple[str | None, str | None]:
        number = self.run_numbers([key]).get(key, 0)
        with self._reading() as connection:
            before = connection.execute(BEFORE, (key.dag_id, number)).fetchone()
            after = connection.execute(AFTER, (key.dag_id, number)).fetchone()
        return (before[0] if before else None), (after[0] if after else None)

    def active_counts(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        with self._reading() as connection:
            for dag_id, state, number in connection.execute(ACTIVE, ()):
                found.setdefault(dag_id, {})[state] = number
        return found

    def ended_counts(self, since: datetime) -> dict[tuple[str, str], int]:
        with self._reading() as connection:
            return {(dag, state): number for dag, state, number in connection.execute(ENDED, (to_micros(since),))}

    def run_dates(self, dag_id: str, start: datetime, end: datetime) -> list[tuple[datetime, str]]:
        with self._reading() as connection:
            rows = connection.execute(DATES, (dag_id, to_micros(start), to_micros(end)))
            return [(instant(at), state) for at, state in rows]

    def cells(self, runs: Sequence[int], *, has_mapped: bool = True) -> list[Cell]:
        with self._reading() as connection:
            rows = connection.execute(CELLS if has_mapped else EACH_CELL, (_list(runs),)).fetchall()
        return [Cell(row[0], row[1], row[2], row[3], bool(row[4]), row[5], row[6], row[7], row[8]) for row in rows]

    def instance_cells(self, runs: Sequence[int], task_id: str, *, each: int) -> list[InstanceCell]:
        with self._reading() as connection:
            rows = connection.execute(INSTANCE_CELLS, (_list(runs), task_id, each * len(runs))).fetchall()
        return [InstanceCell(row[0], path_from_text(row[1]), row[2], row[3] or "") for row in rows]

    def instance_counts(self, keys: Collection[RunKey]) -> dict[RunKey, dict[str, int]]:
        by_number = {number: key for key, number in self.run_numbers(keys).items()}
        found: dict[RunKey, dict[str, int]] = {key: {} for key in by_number.values()}
        with self._reading() as connection:
            for run, state, number in connection.execute(COUNTS, (_list(by_number),)):
                found[by_number[run]][state] = number
        return found

    def expansion_lengths(self, keys: Collection[RunKey]) -> dict[RunKey, dict[str, int]]:
        by_number = {number: key for key, number in self.run_numbers(keys).items()}
        found: dict[RunKey, dict[str, int]] = {key: {} for key in by_number.values()}
        with self._reading() as connection:
            for run, node_id, length in connection.execute(LENGTHS, (_list(by_number),)):
                found[by_number[run]][node_id] = length
        return found

    def running_tasks(self, keys: Collection[RunKey]) -> dict[RunKey, list[str]]:
        by_number = {number: key for key, number in self.run_numbers(keys).items()}
        found: dict[RunKey, list[str]] = {key: [] for key in by_number.values()}
        with self._reading() as connection:
            for run, task_id in connection.execute(RUNNING, (_list(by_number),)):
                found[by_number[run]].append(task_id)
        return found

    def task_seconds(self, runs: Sequence[int]) -> list[tuple[int, str, float]]:
        with self._reading() as connection:
            return [(run, task, micros / 1e6) for run, task, micros in connection.execute(SECONDS, (_list(runs),))]

    def last_changes(self, runs: Sequence[int]) -> dict[int, int]:
        with self._reading() as connection:
            return {run: number or 0 for run, number in connection.execute(LAST_CHANGES, (_list(runs),))}

    def version_runs(self, dag_id: str) -> dict[str, int]:
        with self._reading() as connection:
            rows = connection.execute(VERSION_RUNS, (dag_id,))
            return {version: number for version, number in rows}  # noqa: C416  # rows are tuples, dict() takes them untyped

    def deferred_slots(self) -> dict[str, int]:
        with self._reading() as connection:
            return {pool: slots for pool, slots in connection.execute(DEFERRED, ())}  # noqa: C416  # as above

    def asset_links(self) -> list[AssetLink]:
        with self._reading() as connection:
            return [AssetLink(*row) for row in connection.execute(LINKS, ())]

    def alias_assets(self) -> list[tuple[str, str]]:
        with self._reading() as connection:
            return [(alias, name) for alias, name in connection.execute(ALIASES, ())]


def _list(values: Collection[Any]) -> str:
    return encode_json(list(values)).decode()


def _bit(row: Any) -> RunBit:
    return RunBit(
        number=row[0],
        dag_id=row[1],
        run_id=row[2],
        state=row[3],
        run_type=row[4],
        logical_date=from_micros(row[5]),
        run_after=instant(row[6]),
        started_at=from_micros(row[7]),
        ended_at=from_micros(row[8]),
        dag_hash=row[9],
        note=row[10],
        queued_at=instant(row[11]),
    )
