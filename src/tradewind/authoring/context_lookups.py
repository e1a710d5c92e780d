"""`var` and `conn` in a template: variables and connections, asked for when a template names one."""

from __future__ import annotations

from typing import Any

from tradewind.authoring.connections import Connection
from tradewind.authoring.exceptions import AirflowNotFoundException
from tradewind.authoring.variables import MISSING, Variable


class VariableLookup:
    """`var.value.my_key`, `var.json.my_key.part`, `var.value.get("my_key", "fallback")`."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json

    def __getattr__(self, key: str) -> Any:
        if key.startswith("__"):  # Python and Jinja probe for their own names
            raise AttributeError(key)
        return Variable.get(key, deserialize_json=self._as_json)

    __getitem__ = __getattr__

    def get(self, key: str, default_var: Any = MISSING, default: Any = MISSING) -> Any:
        chosen = default_var if default is MISSING else default
        return Variable.get(key, default=chosen, deserialize_json=self._as_json)

    def __repr__(self) -> str:
        return f"<variables{' as JSON' if self._as_json else ''}>"


class ConnectionLookup:
    """`conn.my_conn.host`, `conn.get("my_conn", fallback)`."""

    def __getattr__(self, conn_id: str) -> Any:
        if conn_id.startswith("__"):
            raise AttributeError(conn_id)
        return Connection.get(conn_id)

    __getitem__ = __getattr__

    def get(self, conn_id: str, default_conn: Any = None) -> Any:
        try:
            return Connection.get(conn_id)
        except AirflowNotFoundException:
            return default_conn

    def __repr__(self) -> str:
        return "<connections>"


def variables() -> dict[str, VariableLookup]:
    return {"value": VariableLookup(as_json=False), "json": VariableLookup(as_json=True)}
