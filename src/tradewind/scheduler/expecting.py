"""The duty that tells the executor a little ahead whose run is due next, so that its file is imported by then."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Set
from datetime import datetime, timedelta

from tradewind.executors.base import CodeRef
from tradewind.model.errors import NotFoundError
from tradewind.model.service import DagSchedule, Topic
from tradewind.scheduler.due import DueRuns
from tradewind.scheduler.specs import Specs

LEAD = timedelta(seconds=2)
"""How long before: most files are imported within it."""
TOGETHER = timedelta(seconds=0.25)
"""Those that are expected within so long of each other are told of at once: a thousand DAGs a minute are not a thousand
calls more."""


class Expecting:
    """A duty (see `duty.Duty`). `expect` is the executor's."""

    topics: frozenset[Topic] = frozenset()

    def __init__(self, due: DueRuns, specs: Specs, expect: Callable[[CodeRef], None]) -> None:
        self._due = due
        self._specs = specs
        self._expect = expect
        self._clocks: dict[str, DagSchedule] = {}
        self._heap: list[tuple[datetime, str]] = []
        """Instants of runs; those that a clock has left since are passed over."""
        due.on_next = self._note

    def next_due(self) -> datetime | None:
        return self._heap[0][0] - LEAD if self._heap else None

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        while self._heap and self._heap[0][0] - LEAD <= now + TOGETHER:
            at, dag_id = heapq.heappop(self._heap)
            clock = self._clocks[dag_id]
            if at > now and clock.next_run_after == at and self._due.next_run_of(dag_id) == at:
                self._tell(clock)

    def _note(self, clock: DagSchedule) -> None:
        if clock.next_run_after is not None:
            self._clocks[clock.dag_id] = clock
            heapq.heappush(self._heap, (clock.next_run_after, clock.dag_id))

    def _tell(self, clock: DagSchedule) -> None:
        try:
            spec = self._specs.get(clock.dag_id, clock.dag_hash)
        except NotFoundError:  # whoever makes the run says so
            return
        self._expect(CodeRef(clock.snapshot, spec.file))
