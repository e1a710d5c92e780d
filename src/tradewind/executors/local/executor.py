"""The local executor: one selector, one thread. See ../base.py for what it promises.

A try goes: `submit` takes its resources, hands it to a child of its file's warm parent (forked ahead, else asked for),
the child reports over its own socket, and the warm parent tells how the child ended. Spare children are asked for in
`wait`, after everything that could be dispatched has been.
"""

from __future__ import annotations

import contextlib
import logging
import os
import selectors
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Literal

import msgspec

from tradewind.executors.base import Answer, CodeRef, ExecutorEvent, TryOrder
from tradewind.executors.local import evidence, machine
from tradewind.executors.local.channel import BrokenChannelError
from tradewind.executors.local.family import Child, LiveTry, WarmParent
from tradewind.executors.local.household import Household
from tradewind.executors.local.packing import Packing
from tradewind.executors.local.timers import Timers
from tradewind.model import frames
from tradewind.model.messages import (
    CallbackFailed,
    CallbacksEnded,
    ClearXComs,
    LogMetric,
    Progress,
    PushXCom,
    ReadValues,
    Reply,
    Request,
    TryLost,
    TryReport,
    TryStarted,
)
from tradewind.model.spec import Resources
from tradewind.model.warm import (
    ChildEnded,
    FileLoaded,
    FromChild,
    ReadyForMore,
    SignalChild,
    Snapshot,
)

_log = logging.getLogger(__name__)
NOTICES = (TryStarted, PushXCom, LogMetric, Progress, ClearXComs, ReadValues, CallbackFailed)
MEMORY_LOOK_SECONDS = 0.5
START_NEWS_SECONDS = 0.01
MEMORY_TOLERANCE = 1.1
"""A try may have this much of the memory it declared before it is ended."""


