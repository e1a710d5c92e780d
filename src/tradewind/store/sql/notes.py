"""Notes that people write on task instances."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from tradewind.model.ids import MapPath, TaskId, path_from_text, path_to_text
from tradewind.store.sql.coding import to_micros
from tradewind.store.sql.port import Connection

DELETE = "DELETE FROM task_note WHERE run = ? AND task_id = ? AND map_path = ?"
INSERT = "INSERT INTO task_note (run, task_id, map_path, note, who, at) VALUES (?, ?, ?, ?, ?, ?)"


def write(
    connection: Connection,
    run: int,
    instances: Collection[tuple[TaskId, MapPath]],
    note: str,
    who: str,
    now: datetime,
) -> None:
    """In the place of what stood there; "": nothing stands there then."""
    places = [(run, task_id, path_to_text(path)) for task_id, path in instances]
    connection.executemany(DELETE, places)
    if note:
        connection.executemany(INSERT, [(*place, note, who, to_micros(now)) for place in places])


def of_run(connection: Connection, run: int) -> dict[tuple[TaskId, MapPath], str]:
    rows = connection.execute("SELECT task_id, map_path, note FROM task_note WHERE run = ?", (run,))
    return {(task_id, path_from_text(path)): note for task_id, path, note in rows}
