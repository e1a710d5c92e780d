"""Metrics as StatsD lines over UDP: fire and forget. Lines are gathered into datagrams that fit one network packet.

https://github.com/statsd/statsd/blob/master/docs/metric_types.md; tags as Telegraf (InfluxDB) or Datadog
take them."""

from __future__ import annotations

import contextlib
import re
import socket
import time
from collections.abc import Callable, Mapping

from tradewind.metrics.names import Metric
from tradewind.model.errors import ConfigurationError

MOST_DATAGRAM_BYTES = 1400
MOST_WAIT_SECONDS = 0.5
"""A line waits for others at most so long, as far as there are others."""
_UNSAFE = re.compile(r"[^\w.-]")
_UNSAFE_TAG = re.compile(r"[,=|#\s]")
_TYPES = {"counter": "c", "gauge": "g", "timer": "ms"}


class StatsdSink:
    """`address` is `host:port`. Raises ConfigurationError where it is no address."""

    def __init__(
        self, address: str, *, prefix: str, tags: str, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._to = _parsed(address)
        self._line = LINES[tags]
        self._prefix = f"{prefix}." if prefix else ""
        self._monotonic = monotonic
        self._socket: socket.socket | None = None
        self._waiting: list[bytes] = []
        self._bytes = 0
        self._waits_since = 0.0

    def write(self, metric: Metric, value: float, tags: Mapping[str, str]) -> None:
        line = self._line(self._prefix, metric, value, tags).encode()
        if self._bytes + len(line) + 1 > MOST_DATAGRAM_BYTES:
            self.flush()
        if not self._waiting:
            self._waits_since = self._monotonic()
        self._waiting.append(line)
        self._bytes += len(line) + 1
        if self._monotonic() - self._waits_since >= MOST_WAIT_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Send what waits. Whoever gathers metrics calls it when there is nothing more to say for now."""
        if not self._waiting:
            return
        data, self._waiting, self._bytes = b"\n".join(self._waiting), [], 0
        with contextlib.suppress(OSError):  # nobody listens, or the name has no address just now
            if self._socket is None:
                self._socket = _connected(self._to)
            self._socket.send(data)

    def close(self) -> None:
        self.flush()
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _plain(prefix: str, metric: Metric, value: float, tags: Mapping[str, str]) -> str:
    safe = {name: _UNSAFE.sub("_", text) for name, text in tags.items()}
    name = metric.dotted.format(**safe) if metric.dotted else metric.name
    return f"{prefix}{name}:{_number(metric, value)}"


def _influxdb(prefix: str, metric: Metric, value: float, tags: Mapping[str, str]) -> str:
    tagged = "".join(f",{name}={_UNSAFE_TAG.sub('_', text)}" for name, text in tags.items())
    return f"{prefix}{metric.name}{tagged}:{_number(metric, value)}"


def _datadog(prefix: str, metric: Metric, value: float, tags: Mapping[str, str]) -> str:
    tagged = ",".join(f"{name}:{_UNSAFE_TAG.sub('_', text)}" for name, text in tags.items())
    return f"{prefix}{metric.name}:{_number(metric, value)}" + (f"|#{tagged}" if tagged else "")


LINES: dict[str, Callable[[str, Metric, float, Mapping[str, str]], str]] = {
    "none": _plain,
    "influxdb": _influxdb,
    "datadog": _datadog,
}


def _number(metric: Metric, value: float) -> str:
    shown = value * 1000 if metric.kind == "timer" else value
    return f"{shown:.12g}|{_TYPES[metric.kind]}"


def _parsed(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise ConfigurationError(
            f"statsd_address is {address!r}, which is no address", hint="write host:port, e.g. localhost:8125"
        )
    return host.strip("[]"), int(port)


def _connected(to: tuple[str, int]) -> socket.socket:
    family, kind, protocol, _, found = socket.getaddrinfo(*to, type=socket.SOCK_DGRAM)[0]
    made = socket.socket(family, kind, protocol)
    made.setblocking(False)
    made.connect(found)
    return made