class LocalExecutor:
    """Give what differs from this machine: `cpus`, `memory_bytes` and `gpus` (how many) are detected where None.

    `cwd` is where tasks run (default: here). `environment` is added to ours for all tasks. A warm parent without work
    for `idle_retire_seconds`, or the longest idle of more than `max_warm_parents`, is let go."""

    name = "local"

    def __init__(
        self,
        home: Path,
        *,
        parallelism: int = 0,
        cpus: float | None = None,
        memory_bytes: int | None = None,
        gpus: int | None = None,
        cwd: Path | None = None,
        environment: Mapping[str, str] | None = None,
        log_level: str = "INFO",
        kill_grace_seconds: float = 5.0,
        import_memory_bytes: int = 0,
        idle_retire_seconds: float = 300.0,
        max_warm_parents: int = 8,
        python: str = sys.executable,
    ) -> None:
        found_cpus = machine.cpu_count()
        self.parallelism = parallelism or found_cpus + 1
        self._host = socket.gethostname()
        self._grace_seconds = kill_grace_seconds
        self._packing = Packing(
            self.parallelism,
            found_cpus if cpus is None else cpus,
            machine.memory_bytes() if memory_bytes is None else memory_bytes,
            machine.gpu_ids if gpus is None else lambda: tuple(map(str, range(gpus))),
        )
        self._oom = evidence.KernelOom()
        self._selector = selectors.DefaultSelector()
        self._timers = Timers()
        self._events: list[ExecutorEvent] = []
        self._starts: list[ExecutorEvent] = []
        """Tries that were handed to a child. Alone they don't end a `wait` at once: a short try's start and end travel
        together, and cost one commit."""
        self._tries: dict[str, LiveTry] = {}
        self._calling_back: dict[str, LiveTry] = {}
        """Tries that have reported, and whose processes call callbacks."""
        self._queue: deque[LiveTry] = deque()
        """Tries that wait for resources, oldest first."""
        self._household = Household(
            self,
            self._selector,
            self._timers,
            blobs=home / "snapshots" / "blobs",
            cwd=cwd or Path.cwd(),
            environment={"TRADEWIND_LOG_LEVEL": log_level, **(environment or {})},
            python=python,
            max_spares=self.parallelism,
            grace_seconds=kill_grace_seconds,
            import_memory_bytes=import_memory_bytes,
            idle_retire_seconds=idle_retire_seconds,
            max_warm_parents=max_warm_parents,
        )
        self._watches_memory = False
        self._answer: Answer = _answer_nothing
        self._wake_read, self._wake_write = os.pipe()
        for descriptor in (self._wake_read, self._wake_write):
            os.set_blocking(descriptor, False)
        self._selector.register(self._wake_read, selectors.EVENT_READ, self._on_wake)
        self._woken = False
        self._watched: tuple[int, ...] = ()
        self._has_stopped = False

    # ---------------------------------------------------------------------------------------------- contract

    def start(self, answer: Answer) -> None:
        """Also starts the first warm parent, so that its interpreter is up when the first file is known."""
        self._answer = answer
        self._household.start_ahead()

    def fits(self, resources: Resources) -> str | None:
        return self._packing.fits(resources)

    def can_take(self, resources: Resources) -> str | None:
        return self._packing.can_take(resources)

    def submit(self, order: TryOrder) -> None:
        """A try whose need cannot be met now waits here; better ask `can_take` first."""
        live = LiveTry(order)
        self._tries[live.try_id] = live
        if (why := self._packing.fits(order.resources)) is not None:
            self._lose(live, f"it was never started: {why}")
        elif self._queue or self._packing.can_take(order.resources) is not None:
            self._queue.append(live)
        else:
            self._place(live)

    def cancel(self, try_id: str, *, grace_seconds: float) -> None:
        """Unknown and ended tries are ignored: a cancel and an end may cross each other. A second cancel can only
        shorten the grace."""
        live = self._tries.get(try_id) or self._calling_back.get(try_id)
        if live is None:
            return
        if live.child is None:
            live.cancelled = True
            self._lose(live, "it was cancelled before it started")
            return
        if not live.cancelled:
            live.cancelled = True
            self._signal(live.child, signal.SIGTERM)
        live.timers.append(
            self._timers.after(
                grace_seconds, partial(self._kill, live.child, "it was cancelled but did not end in time")
            )
        )

    def wait(self, timeout_seconds: float | None) -> list[ExecutorEvent]:
        deadline = None if timeout_seconds is None else time.monotonic() + timeout_seconds
        while True:
            self._timers.fire_due()
            if not self._events and not self._woken:
                self._household.refill()
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            patience = (
                left if not self._starts else START_NEWS_SECONDS if left is None else min(left, START_NEWS_SECONDS)
            )
            before = time.monotonic()
            self.poll(0.0 if self._events or self._woken else patience)
            is_late = self._starts and time.monotonic() - before >= START_NEWS_SECONDS
            if self._events or self._woken or is_late or (deadline is not None and time.monotonic() >= deadline):
                self._woken = False
                events, self._starts, self._events = [*self._starts, *self._events], [], []
                return events

    def watch(self, *descriptors: int) -> None:
        if descriptors == self._watched:
            return
        for descriptor in self._watched:
            with contextlib.suppress(KeyError, ValueError, OSError):  # its owner may have closed it
                self._selector.unregister(descriptor)
        for descriptor in descriptors:
            self._selector.register(descriptor, selectors.EVENT_READ, self._on_watched)
        self._watched = descriptors

    def wake(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.write(self._wake_write, b"\0")

    def stop(self, *, grace_seconds: float) -> None:
        """A second call does nothing."""
        if self._has_stopped:
            return
        self._has_stopped = True
        for try_id in list(self._tries):
            self.cancel(try_id, grace_seconds=grace_seconds)
        deadline = time.monotonic() + grace_seconds + 2.0
        while self._tries and time.monotonic() < deadline:
            self._timers.fire_due()
            self.poll(max(0.0, deadline - time.monotonic()))
        self._household.stop(2.0)
        self._selector.close()
        os.close(self._wake_read)
        os.close(self._wake_write)

    # ---------------------------------------------------------------------------------------------- DAG files

    def load(self, snapshot: Snapshot, file: str, timeout_seconds: float = 60.0) -> FileLoaded:
        """The specs of a DAG file, from the warm parent that will run its tasks: started if there is none. Blocks;
        what comes in meanwhile is kept for `wait`. Never raises for what the file does: that is in `problems`."""
        return self._household.load(snapshot, file, timeout_seconds)

    def expect_many_files(self) -> None:
        """Get ready to run tasks of many DAG files: from now on their processes are forked, not started anew."""
        self._household.start_template()

    def retire(self, code: CodeRef) -> None:
        """Let the warm parent of this code go once its tries have ended."""
        self._household.retire(code)

    # ---------------------------------------------------------------------------------------------- placing tries

    def _place(self, live: LiveTry) -> None:
        """Take resources and give the try to a child, or let it wait for one."""
        live.grant = self._packing.take(live.order.resources)
        try:
            parent = self._household.parent_of(live.order.code)
        except (OSError, KeyError) as error:
            self._lose(live, f"its DAG file could not be loaded: {_describe(error)}")
            return
        live.parent = parent
        parent.last_used = time.monotonic()
        parent.running += 1
        parent.most_running = max(parent.most_running, parent.running)
        parent.wants_spares = live.order.reuse is None
        if live.order.reuse is not None and parent.reusable:
            self.dispatch(live, parent.reusable.popleft())
        elif parent.idle:
            self.dispatch(live, parent.idle.popleft())
        else:
            parent.waiting.append(live)
        self._household.want_spares(parent)

    def dispatch(self, live: LiveTry, child: Child) -> None:
        assert live.grant is not None, "a try is placed before it is dispatched"
        live.child, child.serving, child.has_reported = child, live, False
        child.served += 1
        order = live.order
        message = order.message
        environment = live.grant.environment()
        if environment or order.reuse is not None:
            left = order.reuse.tries if order.reuse is not None else 1
            message = msgspec.structs.replace(
                message, environment={**message.environment, **environment}, reuse_tries=left
            )
        child.channel.send(frames.encode(message))
        self._starts.append(TryStarted(live.try_id, child.pid, self._host, datetime.now(UTC)))
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

    # ---------------------------------------------------------------------------------------------- ends of tries

    def _report(self, live: LiveTry, event: TryReport) -> None:
        self._events.append(event)
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
            left_seconds, partial(self._kill, child, "it did not end after its report")
        )

    def _done_with_callbacks(self, live: LiveTry) -> None:
        if live.is_calling_back:
            live.is_calling_back = False
            del self._calling_back[live.try_id]
            self._events.append(CallbacksEnded(live.try_id, live.killed_why))
            if live.parent is not None:
                self._leave_parent(live, live.parent)

    def _lose(self, live: LiveTry, why: str, ended: ChildEnded | None = None) -> None:
        """The try has ended without a report."""
        self._events.append(
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

    def _forget(self, live: LiveTry) -> None:
        del self._tries[live.try_id]
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
            self._household.rest(parent)

    def _give_back(self, live: LiveTry) -> None:
        if live.grant is not None and live.holds_grant:
            live.holds_grant = False
            self._packing.give_back(live.grant)
            self._start_queued()

    def _kill(self, child: Child, why: str) -> None:
        """SIGKILL for the child and all that belongs to it."""
        if child.serving is not None and not child.serving.killed_why:
            child.serving.killed_why = why
        self._signal(child, signal.SIGKILL)

    def _kill_over_limit(self, live: LiveTry, limit: Literal["time", "memory"], why: str) -> None:
        if live.child is not None and not live.killed_why and not live.cancelled:
            live.over_limit = limit
            self._kill(live.child, why)

    def _signal(self, child: Child, number: int) -> None:
        child.parent.channel.send(frames.encode(SignalChild(child.pid, number)))

    def _look_at_memory(self) -> None:
        """Only while tries that have declared their memory run."""
        self._watches_memory = False
        for live in self._tries.values():
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

    # ---------------------------------------------------------------------------------------------- the loop

    def poll(self, timeout_seconds: float | None) -> None:
        """One look at all sockets."""
        to_timer = self._timers.seconds_to_next()
        if to_timer is not None:
            timeout_seconds = to_timer if timeout_seconds is None else min(timeout_seconds, to_timer)
        for key, ready in self._selector.select(timeout_seconds):
            handler: Callable[[int], None] = key.data
            handler(ready)

    def _on_watched(self, _ready: int) -> None:
        self._woken = True

    def _on_wake(self, _ready: int) -> None:
        with contextlib.suppress(BlockingIOError):
            while os.read(self._wake_read, 512):
                pass
        self._woken = True

    def hear(self, child: Child, ready: int) -> None:
        if ready & selectors.EVENT_WRITE:
            child.channel.send_more()
        if not ready & selectors.EVENT_READ:
            return
        try:
            messages = child.channel.receive()
        except BrokenChannelError as error:
            self._on_broken_child(child, error)
            return
        if messages is None:
            # It has closed its socket: it is ending. If it does not, it must not stay for ever.
            child.channel.close()
            child.last_timer = child.last_timer or self._timers.after(
                self._grace_seconds, partial(self._kill, child, "it closed its line to us and went on")
            )
            return
        for message in messages:
            self._on_message(child, message)

    def _on_message(self, child: Child, message: FromChild) -> None:
        if isinstance(message, TryReport):
            live = child.serving
            if live is not None and not child.has_reported and message.try_id == live.try_id:
                self._report(live, message)
        elif isinstance(message, NOTICES):
            self._events.append(message)
        elif isinstance(message, ReadyForMore):
            self._on_ready(child)
        else:
            child.channel.send(frames.encode(self.answer(message)))

    def _on_ready(self, child: Child) -> None:
        if child.last_timer is not None:
            child.last_timer.cancel()
            child.last_timer = None
        live, child.serving = child.serving, None
        if live is not None:
            self._done_with_callbacks(live)
            self._give_back(live)
        parent = child.parent
        if parent.retiring:
            child.channel.close()
            return
        waiting = next((waits for waits in parent.waiting if waits.order.reuse is not None), None)
        if waiting is None:
            parent.reusable.append(child)
            return
        parent.waiting.remove(waiting)
        self.dispatch(waiting, child)

    def _on_broken_child(self, child: Child, error: BrokenChannelError) -> None:
        child.channel.close()
        self._kill(child, f"it sent something that is no message: {error}")

    def answer(self, request: Request) -> Reply:
        try:
            return self._answer(request)
        except Exception as error:  # one request must not end the loop for all
            return Reply(error=f"{type(request).__name__} could not be answered: {_describe(error)}")

    # ---------------------------------------------------------------------------------------------- warm parents

    def child_ended(self, parent: WarmParent, ended: ChildEnded) -> None:
        child = parent.children.pop(ended.pid, None)
        if child is None:
            return
        for kept in (parent.idle, parent.reusable):
            if child in kept:
                kept.remove(child)
        # Its report may still be in the socket: this message came another way.
        with contextlib.suppress(BrokenChannelError):
            for message in child.channel.drain():
                self._on_message(child, message)
        child.channel.close()
        if child.last_timer is not None:
            child.last_timer.cancel()
        live = child.serving
        if live is None:
            return
        if child.has_reported:
            self._done_with_callbacks(live)
            self._give_back(live)
        else:
            limit = live.order.resources.memory_bytes
            why = live.killed_why or evidence.why_lost(ended, limit_bytes=limit, oom=self._oom)
            self._lose(live, f"cancelled: {why}" if live.cancelled and not live.killed_why else why, ended)

    def not_started(self, live: LiveTry, why: str) -> None:
        self._lose(live, f"it was never started: {why}")

    def family_lost(self, parent: WarmParent, why: str) -> None:
        parent.retiring = True  # nothing goes to it any more
        for child in list(parent.children.values()):
            with contextlib.suppress(BrokenChannelError):
                for message in child.channel.drain():
                    self._on_message(child, message)
            child.channel.close()
            if child.last_timer is not None:
                child.last_timer.cancel()
            live = child.serving
            if live is not None and child.has_reported:
                self._done_with_callbacks(live)
                self._give_back(live)
            elif live is not None:
                self._lose(live, live.killed_why or why)
        parent.children.clear()
        while parent.waiting:
            self._lose(parent.waiting.popleft(), why)


def _answer_nothing(request: Request) -> Reply:
    return Reply(error="the executor was not started")


def _describe(error: BaseException) -> str:
    if isinstance(error, KeyError):
        return f"the snapshot {error} is not in the home folder"
    return f"{type(error).__name__}: {error}"
