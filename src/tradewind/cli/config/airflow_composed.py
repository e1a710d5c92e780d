"""Options of an airflow.cfg that only together amount to a setting of ours: where metrics and traces are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class Composed(Struct, frozen=True):
    """What one of several options comes to. Without a setting: `why` it has no meaning as it stands."""

    setting: str = ""
    value: Any = None
    why: str = ""


STATSD = ("metrics.statsd_on", "metrics.statsd_host", "metrics.statsd_port")
STATSD_TAGS = {"metrics.statsd_datadog_enabled": "datadog", "metrics.statsd_influxdb_enabled": "influxdb"}
TRACES = ("traces.otel_on", "traces.otel_host", "traces.otel_port", "traces.otel_ssl_active")
_OFF = "it is off there"


def composed(name: str, options: Mapping[str, str]) -> Composed | None:
    """`name` and the names of `options` are today's; None: the option stands for itself."""
    if name in STATSD:
        host, port = options.get(STATSD[1]) or "localhost", options.get(STATSD[2]) or "8125"
        return Composed("statsd_address", f"{host}:{port}") if _is_on(STATSD[0], options) else Composed(why=_OFF)
    if name in STATSD_TAGS:
        is_wanted = _is_on(STATSD[0], options) and _is_on(name, options)
        return Composed("statsd_tags", STATSD_TAGS[name]) if is_wanted else Composed(why=_OFF)
    if name in TRACES:
        return Composed("otel_endpoint", _endpoint(options)) if _is_on(TRACES[0], options) else Composed(why=_OFF)
    return None


def _endpoint(options: Mapping[str, str]) -> str:
    scheme = "https" if _is_on(TRACES[3], options) else "http"
    return f"{scheme}://{options.get(TRACES[1]) or 'localhost'}:{options.get(TRACES[2]) or '8889'}"


def _is_on(name: str, options: Mapping[str, str]) -> bool:
    return options.get(name, "").strip().lower() in ("true", "t", "1")
