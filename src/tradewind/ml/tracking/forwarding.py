"""Metrics of `log_metric`, handed on to MLflow in a thread of their own: the task never waits for the tracker."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections import deque
from collections.abc import Sequence
from itertools import islice
from typing import Any, Protocol

from tradewind.authoring.metrics import Point
from tradewind.ml.tracking.place import mlflow_module

SECONDS_BETWEEN_BATCHES = 2.0
MAX_BATCH_POINTS = 1000
"""MLflow's own limit."""
_NOT_ALLOWED = re.compile(r"[^\w\-. :/]")
_log = logging.getLogger("tradewind.task")


class Tracked(Protocol):
    def run_id(self) -> str: ...
    def client(self) -> Any: ...


class Forwarder:
    def __init__(self, tracked: Tracked) -> None:
        self._tracked = tracked
        self._waiting: deque[tuple[Point, int]] = deque()
        self._sending = threading.Lock()
        self._closed = threading.Event()
        self._has_some = threading.Event()
        self._thread: threading.Thread | None = None

    def take(self, points: Sequence[Point], at_milliseconds: int = 0) -> None:
        """Keep them for the next batch; they are of now, where no time is given. Never waits."""
        at = at_milliseconds or int(time.time() * 1000)
        self._waiting.extend((point, at) for point in points)
        self._has_some.set()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="tradewind-mlflow", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Hand over what is left. Raises MLflow's errors."""
        self._closed.set()
        self._has_some.set()
        if self._thread is not None:
            self._thread.join()
        self.send_all()

    def _run(self) -> None:
        while not self._closed.is_set():
            self._has_some.wait()
            if self._closed.wait(SECONDS_BETWEEN_BATCHES):
                return
            self._has_some.clear()
            try:
                self.send_all()
            except Exception as error:  # tried again with the next batch, and at the end
                _log.warning("metrics wait for MLflow: %s: %s", type(error).__name__, error)

    def send_all(self) -> None:
        """Points are taken off once they were sent. Raises MLflow's errors."""
        with self._sending:
            while batch := list(islice(self._waiting, MAX_BATCH_POINTS)):
                self._send(batch)
                for _ in batch:
                    self._waiting.popleft()

    def _send(self, batch: Sequence[tuple[Point, int]]) -> None:
        metric = mlflow_module("mlflow.entities").Metric
        logged = [metric(metric_name(name), value, at, step or 0) for (name, value, step), at in batch]
        self._tracked.client().log_batch(self._tracked.run_id(), metrics=logged)


def metric_name(name: str) -> str:
    """As MLflow takes it: letters of any language, digits, `_-. :/`, and no path that leads elsewhere."""
    parts = [one if set(one) - {"."} else "_" for one in _NOT_ALLOWED.sub("_", name).split("/") if one]
    return "/".join(parts) or "_"
