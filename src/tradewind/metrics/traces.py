"""Runs and tries as OpenTelemetry spans: a run is a trace, a try a span below the run's.

Ids follow from the ids of runs and tries, so a scheduler that takes a run over goes on with the same trace, and a task
knows its parent span before that span is sent. Spans leave from a thread of the SDK's with a bounded queue: a collector
that is down loses spans, and holds up nothing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import SpanContext, SpanKind, Status, StatusCode, TraceFlags

from tradewind.model.changes import Change, RunChanged, TryChanged, TryCreated
from tradewind.model.ids import RunKey, TryId, path_to_text
from tradewind.model.records import RunRecord
from tradewind.model.states import RunState, TryState
from tradewind.scheduler.trace_ids import run_span_id, trace_id, try_span_id

_log = logging.getLogger(__name__)
MOST_WAITING_SPANS = 4096
EXPORT_TIMEOUT_MILLIS = 5_000
CLOSE_SECONDS = 1.0
FAILURES = (TryState.FAILED, TryState.LOST)
_SCOPE = InstrumentationScope("tradewind")


def exporter_to(endpoint: str) -> SpanExporter:
    """`endpoint`: the collector's OTLP/HTTP address, with or without /v1/traces."""
    url = endpoint.rstrip("/")
    url = url if url.endswith("/v1/traces") else f"{url}/v1/traces"
    return OTLPSpanExporter(endpoint=url, timeout=EXPORT_TIMEOUT_MILLIS / 1000)


class TraceObserver:
    """`Scheduler.observe(TraceObserver(...))`."""

    def __init__(
        self,
        exporter: SpanExporter,
        *,
        run_of: Callable[[RunKey], RunRecord | None],
        delay_millis: float = 1000,
    ) -> None:
        self._processor = BatchSpanProcessor(
            exporter,
            max_queue_size=MOST_WAITING_SPANS,
            schedule_delay_millis=delay_millis,
            export_timeout_millis=EXPORT_TIMEOUT_MILLIS,
        )
        self._resource = Resource.create({"service.name": "tradewind"})
        self._run_of = run_of
        self._tries: dict[TryId, TryCreated] = {}
        self._started: dict[TryId, datetime] = {}

    def __call__(self, changes: Sequence[Change], now: datetime) -> None:
        for change in changes:
            match change:
                case TryCreated():
                    self._tries[change.try_id] = change
                case TryChanged(new=TryState.RUNNING):
                    self._started[change.try_id] = change.at or now
                case TryChanged():
                    self._try_ended(change, now)
                case RunChanged() if change.new.is_finished:
                    self._run_ended(change, now)
                case _:
                    pass

    def close(self) -> None:
        """Send what waits; a collector that does not answer is not waited for."""
        sending = threading.Thread(target=self._processor.shutdown, name="last spans", daemon=True)
        sending.start()
        sending.join(CLOSE_SECONDS)
        if sending.is_alive():
            _log.warning("the collector does not answer: the last spans are given up")

    def _try_ended(self, change: TryChanged, now: datetime) -> None:
        created = self._tries.pop(change.try_id, None)
        begun = self._started.pop(change.try_id, None)
        if created is None:
            return
        attributes: dict[str, str | int] = {
            "dag_id": created.run.dag_id,
            "run_id": created.run.run_id,
            "task_id": created.task_id,
            "try_number": created.number,
            "try_id": change.try_id,
            "state": change.new,
            "pool": created.pool,
        }
        if created.map_path:
            attributes["map_index"] = path_to_text(created.map_path)
        if change.max_rss_bytes:
            attributes["max_rss_bytes"] = change.max_rss_bytes
        is_bad = change.new in FAILURES
        self._send(
            created.run,
            name=created.task_id,
            span=try_span_id(change.try_id),
            parent=run_span_id(created.run),
            begun=begun or now,
            ended=change.at or now,
            status=Status(StatusCode.ERROR, change.error or change.why) if is_bad else Status(StatusCode.OK),
            attributes=attributes,
        )

    def _run_ended(self, change: RunChanged, now: datetime) -> None:
        record = self._run_of(change.run)
        begun = record.started_at if record is not None and record.started_at is not None else now
        attributes: dict[str, str | int] = {
            "dag_id": change.run.dag_id,
            "run_id": change.run.run_id,
            "state": change.new,
        }
        if record is not None:
            attributes["run_type"] = record.run_type
            attributes["dag_hash"] = record.dag_hash
        is_bad = change.new is RunState.FAILED
        self._send(
            change.run,
            name=change.run.dag_id,
            span=run_span_id(change.run),
            parent=None,
            begun=begun,
            ended=now,
            status=Status(StatusCode.ERROR, change.why) if is_bad else Status(StatusCode.OK),
            attributes=attributes,
        )

    def _send(
        self,
        run: RunKey,
        *,
        name: str,
        span: int,
        parent: int | None,
        begun: datetime,
        ended: datetime,
        status: Status,
        attributes: dict[str, str | int],
    ) -> None:
        made = ReadableSpan(
            name=name,
            context=_context(run, span),
            parent=_context(run, parent) if parent is not None else None,
            resource=self._resource,
            attributes=attributes,
            kind=SpanKind.INTERNAL,
            status=status,
            start_time=_nanos(begun),
            end_time=_nanos(ended),
            instrumentation_scope=_SCOPE,
        )
        self._processor.on_end(made)


def _context(run: RunKey, span: int) -> SpanContext:
    return SpanContext(trace_id(run), span, is_remote=False, trace_flags=TraceFlags(TraceFlags.SAMPLED))


def _nanos(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000) * 1000
