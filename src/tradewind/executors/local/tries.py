"""The tries of a local executor between `submit` and their one end: placed, handed to a child, lost, let go.

Their resources are taken when they are placed and given back when they end; whoever waits for some goes then.
"""

from __future__ import annotations

import signal
import socket
import time
from collections import deque
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from typing import Literal

import msgspec

from tradewind.executors.base import ExecutorEvent, TryOrder
from tradewind.executors.local import evidence
from tradewind.executors.local.family import Child, LiveTry, WarmParent
from tradewind.executors.local.household import Household
from tradewind.executors.local.packing import Packing
from tradewind.executors.local.timers import Timers
from tradewind.executors.local.usage import Accounts
from tradewind.model import frames
from tradewind.model.messages import TryStarted
from tradewind.model.outcomes import CallbacksEnded, TryLost, TryReport
from tradewind.model.warm import ChildEnded, SignalChild

MEMORY_LOOK_SECONDS = 0.5
MEMORY_TOLERANCE = 1.1
"""A try may have this much of the memory it declared before it is ended."""


class Tries:
    """`household` is joined right after it is made: each needs the other."""

    household: Household

    def __init__(self, packing: Packing, timers: Timers, grace_seconds: float) -> None:
        self.events: list[ExecutorEvent] = []
        self.starts: list[ExecutorEvent] = []
        """Tries that were handed to a child. Alone they don't end a `wait` at once: a short try's start and end travel
        together, and cost one commit."""
        self.has_freed = False
        """Memory or GPUs became free after the report that told of the end: whoever waits for them has to be told."""
        self.accounts = Accounts()
        self._packing = packing
        self._timers = timers
        self._grace_seconds = grace_seconds
        self._host = socket.gethostname()
        self._live: dict[str, LiveTry] = {}
        self._calling_back: dict[str, LiveTry] = {}
        """Tries that have reported, and whose processes call callbacks."""
        self._queue: deque[LiveTry] = deque()
        """Tries that wait for resources, oldest first."""
        self._watches_memory = False

    def __len__(self) -> int:
        """Those that have not ended."""
        return len(self._live)

    def ids(self) -> list[str]:
        return list(self._live)

    def live(self) -> Iterable[LiveTry]:
        return self._live.values()

    def tell(self, event: ExecutorEvent) -> None:
        self.events.append(event)

    def take_events(self) -> list[ExecutorEvent]:
        """What has come in since the last call, starts first."""
        events, self.starts, self.events = [*self.starts, *self.events], [], []
        return events

    def submit(self, order: TryOrder) -> None:
        live = LiveTry(order)
        self._live[live.try_id] = live
        if (why := self._packing.fits(order.resources)) is not None:
            self.lose(live, f"it was never started: {why}")
        elif self._queue or self._packing.can_take(order.resources) is not None:
            self._queue.append(live)
        else:
            self._place(live)

    def cancel(self, try_id: str, grace_seconds: float) -> None:
        live = self._live.get(try_id) or self._calling_back.get(try_id)
        if live is None:
            return
        if live.child is None:
            live.cancelled = True
            self.lose(live, "it was cancelled before it started")
            return
        if not live.cancelled:
            live.cancelled = True
            self._signal(live.child, signal.SIGTERM)
        why = "it was cancelled but did not end in time"
        live.timers.append(self._timers.after(grace_seconds, partial(self.kill, live.child, why)))

    # ---------------------------------------------------------------------------------------------- their beginning

    def _place(self, live: LiveTry) -> None:
        """Take resources and give the try to a child, or let it wait for one."""
        live.grant = self._packing.take(live.order.resources)
        try:
            parent = self.household.parent_of(live.order.code)
        except (OSError, KeyError) as error:
            self.lose(live, f"its DAG file could not be loaded: {_describe(error)}")
            return
        live.parent = parent
        live.had_to_load = parent.loaded is None
        parent.last_used = time.monotonic()
        parent.running += 1
        parent.most_running = max(parent.most_running, parent.running)
        parent.wants_spares = live.order.reuse is None and not live.order.is_last
        if live.order.reuse is not None and parent.reusable:
            self.dispatch(live, parent.reusable.popleft())
        elif parent.idle:
            self.dispatch(live, parent.idle.popleft())
        else:
            parent.waiting.append(live)
        self.household.want_spares(parent)

    def dispatch(self, live: LiveTry, child: Child) -> None:
        assert live.grant is not None, "a try is placed before it is dispatched"
        live.child, child.serving, child.has_reported = child, live, False
        child.served += 1
        order = live.order
        message = order.message
        environment = {**self._packing.environment_for(message), **live.grant.environment()}
        if environment or order.reuse is not None:
            left = order.reuse.tries if order.reuse is not None else 1
            message = msgspec.structs.replace(
                message, environment={**message.environment, **environment}, reuse_tries=left
            )
        child.channel.send(frames.encode(message))
        self.accounts.begin(live.try_id)
        loaded_at = live.parent.loaded_at if live.parent is not None and live.had_to_load else None
        self.starts.append(TryStarted(live.try_id, child.pid, self._host, datetime.now(UTC), loaded_at))
        if order.time_limit_seconds is not None:
            limit = order.time_limit_seconds
            why = f"it ran longer than its execution_timeout of {limit:g} s and did not stop by itself"
            live.timers.append(
                self._timers.after(limit + self._grace_seconds, partial(self._kill_over_limit, live, "time", why))
            )
        if order.resources.memory_bytes and not self._watches_memory:
            self._watches_memory = True
            self._timers.after(MEMORY_LOOK_SECONDS, self._look_at_memory)

    def _start_queued(self) -> None:
        while self._queue and self._packing.can_take(self._queue[0].order.resources) is None:
            self._place(self._queue.popleft())

    # ---------------------------------------------------------------------------------------------- their end

    def report(self, live: LiveTry, event: TryReport) -> None:
        self._account_for(live, event)
        self.events.append(event)
        if event.callbacks:
            live.is_calling_back = True
            self._calling_back[live.try_id] = live
        self._forget(live)
        child = live.child
        assert child is not None, "only a child reports"
        child.has_reported = True
        if not live.grant or not (live.grant.memory_bytes or live.grant.gpus):
            self._give_back(live)
        # Its process ends now, unless it says that it is ready; exit handlers of the task may take a moment, and
        # callbacks the time they are given.
        left_seconds = self._grace_seconds + event.callbacks * live.order.message.callback_timeout_seconds
        child.last_timer = self._timers.after(
            left_seconds, partial(self.kill, child, "it did not end after its report")
        )

    def left_by_process(self, live: LiveTry) -> None:
        """It has reported, and its process has ended or is ready for another: what it still held is free."""
        if live.is_calling_back:
            live.is_calling_back = False
            del self._calling_back[live.try_id]
            self.events.append(CallbacksEnded(live.try_id, live.killed_why))
            if live.parent is not None:
                self._leave_parent(live, live.parent)
        self.has_freed |= live.holds_grant
        self._give_back(live)

    def lose(self, live: LiveTry, why: str, ended: ChildEnded | None = None) -> None:
        """The try has ended without a report."""
        self._account_for(live, None, (ended.max_rss_bytes or 0) if ended else 0)
        self.events.append(
            TryLost(
                live.try_id,
                why,
                exit_code=ended.exit_code if ended else None,
                signal=ended.signal if ended else None,
                max_rss_bytes=ended.max_rss_bytes if ended else None,
                last_log_lines=evidence.last_lines(live.order.message.log_path) if live.child else (),
                over_limit=live.over_limit,
            )
        )
        self._forget(live)
        self._give_back(live)

    def _account_for(self, live: LiveTry, report: TryReport | None, rss_bytes: int = 0) -> None:
        entry = self.accounts.end(live.order, live.grant, report, rss_bytes)
        if entry is not None:
            self.events.append(entry)

    def _forget(self, live: LiveTry) -> None:
        del self._live[live.try_id]
        for timer in live.timers:
            timer.cancel()
        if live.grant is None:
            if live in self._queue:
                self._queue.remove(live)
            return
        self._packing.free_slot()
        if live.parent is not None and not live.is_calling_back:
            self._leave_parent(live, live.parent)
        self._start_queued()

    def _leave_parent(self, live: LiveTry, parent: WarmParent) -> None:
        if live in parent.waiting:
            parent.waiting.remove(live)
        parent.running = max(0, parent.running - 1)
        parent.last_used = time.monotonic()
        if not parent.running:
            self.household.rest(parent)

    def _give_back(self, live: LiveTry) -> None:
        if live.grant is not None and live.holds_grant:
            live.holds_grant = False
            self._packing.give_back(live.grant)
            self._start_queued()

    # ---------------------------------------------------------------------------------------------- ending them

    def kill(self, child: Child, why: str) -> None:
        """SIGKILL for the child and all that belongs to it."""
        if child.serving is not None and not child.serving.killed_why:
            child.serving.killed_why = why
        self._signal(child, signal.SIGKILL)

    def _kill_over_limit(self, live: LiveTry, limit: Literal["time", "memory"], why: str) -> None:
        if live.child is not None and not live.killed_why and not live.cancelled:
            live.over_limit = limit
            self.kill(live.child, why)

    def _signal(self, child: Child, number: int) -> None:
        child.parent.channel.send(frames.encode(SignalChild(child.pid, number)))

    def _look_at_memory(self) -> None:
        """Only while tries that have declared their memory run."""
        self._watches_memory = False
        for live in self._live.values():
            limit = live.order.resources.memory_bytes
            if not limit or live.child is None:
                continue
            self._watches_memory = True
            used = evidence.family_rss_bytes(live.child.pid)
            if used > limit * MEMORY_TOLERANCE and not live.killed_why:
                declared = f"it used {evidence.mebibytes(used)} and had declared {evidence.mebibytes(limit)}"
                why = f"{declared}; raise `resources=dict(memory=…)` or let it use less"
                self._kill_over_limit(live, "memory", why)
        if self._watches_memory:
            self._timers.after(MEMORY_LOOK_SECONDS, self._look_at_memory)


def _describe(error: OSError | KeyError) -> str:
    if isinstance(error, KeyError):
        return f"the snapshot {error} is not in the home folder"
    return f"{type(error).__name__}: {error}"
