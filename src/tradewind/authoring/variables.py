"""Variables: named texts kept outside the DAG files, read when a task (or the parser) asks for them."""

from __future__ import annotations

import json
import logging
from typing import Any

from tradewind.authoring import ports
from tradewind.authoring.exceptions import AirflowNotFoundException, AirflowRuntimeError
from tradewind.authoring.reading import MISSING
from tradewind.authoring.secrets import mask_secret
from tradewind.model.messages import GetVariable, SetVariable

_log = logging.getLogger(__name__)


class VariableNotFoundError(AirflowNotFoundException, AirflowRuntimeError, KeyError):
    """There is no variable of this key. Airflow 2 raised a KeyError here, Airflow 3 an AirflowRuntimeError."""


class Variable:
    """One variable. Mostly used through its class methods: `Variable.get("key", default=None)`."""

    def __init__(
        self, key: str | None = None, val: Any = None, description: str | None = None, *, value: Any = None, **_: Any
    ) -> None:
        self.key = key
        self.val = val if val is not None else value
        self.description = description

    @property
    def value(self) -> Any:
        return self.val

    def get_val(self) -> Any:
        return self.val

    def __repr__(self) -> str:
        return f"Variable({self.key!r})"

    @classmethod
    def get(
        cls,
        key: str,
        default: Any = MISSING,
        deserialize_json: bool = False,
        *,
        default_var: Any = MISSING,
        team_name: str | None = None,
    ) -> Any:
        """The variable's text, or the value of its JSON text; the default (also as `default_var`) where there is none.

        Raises VariableNotFoundError (a KeyError) where it does not exist and no default was given."""
        text = _fetch(key)
        if text is None:
            return _default(key, default if default is not MISSING else default_var)
        mask_secret(text, key)
        if not deserialize_json:
            return text
        value = _parse(key, text)
        mask_secret(value, key)
        return value

    @classmethod
    def set(cls, key: str, value: Any, description: str | None = None, serialize_json: bool = False, **_: Any) -> None:
        """Keep `value` as text (or as JSON text) under `key`."""
        if ports.variable_from_environment(key) is not None:
            _log.warning("variable %r is also set in the environment, which is what Variable.get returns", key)
        text = json.dumps(value, indent=2) if serialize_json else str(value)
        ports.supervisor().ask(SetVariable(key=key, value=text, description=description))

    @classmethod
    def setdefault(cls, key: str, default: Any, description: str | None = None, deserialize_json: bool = False) -> Any:
        """The variable, set to `default` first where there was none."""
        found = cls.get(key, default=None, deserialize_json=deserialize_json)
        if found is not None:
            return found
        if default is None:
            raise ValueError(f"variable {key!r} does not exist and its default is None")
        cls.set(key, default, description=description, serialize_json=deserialize_json)
        return default

    @classmethod
    def update(cls, key: str, value: Any, serialize_json: bool = False, **_: Any) -> None:
        """Change a variable that exists already. Raises VariableNotFoundError where it does not."""
        cls.get(key)
        cls.set(key, value, serialize_json=serialize_json)

    @classmethod
    def delete(cls, key: str, **_: Any) -> int:
        """Remove it; returns how many were removed (0 or 1)."""
        there = ports.supervisor().ask(GetVariable(key=key)) is not None
        if there:
            ports.supervisor().ask(SetVariable(key=key, value=None))
        return int(there)


def _fetch(key: str) -> str | None:
    text = ports.variable_from_environment(key)
    return text if text is not None else ports.supervisor().ask(GetVariable(key=key))


def _default(key: str, default: Any) -> Any:
    if default is not MISSING:
        return default
    raise VariableNotFoundError(
        f"variable {key!r} does not exist",
        hint=f"set it with `tradewind variables set {key} VALUE` or in AIRFLOW_VAR_{key.upper()}, or give a default",
    )


def _parse(key: str, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"variable {key!r} was asked for as JSON, but its text is not: {error}") from error
