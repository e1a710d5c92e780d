"""What DAG files ask for while they are imported, answered from the store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tradewind.executors.base import Later
from tradewind.model.messages import Reply, Request
from tradewind.model.parsing import GetClock, GetQuestions, GetRunsByHand
from tradewind.scheduler.answers import Answers, Elsewhere
from tradewind.store.base import Store


class Lookups:
    """Callable for `ParseClient`. It is started before the store is open, so that both take no longer than the slower
    one."""

    def __init__(self, elsewhere: Elsewhere | None = None) -> None:
        self._answers = Answers(elsewhere)
        self._store: Store | None = None
        self._questions: dict[str, list[tuple[int, str]]] = {}
        self._runs_by_hand: dict[str, list[tuple[str, datetime]]] = {}

    def put_questions(self, dag_id: str, questions: Iterable[tuple[int, str]]) -> None:
        """For the next process that loads the DAG's file."""
        waiting = self._questions.setdefault(dag_id, [])
        waiting += [one for one in questions if one not in waiting]

    def put_run_by_hand(self, dag_id: str, run_id: str, at: datetime) -> None:
        """For the next process that loads the DAG's file: it is to infer the run's data interval."""
        self._runs_by_hand.setdefault(dag_id, []).append((run_id, at))

    def serve(self, store: Store) -> None:
        self._answers.serve(store)
        self._store = store

    def __call__(self, request: Request | GetClock | GetQuestions | GetRunsByHand) -> Reply | Later:
        if isinstance(request, GetQuestions):
            return Reply(self._questions.pop(request.dag_id, []))
        if isinstance(request, GetRunsByHand):
            return Reply([list(run) for run in self._runs_by_hand.pop(request.dag_id, [])])
        if not isinstance(request, GetClock):
            return self._answers.soon(request)
        if self._store is None:
            return Reply(error="the store is not open yet")
        for clock in self._store.schedules(dag_id=request.dag_id):
            if clock.last_interval_start and clock.last_interval_end:
                return Reply([clock.last_interval_start, clock.last_interval_end])
        return Reply()
