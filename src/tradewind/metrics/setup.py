"""A process of the service says what it measures: the sinks that the settings ask for, and nothing where they ask for
none."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tradewind.metrics.emitter import SILENT, Emitter
from tradewind.model.errors import ConfigurationError
from tradewind.settings import Settings
from tradewind.store.base import Store

if TYPE_CHECKING:
    from tradewind.metrics.gauges import Reading
    from tradewind.metrics.prometheus import PrometheusSink
    from tradewind.metrics.statsd import StatsdSink
    from tradewind.metrics.traces import TraceObserver
    from tradewind.scheduler.loop import Scheduler


def emitter_of(settings: Settings) -> Emitter:
    """For a process without gauges of its own (dag-processor, triggerer): StatsD where it is set, else silence."""
    if not settings.statsd_address:
        return SILENT
    return Emitter([_statsd(settings)])


@contextmanager
def observed(
    settings: Settings, scheduler: Scheduler, open_store: Callable[[], Store], *, store: Store, parallelism: int
) -> Generator[Emitter]:
    """While it lasts, what this scheduler commits is counted, and traced where that is set. `open_store` opens one more
    store for the thread that reads gauges; `store` is the scheduler's own. `parallelism`: tries at most, here.

    Raises ConfigurationError where an extra is missing, an address is none or a port is taken."""
    sinks, ends = _sinks(settings, open_store, parallelism)
    emitter = Emitter(sinks)
    if sinks:
        from tradewind.metrics.observer import Observer  # only where something listens

        scheduler.observe(Observer(emitter, spec_of=scheduler.spec_of, run_of=store.run))
        scheduler.time_turns(emitter.time)
    try:
        with traced(settings, scheduler, store):
            yield emitter
    finally:
        for end in ends:
            end()
        emitter.close()


@contextmanager
def traced(settings: Settings, scheduler: Scheduler, store: Store) -> Generator[None]:
    """While it lasts, runs and tries of this scheduler are sent as spans, where that is set; in the end what waits is
    sent, or given up after a few seconds. Raises ConfigurationError where the extra is missing."""
    if not settings.otel_endpoint:
        yield
        return
    traces = _traces(settings, store)
    scheduler.observe(traces)
    try:
        yield
    finally:
        traces.close()


def _sinks(
    settings: Settings, open_store: Callable[[], Store], parallelism: int
) -> tuple[list[PrometheusSink | StatsdSink], list[Callable[[], None]]]:
    """Where metrics go, and what is to be closed first."""
    if not settings.metrics_port and not settings.statsd_address:
        return [], []
    from tradewind.metrics.sending import GaugeReader, GaugeSender  # only where something listens

    reader = GaugeReader(open_store, parallelism)
    sinks: list[PrometheusSink | StatsdSink] = []
    ends = [reader.close]
    if settings.metrics_port:
        sinks.append(_prometheus(settings, reader.read))
    if settings.statsd_address:
        sinks.append(_statsd(settings))
        ends.insert(0, GaugeSender(_statsd(settings), reader.read).close)
    return sinks, ends


def _prometheus(settings: Settings, read_gauges: Callable[[], Iterable[Reading]]) -> PrometheusSink:
    try:
        from tradewind.metrics.prometheus import PrometheusSink  # an extra
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "`metrics_port` is set, but the package prometheus-client is not installed",
            hint="pip install 'tradewind[metrics]'",
        ) from error
    return PrometheusSink(
        settings.metrics_host, settings.metrics_port, prefix=settings.statsd_prefix, read_gauges=read_gauges
    )


def _statsd(settings: Settings) -> StatsdSink:
    from tradewind.metrics.statsd import StatsdSink  # only where it is set

    return StatsdSink(settings.statsd_address, prefix=settings.statsd_prefix, tags=settings.statsd_tags)


def _traces(settings: Settings, store: Store) -> TraceObserver:
    try:
        from tradewind.metrics.traces import TraceObserver, exporter_to  # an extra
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "`otel_endpoint` is set, but OpenTelemetry's packages are not installed",
            hint="pip install 'tradewind[otel]'",
        ) from error
    return TraceObserver(exporter_to(settings.otel_endpoint), run_of=store.run)
