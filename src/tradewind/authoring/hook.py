"""BaseHook: what a hook inherits from. A hook talks to one outside system and takes its address from a connection."""

from __future__ import annotations

from typing import Any

from tradewind.authoring.connections import Connection
from tradewind.authoring.log import LoggingMixin


class BaseHook(LoggingMixin):
    """Base of hooks. Subclasses give `get_conn()` and, where they want, the class attributes below."""

    conn_name_attr = "conn_id"
    default_conn_name = ""
    conn_type = ""
    hook_name = ""

    def __init__(self, source: Any = None, logger_name: str | None = None) -> None:
        """`source` is Airflow 1's, accepted and unused."""
        super().__init__()
        self._logger_name = logger_name

    @classmethod
    def get_connection(cls, conn_id: str) -> Connection:
        """The connection, its secrets masked. Raises AirflowNotFoundException where there is none."""
        return Connection.get(conn_id)

    @classmethod
    async def aget_connection(cls, conn_id: str) -> Connection:
        return Connection.get(conn_id)

    @classmethod
    def get_connections(cls, conn_id: str) -> list[Connection]:
        """Airflow 1 kept several connections under one id; here it is a list of one."""
        return [cls.get_connection(conn_id)]

    @classmethod
    def get_hook(cls, conn_id: str, hook_params: dict[str, Any] | None = None) -> Any:
        """A hook of the connection's type, from an installed provider."""
        return cls.get_connection(conn_id).get_hook(hook_params=hook_params)

    def get_conn(self) -> Any:
        """The client of the outside system; a subclass makes it."""
        raise NotImplementedError(f"{type(self).__name__} has no get_conn()")

    @classmethod
    def get_connection_form_widgets(cls) -> dict[str, Any]:
        return {}

    @classmethod
    def get_ui_field_behaviour(cls) -> dict[str, Any]:
        return {}


class DiscoverableHook(BaseHook):
    """Airflow's protocol for hooks that providers announce."""
