"""Reading XComs, in all the forms a runner asks for.

Rows are put in order and cut in SQL, on an index whose map paths sort as numbers do: of a task with 10,000 instances a
runner may ask for one page, or for one value, 10,000 times over.
"""

from __future__ import annotations

from typing import Any

import msgspec

from tradewind.model.ids import MapPath, RunKey, path_from_text
from tradewind.model.messages import CountXComs, GetXComs
from tradewind.model.values import Value, XCom
from tradewind.store.sql.coding import below, encode_json, path_key
from tradewind.store.sql.port import Connection

encode_value = msgspec.msgpack.Encoder().encode
decode_value = msgspec.msgpack.Decoder(Value).decode

NO_LIMIT = (1 << 63) - 1
MOST_PRIOR_RUNS = 1000
_COLUMNS = "x.task_id, x.map_path, x.key, x.try_id, x.value"
_DATE = "coalesce(logical_date, run_after)"


def select_xcoms(connection: Connection, request: GetXComs, own_run: RunKey | None) -> list[XCom]:
    """By task as asked for, then by map path (as asked for, where paths are named); without task ids by age, the newest
    last. With `include_prior_dates` each task's values come from its newest run that is not after the own one."""
    runs = _runs(connection, request, own_run)
    if request.task_ids is None:
        return _of_any_task(connection, runs, request)
    tasks = tuple(dict.fromkeys(request.task_ids))
    if len(tasks) == 1:
        return _of_task(connection, runs, tasks[0], request, request.offset, request.limit)
    most = None if request.limit is None else request.offset + request.limit
    found: list[XCom] = []
    for task in tasks:
        found += _of_task(connection, runs, task, request, 0, most)
        if most is not None and len(found) >= most:
            break
    return found[request.offset : most]


def count_xcoms(connection: Connection, request: CountXComs, own_run: RunKey | None) -> int:
    if own_run is None:
        return 0
    first, last = below(request.prefix)
    query = """
        SELECT count(*) FROM xcom WHERE run = (SELECT id FROM run WHERE dag_id = ? AND run_id = ?)
        AND task_id = ? AND key = ? AND path_key >= ? AND path_key < ?"""
    row = (own_run.dag_id, own_run.run_id, request.task_id, request.key, first, last)
    return connection.execute(query, row).fetchone()[0]


def all_xcoms(connection: Connection, run: int) -> list[XCom]:
    query = f"SELECT {_COLUMNS} FROM xcom x WHERE x.run = ? ORDER BY x.task_id, x.path_key, x.key"
    return [_xcom(row) for row in connection.execute(query, (run,))]


# ------------------------------------------------------------------------------------------ one task


def _of_task(
    connection: Connection, runs: list[int], task: str, request: GetXComs, offset: int, limit: int | None
) -> list[XCom]:
    """From the first of the runs that has any."""
    for run in runs:
        select = _all_paths if request.map_paths is None else _named_paths
        query, values = select(run, task, request)
        bounds = (NO_LIMIT if limit is None else limit, offset)
        rows = connection.execute(f"{query} LIMIT ? OFFSET ?", (*values, *bounds)).fetchall()
        if rows or (offset and connection.execute(f"{query} LIMIT 1", values).fetchone()):
            return [_xcom(row) for row in rows]
    return []


def _all_paths(run: int, task: str, request: GetXComs) -> tuple[str, list[Any]]:
    first, last = below(request.prefix)
    query = f"SELECT {_COLUMNS} FROM xcom x WHERE x.run = ? AND x.task_id = ? AND x.path_key >= ? AND x.path_key < ?"
    values: list[Any] = [run, task, first, last]
    if request.key is not None:
        query, values = f"{query} AND x.key = ?", [*values, request.key]
    return f"{query} ORDER BY x.path_key, x.key", values


def _named_paths(run: int, task: str, request: GetXComs) -> tuple[str, list[Any]]:
    query = f"""
        SELECT {_COLUMNS} FROM json_each(?) wanted
        CROSS JOIN xcom x WHERE x.run = ? AND x.task_id = ? AND x.path_key = wanted.value"""
    values: list[Any] = [_keys(request.map_paths), run, task]
    if request.key is not None:
        query, values = f"{query} AND x.key = ?", [*values, request.key]
    return f"{query} ORDER BY wanted.key, x.key", values


def _keys(paths: tuple[MapPath, ...] | None) -> str:
    """As a JSON list: a statement takes one value, where it could not take 100,000."""
    return encode_json(list(dict.fromkeys(path_key(path) for path in paths or ()))).decode()


# ------------------------------------------------------------------------------------------ any task


def _of_any_task(connection: Connection, runs: list[int], request: GetXComs) -> list[XCom]:
    if len(runs) == 1:
        return _of_run(connection, runs[0], request, request.offset, request.limit)
    seen: set[str] = set()
    by_age: list[list[XCom]] = []
    for run in runs:
        xcoms = [xcom for xcom in _of_run(connection, run, request, 0, None) if xcom.task_id not in seen]
        seen.update(xcom.task_id for xcom in xcoms)
        by_age.append(xcoms)
    found = [xcom for xcoms in reversed(by_age) for xcom in xcoms]
    return found[request.offset : None if request.limit is None else request.offset + request.limit]


def _of_run(connection: Connection, run: int, request: GetXComs, offset: int, limit: int | None) -> list[XCom]:
    query, values = f"SELECT {_COLUMNS} FROM xcom x WHERE x.run = ?", list[Any]([run])
    if request.key is not None:
        query, values = f"{query} AND x.key = ?", [*values, request.key]
    if request.map_paths is not None:
        query = f"{query} AND x.path_key IN (SELECT value FROM json_each(?))"
        values.append(_keys(request.map_paths))
    elif request.prefix:
        query, values = f"{query} AND x.path_key >= ? AND x.path_key < ?", [*values, *below(request.prefix)]
    bounds = (NO_LIMIT if limit is None else limit, offset)
    return [_xcom(row) for row in connection.execute(f"{query} ORDER BY x.id LIMIT ? OFFSET ?", (*values, *bounds))]


# ------------------------------------------------------------------------------------------ which runs


def _runs(connection: Connection, request: GetXComs, own_run: RunKey | None) -> list[int]:
    """The row ids of the runs to look in, best first."""
    dag_id = request.dag_id or (own_run.dag_id if own_run else None)
    run_id = request.run_id or (own_run.run_id if own_run else None)
    if dag_id is None or run_id is None:
        return []
    if not request.include_prior_dates:
        rows = connection.execute("SELECT id FROM run WHERE dag_id = ? AND run_id = ?", (dag_id, run_id))
        return [row[0] for row in rows]
    # Of another DAG, runs up to the own run's date count.
    is_other_dag = own_run is not None and dag_id != own_run.dag_id and request.run_id is None
    anchor = own_run if own_run is not None and is_other_dag else RunKey(dag_id, run_id)
    query = f"""
        SELECT id FROM run WHERE dag_id = ? AND {_DATE} <= (SELECT {_DATE} FROM run WHERE dag_id = ? AND run_id = ?)
        ORDER BY {_DATE} DESC, id DESC LIMIT {MOST_PRIOR_RUNS}"""
    return [row[0] for row in connection.execute(query, (dag_id, anchor.dag_id, anchor.run_id))]


def _xcom(row: tuple[Any, ...]) -> XCom:
    return XCom(row[0], path_from_text(row[1]), row[2], decode_value(row[4]), row[3])
