"""`context["progress"]`: how far a task is, told at most ten times a second; tqdm bars feed it too."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sized
from typing import Any, TypeVar

from tradewind.authoring.ports import Supervisor
from tradewind.model.messages import Progress
from tradewind.runner.import_hook import call_after_import

T = TypeVar("T")
SECONDS_BETWEEN_NOTICES = 0.1
MAX_MESSAGE_CHARACTERS = 200


class ProgressReporter:
    """Callable, to wrap an iterable: `for row in context["progress"](rows): …`."""

    def __init__(self, try_id: str, supervisor: Supervisor, clock: Callable[[], float] = time.monotonic) -> None:
        self._try_id = try_id
        self._supervisor = supervisor
        self._clock = clock
        self._told_at = float("-inf")
        self._held_back: Progress | None = None

    def update(self, done: float, total: float | None = None, message: str = "") -> None:
        """`done` of `total` (in any unit; None: unknown) with a short text. Cheap enough for every iteration."""
        notice = Progress(
            self._try_id, float(done), None if total is None else float(total), message[:MAX_MESSAGE_CHARACTERS]
        )
        now = self._clock()
        if now - self._told_at < SECONDS_BETWEEN_NOTICES:
            self._held_back = notice
            return
        self._told_at = now
        self._held_back = None
        self._supervisor.tell(notice)

    def __call__(self, iterable: Iterable[T], total: float | None = None, description: str = "") -> Iterator[T]:
        if total is None and isinstance(iterable, Sized):
            total = len(iterable)
        for done, item in enumerate(iterable):
            self.update(done, total, description)
            yield item
            self.update(done + 1, total, description)

    def flush(self) -> None:
        """Tell the newest figure that was held back: a bar that ended at 100 % shall show so."""
        if self._held_back is not None:
            self._supervisor.tell(self._held_back)
            self._held_back = None


class _Current:
    """Where tqdm bars report to: the try that runs in this process, if any."""

    reporter: ProgressReporter | None = None


_current = _Current()
_watched: set[type] = set()


def follow_tqdm(reporter: ProgressReporter | None) -> None:
    """Let tqdm bars report here (None: nowhere). tqdm itself is never imported by us."""
    _current.reporter = reporter
    if reporter is not None:
        call_after_import("tqdm.std", _watch_tqdm)


def _watch_tqdm() -> None:
    """Every kind of bar calls `display` of its own when it is due, at most ten times a second (`mininterval`), and
    `close` in the end; a disabled bar calls neither."""
    tqdm: Any = sys.modules["tqdm.std"].tqdm
    if tqdm in _watched:
        return
    _watched.add(tqdm)
    refresh, close = tqdm.refresh, tqdm.close

    def watched_refresh(bar: Any, *args: Any, **kwargs: Any) -> Any:
        _report(bar)
        return refresh(bar, *args, **kwargs)

    def watched_close(bar: Any) -> Any:
        if not bar.disable:
            _report(bar)
        return close(bar)

    tqdm.refresh, tqdm.close = watched_refresh, watched_close


def _report(bar: Any) -> None:
    """Inner bars (pos below 0) come and go: the outermost one is the task's progress."""
    if _current.reporter is not None and not getattr(bar, "pos", 0):
        _current.reporter.update(bar.n, bar.total, str(bar.desc or "").rstrip(": "))
