"""A connection as a URI and back, by Airflow's rules: `type://login:password@host:port/schema?extra=value`."""

from __future__ import annotations

import json
from typing import Any, cast
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from tradewind.authoring.exceptions import AirflowException
from tradewind.model.records import ConnectionRecord

EXTRA_KEY = "__extra__"
"""Holds the whole extra as JSON where it is more than a flat mapping of texts."""


def normalize_type(scheme: str) -> str:
    """`postgresql` → `postgres`, `google-cloud-platform` → `google_cloud_platform`."""
    return "postgres" if scheme == "postgresql" else scheme.replace("-", "_")


def parse_uri(conn_id: str, uri: str) -> ConnectionRecord:
    """Raises AirflowException where the text is not a URI of this form."""
    scheme, host_scheme, rest = _split_schemes(conn_id, uri)
    parts = urlsplit(f"{scheme}://{rest}")
    try:
        port = parts.port
    except ValueError as error:
        raise _malformed(conn_id, str(error)) from error
    host = unquote(parts.hostname) if parts.hostname else ""
    return ConnectionRecord(
        conn_id=conn_id,
        conn_type=normalize_type(scheme),
        host=f"{host_scheme}://{host}" if host_scheme else host,
        schema=unquote(parts.path[1:]) if parts.path else "",
        login=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        port=port,
        extra=_parse_extra(parts.query),
    )


def to_uri(record: ConnectionRecord) -> str:
    """The URI of a connection, secrets included."""
    text = f"{record.conn_type.lower().replace('_', '-')}://" if record.conn_type else "//"
    host = record.host or ""
    if "://" in host:
        host_scheme, host = host.split("://", 1)
        text += f"{host_scheme}://"
    text += _credentials(record) + quote(host, safe="")
    if record.port:
        text += f":{record.port}"
    if record.schema:
        text += f"/{quote(record.schema, safe='')}"
    if record.extra:
        text += ("?" if record.schema else "/?") + _extra_query(record.extra)
    return text


def _split_schemes(conn_id: str, uri: str) -> tuple[str, str, str]:
    """`http://https://host` names a type and, apart from it, the host's own scheme."""
    parts = uri.split("://", 2)
    if len(parts) == 1:
        raise _malformed(conn_id, "it has no `://`")
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    return parts[0], "", parts[1]


def _malformed(conn_id: str, why: str) -> AirflowException:
    # The URI itself stays out of the message: it holds the password.
    return AirflowException(
        f"the URI of connection {conn_id!r} cannot be read: {why}",
        hint="write it as type://login:password@host:port/schema, special characters URL-encoded, or as JSON",
    )


def _parse_extra(query: str) -> str | None:
    if not query:
        return None
    pairs = dict(parse_qsl(query, keep_blank_values=True))
    return pairs[EXTRA_KEY] if EXTRA_KEY in pairs else json.dumps(pairs)


def _credentials(record: ConnectionRecord) -> str:
    login = quote(record.login, safe="") if record.login else ""
    password = f":{quote(record.password, safe='')}" if record.password else ""
    return f"{login}{password}@" if login or password else ""


def _extra_query(extra: str) -> str:
    try:
        parsed: Any = json.loads(extra)
    except json.JSONDecodeError:
        parsed = None
    if isinstance(parsed, dict):
        pairs = cast(dict[str, Any], parsed)
        query = urlencode({k: v for k, v in pairs.items() if isinstance(v, str)})
        if dict(parse_qsl(query, keep_blank_values=True)) == pairs:
            return query
    return urlencode({EXTRA_KEY: extra})
