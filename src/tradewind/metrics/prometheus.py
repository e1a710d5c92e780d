"""Metrics as Prometheus scrapes them, with the names that statsd_exporter would give Airflow's, and tags as labels.

The endpoint answers in a thread of its own; gauges are asked for at each scrape. Needs the extra `metrics`."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, start_http_server
from prometheus_client.core import GaugeMetricFamily

from tradewind.metrics.gauges import Reading
from tradewind.metrics.names import METRICS, Metric
from tradewind.model.errors import ConfigurationError

_log = logging.getLogger(__name__)
BUCKETS_SECONDS = (0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14400)
_UNSAFE = re.compile(r"\W")


def prometheus_name(prefix: str, metric: Metric) -> str:
    """`airflow_ti_finish`; timers are in seconds and say so."""
    unit = "_seconds" if metric.kind == "timer" else ""
    return f"{prefix}_{_UNSAFE.sub('_', metric.name)}{unit}".removeprefix("_")


class PrometheusSink:
    """Answers on `host:port` from now on. `read_gauges` is called in the thread of a scrape; what it raises is logged,
    and the scrape goes without gauges. Raises ConfigurationError where the port is taken."""

    def __init__(self, host: str, port: int, *, prefix: str, read_gauges: Callable[[], Iterable[Reading]]) -> None:
        disable_created_metrics()  # a second series for each counter, which no dashboard of Airflow's knows
        self.registry = CollectorRegistry()
        self._prefix = prefix
        self._found: dict[str, Counter | Histogram] = {}
        self._set: dict[tuple[str, tuple[tuple[str, str], ...]], float] = {}
        """Gauges that were said, beside those that are asked for."""
        self._read_gauges = read_gauges
        self.registry.register(_Gauges(self._families))
        try:
            self._server, self._thread = start_http_server(port, addr=host, registry=self.registry)
        except OSError as error:
            raise ConfigurationError(
                f"metrics cannot be offered on {host}:{port}: {error.strerror}",
                hint="choose another `metrics_port`, or 0 for none",
            ) from error
        self.port: int = self._server.server_port

    def write(self, metric: Metric, value: float, tags: Mapping[str, str]) -> None:
        if metric.kind == "gauge":
            self._set[metric.name, tuple(tags.items())] = value
            return
        found = self._found.get(metric.name) or self._made(metric)
        one = found.labels(*(tags.get(tag, "") for tag in metric.tags)) if metric.tags else found
        if isinstance(one, Counter):
            one.inc(value)
        else:
            one.observe(value)

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _made(self, metric: Metric) -> Counter | Histogram:
        name = prometheus_name(self._prefix, metric)
        if metric.kind == "counter":
            made = Counter(name, metric.about, metric.tags, registry=self.registry)
        else:
            made = Histogram(name, metric.about, metric.tags, registry=self.registry, buckets=BUCKETS_SECONDS)
        self._found[metric.name] = made
        return made

    def _families(self) -> list[GaugeMetricFamily]:
        readings = [Reading(name, value, dict(tags)) for (name, tags), value in tuple(self._set.items())]
        try:
            readings += self._read_gauges()
        except Exception as error:
            _log.warning("gauges could not be read for a scrape: %s", error)
        families: dict[str, GaugeMetricFamily] = {}
        for reading in readings:
            metric = METRICS[reading.name]
            if reading.name not in families:
                name = prometheus_name(self._prefix, metric)
                families[reading.name] = GaugeMetricFamily(name, metric.about, labels=metric.tags)
            families[reading.name].add_metric([reading.tags.get(tag, "") for tag in metric.tags], reading.value)
        return list(families.values())


class _Gauges:
    """A collector, as the registry wants it: asked at each scrape."""

    def __init__(self, families: Callable[[], list[GaugeMetricFamily]]) -> None:
        self._families = families

    def collect(self) -> list[GaugeMetricFamily]:
        return self._families()

    def describe(self) -> list[GaugeMetricFamily]:
        return []
