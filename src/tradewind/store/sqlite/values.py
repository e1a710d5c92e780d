"""Reading XComs, in all the forms a runner asks for."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import msgspec

from tradewind.model.ids import RunKey, path_from_text, path_to_text
from tradewind.model.messages import CountXComs, GetXComs
from tradewind.model.values import Value, XCom

encode_value = msgspec.msgpack.Encoder().encode
decode_value = msgspec.msgpack.Decoder(Value).decode

_COLUMNS = "x.task_id, x.map_path, x.key, x.try_id, x.value"


def select_xcoms(connection: sqlite3.Connection, request: GetXComs, own_run: RunKey | None) -> list[XCom]:
    """Ordered as asked for: by task, then by map path; without task ids by age, the newest last. With
    `include_prior_dates` each task's value comes from its newest run that is not after the own one."""
    runs = _runs(connection, request, own_run)
    found: list[XCom] = []
    for run in runs:
        rows = _select(connection, run, request)
        if request.include_prior_dates:
            have = {xcom.task_id for xcom in found}
            rows = [xcom for xcom in rows if xcom.task_id not in have]
        found += rows
    ordered = found if request.task_ids is None else _in_order(found, request.task_ids)
    end = None if request.limit is None else request.offset + request.limit
    return ordered[request.offset : end]


def count_xcoms(connection: sqlite3.Connection, request: CountXComs, own_run: RunKey | None) -> int:
    if own_run is None:
        return 0
    query = """
        SELECT count(*) FROM xcom x JOIN run r ON r.id = x.run
        WHERE r.dag_id = ? AND r.run_id = ? AND x.task_id = ? AND x.key = ?"""
    values: list[Any] = [own_run.dag_id, own_run.run_id, request.task_id, request.key]
    if request.prefix:
        query += " AND (x.map_path = ? OR x.map_path GLOB ?)"
        prefix = path_to_text(request.prefix)
        values += [prefix, f"{prefix}.*"]
    return connection.execute(query, values).fetchone()[0]


def all_xcoms(connection: sqlite3.Connection, run: int) -> list[XCom]:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM xcom x WHERE x.run = ? ORDER BY x.task_id, x.key", (run,))
    return sorted((_xcom(row) for row in rows), key=lambda xcom: (xcom.task_id, xcom.map_path, xcom.key))


def _runs(connection: sqlite3.Connection, request: GetXComs, own_run: RunKey | None) -> list[int]:
    """The row ids of the runs to look in, best first."""
    dag_id = request.dag_id or (own_run.dag_id if own_run else None)
    run_id = request.run_id or (own_run.run_id if own_run else None)
    if dag_id is None or run_id is None:
        return []
    if not request.include_prior_dates:
        rows = connection.execute("SELECT id FROM run WHERE dag_id = ? AND run_id = ?", (dag_id, run_id))
        return [row[0] for row in rows]
    # Of another DAG, runs up to the own run's date count.
    anchor = own_run if request.dag_id not in (None, own_run.dag_id if own_run else None) else RunKey(dag_id, run_id)
    query = """
        SELECT id FROM run WHERE dag_id = ? AND coalesce(logical_date, run_after) <=
          (SELECT coalesce(logical_date, run_after) FROM run WHERE dag_id = ? AND run_id = ?)
        ORDER BY coalesce(logical_date, run_after) DESC, id DESC LIMIT 1000"""
    anchor = anchor or RunKey(dag_id, run_id)
    return [row[0] for row in connection.execute(query, (dag_id, anchor.dag_id, anchor.run_id))]


def _select(connection: sqlite3.Connection, run: int, request: GetXComs) -> list[XCom]:
    query = f"SELECT {_COLUMNS} FROM xcom x WHERE x.run = ?"
    values: list[Any] = [run]
    for column, wanted in (("x.task_id", request.task_ids), ("x.map_path", _path_texts(request))):
        if wanted is not None:
            query += f" AND {column} IN ({', '.join('?' * len(wanted))})"
            values += wanted
    if request.key is not None:
        query += " AND x.key = ?"
        values.append(request.key)
    if request.map_paths is None and request.prefix:
        prefix = path_to_text(request.prefix)
        query += " AND (x.map_path = ? OR x.map_path GLOB ?)"
        values += [prefix, f"{prefix}.*"]
    return [_xcom(row) for row in connection.execute(f"{query} ORDER BY x.id", values)]


def _path_texts(request: GetXComs) -> list[str] | None:
    return None if request.map_paths is None else [path_to_text(path) for path in request.map_paths]


def _in_order(found: list[XCom], task_ids: Sequence[str]) -> list[XCom]:
    place = {task_id: index for index, task_id in reversed(list(enumerate(task_ids)))}
    return sorted(found, key=lambda xcom: (place[xcom.task_id], xcom.map_path))


def _xcom(row: tuple[Any, ...]) -> XCom:
    return XCom(row[0], path_from_text(row[1]), row[2], decode_value(row[4]), row[3])
