"""What the service's code says its metrics to. Without a sink it does nothing, and costs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from tradewind.metrics.names import METRICS, Metric


class Sink(Protocol):
    """Where metrics go. No method waits, and none raises for what is wrong on the other side."""

    def write(self, metric: Metric, value: float, tags: Mapping[str, str]) -> None:
        """A counter's increment, a gauge's value, or a timer's seconds."""
        ...

    def flush(self) -> None: ...

    def close(self) -> None: ...


class Emitter:
    """Names are those of `names.METRICS`; an unknown one is a KeyError, where any sink listens."""

    def __init__(self, sinks: Sequence[Sink] = ()) -> None:
        self._sinks = tuple(sinks)

    def __bool__(self) -> bool:
        """Does anybody listen?"""
        return bool(self._sinks)

    def count(self, name: str, number: float = 1, **tags: str) -> None:
        for sink in self._sinks:
            sink.write(METRICS[name], number, tags)

    def gauge(self, name: str, value: float, **tags: str) -> None:
        for sink in self._sinks:
            sink.write(METRICS[name], value, tags)

    def time(self, name: str, seconds: float, **tags: str) -> None:
        for sink in self._sinks:
            sink.write(METRICS[name], seconds, tags)

    def flush(self) -> None:
        """Nothing more to say for now."""
        for sink in self._sinks:
            sink.flush()

    def close(self) -> None:
        for sink in self._sinks:
            sink.close()


SILENT = Emitter()
