"""Connections: where an outside system is and how to log in, kept outside the DAG files."""

from __future__ import annotations

import json
import logging
from typing import Any, cast

import msgspec

from tradewind.authoring import ports, providers
from tradewind.authoring.connection_uri import normalize_type, parse_uri, to_uri
from tradewind.authoring.exceptions import AirflowException, AirflowNotFoundException
from tradewind.authoring.secrets import mask_secret
from tradewind.model.messages import GetConnection
from tradewind.model.records import ConnectionRecord

_log = logging.getLogger(__name__)
_FIELDS = ("conn_type", "description", "host", "schema", "login", "password", "port", "extra")


class Connection:
    """One connection. `extra` is a JSON text; `extra_dejson` is its content."""

    EXTRA_KEY = "__extra__"

    def __init__(
        self,
        conn_id: str | None = None,
        conn_type: str | None = None,
        description: str | None = None,
        host: str | None = None,
        login: str | None = None,
        password: str | None = None,
        schema: str | None = None,
        port: int | str | None = None,
        extra: str | dict[str, Any] | None = None,
        uri: str | None = None,
        **_: Any,
    ) -> None:
        self.conn_id = conn_id or ""
        self.description = description
        if uri and any((conn_type, host, login, password, schema, port, extra)):
            raise AirflowException("give a connection either its uri or its parts, not both")
        record = parse_uri(self.conn_id, uri) if uri else None
        self.conn_type = record.conn_type if record else conn_type
        self.host = record.host if record else host
        self.login = record.login if record else login
        self.password = record.password if record else password
        self.schema = record.schema if record else schema
        self.port = record.port if record else _port(port)
        self.extra = record.extra if record else json.dumps(extra) if isinstance(extra, dict) else extra
        mask_secret(self.password)

    # -------------------------------------------------------------------------------- fetching

    @classmethod
    def get(cls, conn_id: str) -> Connection:
        """The connection from the environment or the store; its secrets are masked from now on.

        Raises AirflowNotFoundException where there is none."""
        text = ports.connection_from_environment(conn_id)
        if text is not None:
            connection = cls.from_text(conn_id, text)
        else:
            found = ports.supervisor().ask(GetConnection(conn_id=conn_id))
            if found is None:
                raise _not_found(conn_id)
            if isinstance(found, str):  # of a secrets back end
                connection = cls.from_text(conn_id, found)
            else:
                connection = cls.from_record(msgspec.convert(found, ConnectionRecord))
        connection.mask()
        return connection

    get_connection_from_secrets = get

    @classmethod
    def from_record(cls, record: ConnectionRecord) -> Connection:
        return cls(**{name: getattr(record, name) for name in ("conn_id", *_FIELDS)})

    @classmethod
    def from_text(cls, conn_id: str, text: str) -> Connection:
        """From what an environment variable holds: JSON or a URI."""
        return cls.from_json(text, conn_id) if text.lstrip().startswith("{") else cls(conn_id=conn_id, uri=text)

    @classmethod
    def from_json(cls, value: str, conn_id: str | None = None) -> Connection:
        try:
            parts: Any = json.loads(value)
        except json.JSONDecodeError as error:
            raise AirflowException(f"the JSON of connection {conn_id!r} cannot be read: {error.msg}") from error
        if unknown := sorted(set(parts) - {*_FIELDS, "conn_id", "uri"}):
            raise AirflowException(
                f"the JSON of connection {conn_id!r} has unknown keys: {', '.join(unknown)}",
                hint=f"known are {', '.join(_FIELDS)}; put the others under extra",
            )
        if parts.get("conn_type"):
            parts["conn_type"] = normalize_type(parts["conn_type"])
        return cls(**{**parts, "conn_id": conn_id or parts.get("conn_id")})

    @classmethod
    def from_uri(cls, uri: str, conn_id: str | None = None) -> Connection:
        return cls(conn_id=conn_id, uri=uri)

    # -------------------------------------------------------------------------------- other forms

    def to_record(self) -> ConnectionRecord:
        return ConnectionRecord(
            conn_id=self.conn_id,
            conn_type=self.conn_type or "",
            description=self.description,
            host=self.host,
            schema=self.schema,
            login=self.login,
            password=self.password,
            port=self.port,
            extra=self.extra,
        )

    def get_uri(self) -> str:
        """`type://login:password@host:port/schema?extra`, with the secrets."""
        return to_uri(self.to_record())

    def to_dict(self, *, prune_empty: bool = False, validate: bool = True) -> dict[str, Any]:
        parts = {"conn_id": self.conn_id, **{name: getattr(self, name) for name in _FIELDS}}
        if self.extra:
            parts["extra"] = self.extra_dejson
        return {k: v for k, v in parts.items() if v not in (None, "", {})} if prune_empty else parts

    def as_json(self) -> str:
        """The form an environment variable may hold: without the id, empty parts left out."""
        parts = self.to_dict(prune_empty=True)
        parts.pop("conn_id", None)
        return json.dumps(parts)

    # -------------------------------------------------------------------------------- parts

    @property
    def extra_dejson(self) -> dict[str, Any]:
        """Content of `extra`; {} where it is empty or not a JSON object."""
        return self.get_extra_dejson()

    def get_extra_dejson(self, nested: bool = False) -> dict[str, Any]:
        """Content of `extra`. With `nested`, texts inside that are JSON themselves are read too."""
        if not self.extra:
            return {}
        try:
            found: Any = json.loads(self.extra)
        except json.JSONDecodeError:
            _log.warning("the extra of connection %r is not JSON", self.conn_id)
            return {}
        if not isinstance(found, dict):
            return {}
        pairs = cast(dict[str, Any], found)
        return {k: _nested(v) for k, v in pairs.items()} if nested else pairs

    def get_extra(self) -> str | None:
        return self.extra

    def set_extra(self, value: str) -> None:
        self.extra = value

    def get_password(self) -> str | None:
        return self.password

    def set_password(self, value: str | None) -> None:
        self.password = value
        mask_secret(value)

    def rotate_fernet_key(self) -> None:
        """Nothing to do: the store keeps its own key."""

    def mask(self) -> None:
        """Never show the password, nor what stands under sensitive names in extra."""
        mask_secret(self.password)
        mask_secret(self.extra_dejson)

    # -------------------------------------------------------------------------------- use

    def get_hook(self, *, hook_params: dict[str, Any] | None = None) -> Any:
        """A hook of this connection's type, from an installed provider."""
        hook = providers.hook_of(self.conn_type or "", self.conn_id).load()
        argument = getattr(hook, "conn_name_attr", "conn_id")  # each hook names its connection argument itself
        return hook(**{argument: self.conn_id}, **(hook_params or {}))

    def test_connection(self) -> tuple[bool, str]:
        """Whether a hook can log in, and what it says."""
        try:
            hook = self.get_hook()
            if not hasattr(hook, "test_connection"):
                return False, f"{type(hook).__name__} has no connection test"
            return hook.test_connection()
        except Exception as error:
            return False, str(error)

    def __repr__(self) -> str:
        return f"Connection({self.conn_id!r}, {self.conn_type!r}, host={self.host!r})"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Connection) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((self.conn_id, self.conn_type, self.host, self.port))


def _port(port: int | str | None) -> int | None:
    if port is None or port == "":
        return None
    try:
        return int(port)
    except ValueError as error:
        raise AirflowException(f"a connection's port must be a number, not {port!r}") from error


def _nested(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value


def _not_found(conn_id: str) -> AirflowNotFoundException:
    return AirflowNotFoundException(
        f"The conn_id `{conn_id}` isn't defined",
        hint=f"add it with `tradewind connections set {conn_id} URI`, or set AIRFLOW_CONN_{conn_id.upper()}",
    )
