"""`aids=[ml.profiled()]`: every frame that a task hands on is profiled, within a share of the task's own time."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeAlias, cast

from tradewind.authoring.aid import Aid, AidedTry
from tradewind.ml import journal
from tradewind.ml.profiling.frames import column_names, frame_kind, row_count
from tradewind.ml.profiling.profile import SAMPLE_ROWS, describe
from tradewind.model.outcomes import Succeeded
from tradewind.model.values import RETURN_KEY, Value

Found: TypeAlias = tuple[str, Any, Value | None]
"""(XCom key, frame, what is known of it as a value)"""
SECONDS_PER_COLUMN, SECONDS_PER_CELL = 1e-3, 0.4e-6
"""What a profile costs at most, as benchmarks/ml/profiles.py measures it: texts that are all different cost most."""
LEAST_ROWS = 1000
MOST_COLUMNS_UNASKED, MOST_INSTANCES_UNASKED = 200, 20
"""So that the journal does not grow by megabytes for what nobody asked for: of a mapped task the first instances."""

_log = logging.getLogger("tradewind.task")


class profiled(Aid):  # used like a function, as `ml.profiled()`
    """Profiles what the task returns: a frame, or the frames in a dict, list or tuple. Give it to one task
    (`@task(aids=[ml.profiled()])`) or to all of a DAG (`default_args={"aids": [ml.profiled()]}`).

    So many rows are looked at as take about `share` of the time that the task itself took, 1,000 at least and
    `sample_rows` at most. `share=0` profiles nothing: where a task is not to be profiled unasked either."""

    def __init__(self, *, sample_rows: int = SAMPLE_ROWS, share: float = 0.05) -> None:
        if sample_rows < 1 or not share >= 0:
            raise ValueError("ml.profiled() needs sample_rows of at least 1, and a share such as 0.05")
        self.sample_rows = sample_rows
        self.share = share
        self._started = 0.0

    def around(self, attempt: AidedTry) -> AbstractContextManager[Any]:
        self._started = time.monotonic()
        return nullcontext()

    def made(self, attempt: AidedTry, result: object, outcome: Succeeded) -> None:
        if self.share:
            self.look(result, outcome, time.monotonic() - self._started)

    def look(self, result: object, outcome: Succeeded, seconds: float) -> None:
        """A profile that does not come about is no reason to fail a task: the log says why."""
        found = list(frames_in(result, outcome))
        columns = sum(len(column_names(frame)) for _, frame, _ in found)
        rows = self._rows(found, affordable_rows(seconds * self.share, columns))
        for key, frame, value in found if rows else ():
            try:
                journal.write(describe(frame, rows, value.hash if value else ""), key)
            except Exception as error:  # whatever a column holds
                _log.warning("no profile of %s (%d rows): %s", key, row_count(frame), error)

    def _rows(self, found: Sequence[Found], affordable: int) -> int:
        return max(min(affordable, self.sample_rows), LEAST_ROWS)


class Unasked(profiled):
    """What every task has: its frames are profiled where a sample that says something costs under a twentieth of the
    time that the task took."""

    def _rows(self, found: Sequence[Found], affordable: int) -> int:
        """0: not at all."""
        if sum(len(column_names(frame)) for _, frame, _ in found) > MOST_COLUMNS_UNASKED:
            return 0
        enough = min(LEAST_ROWS, max((row_count(frame) for _, frame, _ in found), default=0))
        return min(affordable, self.sample_rows) if affordable >= enough else 0


def profile_unasked(attempt: AidedTry, aids: Sequence[Aid], result: object, outcome: Succeeded, seconds: float) -> None:
    """Called by the runner after a success that took `seconds`; nothing where the author has said how by an aid."""
    if not any(isinstance(aid, profiled) for aid in aids) and max(attempt.message.task.map_path, default=0) < (
        MOST_INSTANCES_UNASKED
    ):
        Unasked().look(result, outcome, seconds)


def affordable_rows(budget_seconds: float, columns: int) -> int:
    """How many rows of so many columns in all can be looked at in this time; 0 where none can."""
    left_seconds = budget_seconds - columns * SECONDS_PER_COLUMN
    return max(int(left_seconds / SECONDS_PER_CELL / max(columns, 1)), 0)


def frames_in(result: object, outcome: Succeeded) -> Iterator[Found]:
    """The frame that a task returned, or those one level inside."""
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
