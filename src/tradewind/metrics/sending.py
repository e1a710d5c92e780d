"""Threads that gauges are read in: whoever scrapes comes in one, and for StatsD there is one that sends them."""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable, Iterable

from tradewind.metrics.gauges import Gauges, Reading
from tradewind.metrics.names import METRICS
from tradewind.metrics.statsd import StatsdSink
from tradewind.store.base import Store

_log = logging.getLogger(__name__)
COUNTS = ("ti.", "pool.", "triggers.")
"""Gauges of which there are as many as something has, and none where it has none."""
GAUGES_EVERY_SECONDS = 10.0
"""How often gauges are sent where nobody comes to ask for them."""


class GaugeReader:
    """Opens a store for each reading, in the thread that asks."""

    def __init__(self, open_store: Callable[[], Store], parallelism: int) -> None:
        self._open_store = open_store
        self._parallelism = parallelism
        self._lock = threading.Lock()

    def read(self) -> list[Reading]:
        with self._lock:  # one at a time is enough, and bounds the connections
            store = self._open_store()
            try:
                return Gauges(store, parallelism=self._parallelism).read()
            finally:
                store.close()

    def close(self) -> None:
        """Wait for a reading that is going on."""
        with self._lock:
            pass


class GaugeSender:
    """Sends gauges from time to time. `sink` is its own: sinks know no threads."""

    def __init__(self, sink: StatsdSink, read: Callable[[], list[Reading]]) -> None:
        self._sink = sink
        self._read = read
        self._sent: dict[tuple[str, tuple[tuple[str, str], ...]], Reading] = {}
        """By name and tags: what was said the last time."""
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._send, name="gauges", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._end.set()
        self._thread.join(timeout=5)

    def _send(self) -> None:
        while not self._end.is_set():
            try:
                self._write(self._read())
            except Exception as error:  # the database is away: it will come back
                _log.warning("gauges could not be read: %s", error)
            self._end.wait(GAUGES_EVERY_SECONDS)
        self._sink.close()

    def _write(self, readings: Iterable[Reading]) -> None:
        """What there is no more of is said to be zero, once: a gauge stays what it was said to be last."""
        found = {(one.name, tuple(one.tags.items())): one for one in readings if math.isfinite(one.value)}
        gone = [one for key, one in self._sent.items() if key not in found]
        ended = [Reading(one.name, 0, one.tags) for one in gone if one.name.startswith(COUNTS)]
        for reading in (*found.values(), *ended):
            self._sink.write(METRICS[reading.name], reading.value, reading.tags)
        self._sink.flush()
        self._sent = found
