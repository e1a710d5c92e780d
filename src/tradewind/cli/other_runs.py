"""Runs of other DAGs that tasks of a `tradewind run` start: the same process drives them, unless a service is there."""

from __future__ import annotations

import getpass
from collections import deque
from collections.abc import Callable

import click

from tradewind.cli.service import has_scheduler
from tradewind.model.changes import RunChanged
from tradewind.model.errors import TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.requests import Clear, kind_and_payload
from tradewind.model.service import Topic
from tradewind.model.states import RunState
from tradewind.scheduler.clock import utc_now
from tradewind.store.base import Store


class OtherRuns:
    """Of one session. A run is asked for while the scheduler waits for its tasks, and taken up after that turn."""

    def __init__(self, store: Store, take_up: Callable[[RunKey, bool], None], wake: Callable[[], None]) -> None:
        """`wake` ends the scheduler's turn: an answer alone does not."""
        self._store = store
        self._take_up = take_up
        self._wake = wake
        self._asked: deque[tuple[RunKey, bool]] = deque()

    def ask(self, key: RunKey, is_clear: bool) -> None:
        """`is_clear`: a run that is there already is to run again."""
        if not has_scheduler(self._store):
            self._asked.append((key, is_clear))
            self._wake()
        elif is_clear:
            kind, payload = kind_and_payload(Clear(why="reset by TriggerDagRunOperator"))
            self._store.add_request(kind, key, payload, who=getpass.getuser(), now=utc_now())
            self._store.ring(Topic.REQUESTS)
        else:
            self._store.ring(Topic.RUNS)

    def begin(self) -> None:
        """Take up what was asked for. A run that cannot begin ends with its story."""
        while self._asked:
            key, is_clear = self._asked.popleft()
            try:
                self._take_up(key, is_clear)
            except TradewindError as error:
                click.secho(f"run {key.run_id} of DAG {key.dag_id} cannot begin: {error}", fg="red", err=True)
                if not is_clear:
                    change = RunChanged(key, RunState.QUEUED, RunState.FAILED, error.message)
                    self._store.commit([change], who=getpass.getuser(), now=utc_now())
