"""The door from user code to the outside: variables, connections, values and states are asked for here.

The runner and the parser install a supervisor that talks over their socket. Without one (a plain `python my_dag.py`, a
unit test) variables and connections come from the environment alone.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from typing import Any, Protocol

from tradewind.model.messages import GetVariable, ListKeys, Notice, Request, SetVariable

VARIABLE_PREFIXES = ("TRADEWIND_VAR_", "AIRFLOW_VAR_")
CONNECTION_PREFIXES = ("TRADEWIND_CONN_", "AIRFLOW_CONN_")

_log = logging.getLogger(__name__)


class Supervisor(Protocol):
    def ask(self, request: Request) -> Any:
        """The request's answer, as its class says. Raises AirflowRuntimeError where it could not be met."""
        ...

    def tell(self, notice: Notice) -> None:
        """Pass on a notice; nothing comes back."""
        ...


class EnvironmentSupervisor:
    """Nobody is there: what is set lives in this process only, what is asked for is not known (None, empty, 0)."""

    def __init__(self) -> None:
        self._variables: dict[str, str] = {}

    def ask(self, request: Request) -> Any:
        match request:
            case GetVariable(key=key):
                return self._variables.get(key)
            case SetVariable(key=key, value=value):
                return self._set(key, value)
            case ListKeys(kind="variable", prefix=prefix):
                return [key for key in self._variables if key.startswith(prefix)]
            case ListKeys():
                return []
            case _:
                return None

    def tell(self, notice: Notice) -> None:
        """Nobody listens."""

    def _set(self, key: str, value: str | None) -> None:
        if value is None:
            self._variables.pop(key, None)
            return
        self._variables[key] = value
        _log.warning("variable %r is kept for this process only: no Tradewind run is in charge of it", key)


_ENVIRONMENT_ONLY = EnvironmentSupervisor()
_current: list[Supervisor] = [_ENVIRONMENT_ONLY]


def supervisor() -> Supervisor:
    """Who answers in this process."""
    return _current[-1]


def install(new: Supervisor | None) -> None:
    """Let `new` answer from now on; None goes back to the environment alone."""
    _current[:] = [new or _ENVIRONMENT_ONLY]


def variable_from_environment(key: str) -> str | None:
    """TRADEWIND_VAR_<KEY>, else AIRFLOW_VAR_<KEY>. The environment wins over the store, in runners too."""
    return _first(VARIABLE_PREFIXES, key)


def connection_from_environment(conn_id: str) -> str | None:
    """TRADEWIND_CONN_<ID>, else AIRFLOW_CONN_<ID>: a URI or JSON text."""
    return _first(CONNECTION_PREFIXES, conn_id)


def keys_from_environment(prefixes: tuple[str, ...]) -> Iterator[str]:
    """Lower-cased names behind these prefixes (the environment keeps no case)."""
    for name in os.environ:
        for prefix in prefixes:
            if name.startswith(prefix):
                yield name.removeprefix(prefix).lower()


def _first(prefixes: tuple[str, ...], name: str) -> str | None:
    upper = name.upper()
    for prefix in prefixes:
        if (text := os.environ.get(prefix + upper)) is not None:
            return text
    return None
