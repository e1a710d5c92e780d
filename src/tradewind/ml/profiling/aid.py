"""`aids=[ml.profiled()]`: every frame that a task hands on is profiled, within a share of the task's own time."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, cast

from tradewind.authoring.aid import Aid, AidedTry
from tradewind.ml import journal
from tradewind.ml.profiling.frames import column_names, frame_kind, row_count
from tradewind.ml.profiling.profile import SAMPLE_ROWS, describe
from tradewind.model.messages import Succeeded
from tradewind.model.values import RETURN_KEY, Value

SECONDS_PER_CELL = 0.3e-6
"""What a value costs at most, as benchmarks/ml/profile.py measures it; texts cost most."""
LEAST_ROWS = 1000

_log = logging.getLogger("tradewind.task")


class profiled(Aid):  # used like a function, as `ml.profiled()`
    """Profiles what the task returns: a frame, or the frames in a dict, list or tuple. Give it to one task
    (`@task(aids=[ml.profiled()])`) or to all of a DAG (`default_args={"aids": [ml.profiled()]}`).

    So many rows are looked at as take about `share` of the time that the task itself took, 1,000 at least and
    `sample_rows` at most."""

    def __init__(self, *, sample_rows: int = SAMPLE_ROWS, share: float = 0.05) -> None:
        if sample_rows < 1 or not share > 0:
            raise ValueError("ml.profiled() needs sample_rows of at least 1 and a share above 0, such as 0.05")
        self.sample_rows = sample_rows
        self.share = share
        self._started = 0.0

    def around(self, attempt: AidedTry) -> AbstractContextManager[Any]:
        self._started = time.perf_counter()
        return nullcontext()

    def made(self, attempt: AidedTry, result: object, outcome: Succeeded) -> None:
        """A profile that does not come about is no reason to fail a task: the log says why."""
        found = list(frames_in(result, outcome))
        if not found:
            return
        cells = max(sum(len(column_names(frame)) for _, frame, _ in found), 1)
        budget_seconds = (time.perf_counter() - self._started) * self.share
        rows = max(min(int(budget_seconds / SECONDS_PER_CELL / cells), self.sample_rows), LEAST_ROWS)
        for key, frame, value in found:
            try:
                journal.write(describe(frame, rows, value.hash if value else ""), key)
            except Exception as error:  # whatever a column holds
                _log.warning("no profile of %s (%d rows): %s", key, row_count(frame), error)


def frames_in(result: object, outcome: Succeeded) -> Iterator[tuple[str, Any, Value | None]]:
    """(XCom key, frame, what is known of it as a value)."""
    if frame_kind(result) is not None:
        yield RETURN_KEY, result, outcome.result
        return
    if isinstance(result, Mapping):
        pushed = dict(outcome.more)
        for key, item in cast("Mapping[Any, Any]", result).items():
            if frame_kind(item) is not None:
                name = str(key) if key in pushed else f"{RETURN_KEY}[{key!r}]"
                yield name, item, pushed.get(key)
    elif isinstance(result, (list, tuple)):
        for place, item in enumerate(cast("tuple[Any, ...]", result)):
            if frame_kind(item) is not None:
                yield f"{RETURN_KEY}[{place}]", item, None
