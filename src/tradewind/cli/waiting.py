"""Tasks that wait, in a `tradewind run`: it hears of triggers that fired, and starts a triggerer of its own where none
is alive. A run without deferred tasks pays nothing for this."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from tradewind.executors.local import LocalExecutor
from tradewind.model.changes import Change, DeferralMade
from tradewind.model.service import Topic
from tradewind.scheduler.loop import Scheduler
from tradewind.scheduler.news import News
from tradewind.scheduler.one_shot import go_on
from tradewind.settings import Settings
from tradewind.store.base import Store
from tradewind.store.facets.services import Listener
from tradewind.triggerer_service.peers import alive_peers

ENTRY = "from tradewind.triggerer_service.serve import main; main()"
END_SECONDS = 10.0
LOOK_AFTER_TRIGGERER_SECONDS = 2.0
"""One that has died is replaced after this time, while some task waits."""


class Waits:
    """Of one session. `close` ends its triggerer."""

    def __init__(self, settings: Settings, store: Store, executor: LocalExecutor, scheduler: Scheduler) -> None:
        self._settings = settings
        self._store = store
        self._executor = executor
        self._scheduler = scheduler
        self._news = News(store.ring)
        self._listener: Listener | None = None
        self._triggerer: subprocess.Popen[bytes] | None = None
        self._life = -1
        self._needs_triggerer = False
        self._look_at = 0.0
        self.after_turn: Callable[[], None] = lambda: None

    def committed(self, changes: Sequence[Change], now: datetime) -> None:
        """An observer of the scheduler."""
        self._news(changes, now)
        if any(isinstance(change, DeferralMade) for change in changes):
            self.begin(needs_triggerer=any(isinstance(one, DeferralMade) and one.trigger for one in changes))

    def begin(self, *, needs_triggerer: bool = True) -> None:
        """Some task waits from here on; not only for a person's answer where `needs_triggerer`."""
        if self._listener is None:
            self._listener = self._store.listen({Topic.EVENTS})
        if needs_triggerer and not self._needs_triggerer:
            self._needs_triggerer = True
            self._see_to_triggerer()

    def go_on(self) -> None:
        """The scheduler's next turn; what fired meanwhile is taken up."""
        if self._listener is None and self._scheduler.has_waiting_tasks:  # of a run that was rebuilt from the store
            self.begin()
            self._scheduler.look_at_deferrals()
        if self._listener is None or not self._scheduler.has_waiting_tasks:
            go_on(self._scheduler)
            return
        self._executor.watch(self._listener.fileno())
        due_seconds = self._scheduler.seconds_until_due()
        pause = LOOK_AFTER_TRIGGERER_SECONDS if self._needs_triggerer else None
        self._scheduler.turn(min((one for one in (due_seconds, pause) if one is not None), default=None))
        if self._listener.heard():
            self._scheduler.look_at_deferrals()
        if time.monotonic() >= self._look_at:
            self._see_to_triggerer()

    def run_until_done(self) -> None:
        while self._scheduler.has_work:
            self.go_on()
            self.after_turn()

    def close(self) -> None:
        if self._listener is not None:
            self._listener.close()
        if self._triggerer is not None:
            os.close(self._life)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._triggerer.wait(END_SECONDS)
            self._triggerer.kill()
            self._triggerer.wait()
            self._triggerer = None

    def _see_to_triggerer(self) -> None:
        """One has to live, ours or another."""
        self._look_at = time.monotonic() + LOOK_AFTER_TRIGGERER_SECONDS
        if self._triggerer is not None and self._triggerer.poll() is not None:
            os.close(self._life)
            self._triggerer = None
        if self._needs_triggerer and self._triggerer is None and not alive_peers(self._store, besides=""):
            self._start_triggerer()

    def _start_triggerer(self) -> None:
        """It ends when its pipe closes: with us, however we end."""
        theirs, self._life = os.pipe()
        try:
            self._triggerer = subprocess.Popen(
                [sys.executable, "-P", "-c", ENTRY, str(theirs)],
                pass_fds=(theirs,),
                stdin=subprocess.PIPE,
                start_new_session=True,
            )
            assert self._triggerer.stdin is not None, "it is a pipe"
            with self._triggerer.stdin as stdin:  # not as an argument, which others could read: it may hold passwords
                stdin.write(msgspec.json.encode(self._settings, enc_hook=str))
        finally:
            os.close(theirs)
