"""`log_metric`: a number worth keeping (a loss, an accuracy), shown live and kept.

The first number after a pause is told at once; what follows within a tenth of a second goes together, so that a tight
loop pays a few microseconds each. A process that is killed outright loses at most that tenth of a second.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import SupportsFloat, TypeAlias

from tradewind.authoring import ports
from tradewind.model.messages import LogMetric, LogMetrics

MAX_NAME_CHARACTERS = 250
SECONDS_BETWEEN_NOTICES = 0.1
MOST_POINTS_HELD = 1000
MOST_EARLY_POINTS = 10_000
_log = logging.getLogger("tradewind.task")

Point: TypeAlias = tuple[str, float, int | None]
"""Name, value, step."""
Listener: TypeAlias = Callable[[Sequence[Point]], None]


def log_metric(name: str, value: SupportsFloat, step: int | None = None) -> None:
    """Keep `value` (anything that float() takes, NaN and infinity too) of `name`, at a step of its own where one is
    given.

    Outside of a try it is only logged. Raises TypeError or ValueError for a value that is no number."""
    number = float(value)
    if not name or len(name) > MAX_NAME_CHARACTERS:
        raise ValueError(f"a metric needs a name of 1 to {MAX_NAME_CHARACTERS} characters, not {name!r:.60}")
    held = _current.held
    if held is None:
        _log.info("%s = %g%s", name, number, "" if step is None else f" (step {step})")
        return
    held.add(name, number, None if step is None else int(step))
    if number != number and held.on_nan is not None:
        held.on_nan(name, step)


def metric_logger(try_id: str) -> Callable[..., None]:
    """`context["log_metric"]`: `log_metric("loss", 0.25, step=3)`."""

    def log(name: str, value: SupportsFloat, step: int | None = None) -> None:
        if _current.held is not None and _current.held.try_id == try_id:
            log_metric(name, value, step)
        else:
            ports.supervisor().tell(LogMetric(try_id, name, float(value), step))

    return log


def log_metrics(metrics: Mapping[str, SupportsFloat], step: int | None = None) -> None:
    """Several at once, by name."""
    for name, value in metrics.items():
        log_metric(name, value, step)


def begin(try_id: str | None) -> None:
    """Metrics logged from now on belong to this try (None: to none). What was held back of the last one is told."""
    if _current.held is not None:
        _current.held.close()
    _current.held = None if try_id is None else HeldMetrics(try_id)


def flush() -> None:
    """Tell what is held back."""
    if _current.held is not None:
        _current.held.flush()


def listen(listener: Listener | None) -> None:
    """Hand each batch of this try to one more (a tracker), as it is told; None: to nobody."""
    if _current.held is not None:
        _current.held.flush()
        _current.held.listener = listener


def take_early() -> list[Point]:
    """What this try has told before somebody listened; once. Of many, the last points and the last of each name."""
    return _current.held.take_early() if _current.held is not None else []


def has_early() -> bool:
    """Something was told before somebody listened."""
    return _current.held is not None and _current.held.has_early


def refuse_nan(refuse: Callable[[str, int | None], None] | None) -> None:
    """Have this called with the name and step of each metric of this try that is not a number; None: of none."""
    if _current.held is not None:
        _current.held.on_nan = refuse


class HeldMetrics:
    """What one try has logged and not told yet. `add` may be called from any of its threads."""

    def __init__(self, try_id: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.listener: Listener | None = None
        self.on_nan: Callable[[str, int | None], None] | None = None
        self.try_id = try_id
        self._clock = clock
        self._points: list[Point] = []
        self._early: list[Point] = []
        self._told_at = float("-inf")
        self._lock = threading.RLock()  # a signal may end the task while its thread is in here, and `on_kill` logs, too
        self._armed = threading.Event()
        self._closed = threading.Event()
        self._flusher: threading.Thread | None = None

    def add(self, name: str, value: float, step: int | None) -> None:
        self._points.append((name, value, step))
        if self._armed.is_set():
            if len(self._points) >= MOST_POINTS_HELD:
                self.flush()
        elif self._clock() - self._told_at >= SECONDS_BETWEEN_NOTICES:
            self.flush()
        else:
            self._flush_soon()

    def flush(self) -> None:
        """Points are taken off only after they were told: whoever adds one meanwhile appends behind them."""
        with self._lock:
            count = len(self._points)
            if not count:
                return
            points = tuple(self._points[:count])
            ports.supervisor().tell(
                LogMetric(self.try_id, *points[0]) if count == 1 else LogMetrics(self.try_id, points)
            )
            del self._points[:count]
            self._told_at = self._clock()
            if self.listener is not None:
                self.listener(points)
            else:
                self._keep_early(points)

    @property
    def has_early(self) -> bool:
        return bool(self._early)

    def take_early(self) -> list[Point]:
        with self._lock:
            early, self._early = self._early, []
            return early

    def _keep_early(self, points: Sequence[Point]) -> None:
        """A tracker is often loaded only when a model is done: it then gets what was logged until then."""
        self._early += points
        if len(self._early) > MOST_EARLY_POINTS:
            recent = self._early[-MOST_EARLY_POINTS // 2 :]
            newest = {point[0]: point for point in self._early}
            for point in recent:
                newest.pop(point[0], None)
            self._early = [*newest.values(), *recent]

    def close(self) -> None:
        self.flush()
        self._closed.set()
        self._armed.set()

    def _flush_soon(self) -> None:
        self._armed.set()
        if self._flusher is None:
            self._flusher = threading.Thread(target=self._keep_flushing, name="tradewind-metrics", daemon=True)
            self._flusher.start()

    def _keep_flushing(self) -> None:
        """Disarmed before the points are taken: one that comes in between arms again, at worst for nothing."""
        while not self._closed.is_set():
            self._armed.wait()
            if self._closed.wait(SECONDS_BETWEEN_NOTICES):
                return
            self._armed.clear()
            self.flush()


class _Current:
    """The try that runs in this process. No context variable: a task's own threads log metrics too."""

    held: HeldMetrics | None = None


_current = _Current()
