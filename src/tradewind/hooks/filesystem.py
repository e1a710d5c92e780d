"""The hook of a folder: its connection's extra says `{"path": "/data"}`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tradewind.authoring.connections import Connection
from tradewind.authoring.exceptions import AirflowNotFoundException
from tradewind.authoring.hook import BaseHook


class FSHook(BaseHook):
    """Gives the base folder of a connection of type `fs`. `fs_default` is the root folder unless it is defined."""

    conn_name_attr = "fs_conn_id"
    default_conn_name = "fs_default"
    conn_type = "fs"
    hook_name = "File (path)"

    def __init__(self, fs_conn_id: str = default_conn_name, conn_id: str | None = None, **kwargs: Any) -> None:
        super().__init__(logger_name=kwargs.pop("logger_name", None))
        self.conn_id = conn_id or fs_conn_id
        self.basepath = str(self._connection().extra_dejson.get("path", "") or "")
        self.conn = self

    def get_conn(self) -> None:
        """A folder needs no client."""

    def get_path(self) -> str:
        """The base folder, or "" where the connection names none."""
        return self.basepath

    def test_connection(self) -> tuple[bool, str]:
        if not self.basepath:
            return False, "the connection names no path"
        if not Path(self.basepath).exists():
            return False, f"path {self.basepath} does not exist"
        return True, f"path {self.basepath} exists"

    def _connection(self) -> Connection:
        try:
            return self.get_connection(self.conn_id)
        except AirflowNotFoundException:
            # Airflow's database is born with fs_default; a sensor that names no connection has to work here as well.
            if self.conn_id != self.default_conn_name:
                raise
            return Connection(conn_id=self.conn_id, conn_type="fs")
