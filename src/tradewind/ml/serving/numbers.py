"""What Prometheus is told of a served model: a registry of its own for each server."""

from __future__ import annotations

from typing import Any

from tradewind.ml.missing import needed

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Numbers:
    def __init__(self, model: str) -> None:
        with needed("serve", "prometheus_client"):
            import prometheus_client as prometheus  # of the extra `serve`
        self._prometheus: Any = prometheus
        self._registry = prometheus.CollectorRegistry()
        self._model = model
        every: dict[str, Any] = {"registry": self._registry}
        self._requests = prometheus.Counter(
            "tradewind_serve_requests_total", "Requests to /predict.", ["model", "version", "code"], **every
        )
        self._seconds = prometheus.Histogram(
            "tradewind_serve_request_seconds", "From the body to the answer.", ["model"], buckets=SECONDS, **every
        )
        self._rows = prometheus.Counter(
            "tradewind_serve_rows_total", "Rows that were predicted.", ["model", "version"], **every
        )
        self._errors = prometheus.Counter(
            "tradewind_serve_errors_total", "What failed: request, model, load, shadow.", ["model", "kind"], **every
        )
        self._dropped = prometheus.Counter(
            "tradewind_serve_dropped_total", "Requests that a full queue left out.", ["model", "queue"], **every
        )
        self._shadowed = prometheus.Counter(
            "tradewind_serve_shadow_rows_total",
            "Rows that the shadow predicted.",
            ["model", "version", "agrees"],
            **every,
        )
        self._info = prometheus.Gauge(
            "tradewind_serve_model_info", "1 for the version that answers.", ["model", "version", "role"], **every
        )

    def answered(self, version: str, code: int, seconds: float, rows: int) -> None:
        self._requests.labels(self._model, version, str(code)).inc()
        self._seconds.labels(self._model).observe(seconds)
        if code < 400:
            self._rows.labels(self._model, version).inc(rows)
        else:
            self.failed("request" if code < 500 else "model")

    def failed(self, kind: str) -> None:
        self._errors.labels(self._model, kind).inc()

    def dropped(self, queue: str) -> None:
        self._dropped.labels(self._model, queue).inc()

    def shadowed(self, version: str, agreed: int, rows: int) -> None:
        self._shadowed.labels(self._model, version, "yes").inc(agreed)
        self._shadowed.labels(self._model, version, "no").inc(rows - agreed)

    def text(self, version: str, shadow_version: str = "") -> bytes:
        """The exposition format."""
        self._info.clear()
        self._info.labels(self._model, version, "champion").set(1)
        if shadow_version:
            self._info.labels(self._model, shadow_version, "shadow").set(1)
        return self._prometheus.generate_latest(self._registry)
