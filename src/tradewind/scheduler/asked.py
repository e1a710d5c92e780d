"""What a process that drives its own runs is asked for meanwhile: by a signal (Ctrl-C), or by a request that another
process left in the store and signalled. (A service has a duty for requests: `requests.py`.)"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tradewind.engine import events
from tradewind.engine.events import Event
from tradewind.model.ids import RunKey
from tradewind.model.records import RequestRecord
from tradewind.model.requests import DropXCom, SetXCom, wish_of
from tradewind.scheduler.active import ActiveRun
from tradewind.scheduler.answering_wishes import answer
from tradewind.scheduler.patience import Patience
from tradewind.scheduler.roster import Roster
from tradewind.scheduler.values_by_hand import changes_by_hand
from tradewind.scheduler.wishes import events_of
from tradewind.store.base import Store


class Asked:
    """`step` has the engine decide. The two fields are set from signal handlers."""

    def __init__(
        self, store: Store, roster: Roster, patiently: Patience, step: Callable[[ActiveRun, Event, datetime], None]
    ) -> None:
        self._store = store
        self._roster = roster
        self._patiently = patiently
        self._step = step
        self.cancel_why = ""
        """Not empty: every run is to be cancelled."""
        self.has_requests = False
        self._unanswered: list[RequestRecord] = []

    @property
    def is_waiting(self) -> bool:
        return self.has_requests or bool(self.cancel_why)

    def carry_out(self, now: datetime) -> bool:
        """True where every run was cancelled."""
        if self.has_requests:
            self.has_requests = False
            self._take_requests(now)
        why, self.cancel_why = self.cancel_why, ""
        if why:
            for active in tuple(self._roster.runs.values()):
                self._step(active, events.RunCancelled(why), now)
        return bool(why)

    def answer(self, now: datetime) -> None:
        """Once what was carried out is committed."""
        while self._unanswered:
            answer(self._store, self._unanswered.pop(0), None, now)

    def _take_requests(self, now: datetime) -> None:
        keys = tuple(self._roster.runs)
        for request in self._patiently(lambda: self._store.take_requests(keys)):
            active = self._roster.runs[RunKey(request.dag_id, request.run_id)]
            wish = wish_of(request)
            if isinstance(wish, SetXCom | DropXCom):
                changes = changes_by_hand(self._store, active.key, wish)
                self._store.commit(changes, who=request.who, now=now)
                active.forget_cleared(changes)
                active.keep_values(changes)
            for event in events_of(wish, active.run, request.who) if wish is not None else ():
                self._step(active, event, now)
            self._unanswered.append(request)
