"""What children say over their sockets, and what it means that one of them, or a whole family, has ended."""

from __future__ import annotations

import contextlib
import selectors
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from tradewind.executors.base import Answer, Later
from tradewind.executors.local import evidence
from tradewind.executors.local.channel import BrokenChannelError, Channel
from tradewind.executors.local.family import Child, LiveTry, WarmParent
from tradewind.executors.local.timers import Timers
from tradewind.executors.local.tries import Tries
from tradewind.model import frames
from tradewind.model.messages import (
    CallbackFailed,
    ClearXComs,
    KeepCached,
    LogMetric,
    LogMetrics,
    Progress,
    PushXCom,
    ReadValues,
    Reply,
    Request,
    TryStarted,
    WriteEntry,
)
from tradewind.model.outcomes import TryReport
from tradewind.model.warm import ChildEnded, FromChild, ReadyForMore

T = TypeVar("T")
NOTICES = (
    TryStarted,
    PushXCom,
    LogMetric,
    LogMetrics,
    Progress,
    ClearXComs,
    ReadValues,
    CallbackFailed,
    WriteEntry,
    KeepCached,
)


class Poll(Protocol):
    def __call__(self, timeout_seconds: float | None) -> None: ...


class Hearing:
    """The owner of a household (see `family.Owner`). `poll` is the executor's."""

    def __init__(
        self, tries: Tries, timers: Timers, poll: Poll, wake: Callable[[], None], grace_seconds: float
    ) -> None:
        self._tries = tries
        self._timers = timers
        self.poll = poll
        self.dispatch = tries.dispatch
        self._grace_seconds = grace_seconds
        self._oom = evidence.KernelOom()
        self._late: LateReplies[tuple[Channel[Any], Later]] = LateReplies(wake)
        self.answerer: Answer = _answer_nothing

    def hear(self, child: Child, ready: int) -> None:
        if ready & selectors.EVENT_WRITE:
            child.channel.send_more()
        if not ready & selectors.EVENT_READ:
            return
        try:
            messages = child.channel.receive()
        except BrokenChannelError as error:
            child.channel.close()
            self._tries.kill(child, f"it sent something that is no message: {error}")
            return
        if messages is None:
            # It has closed its socket: it is ending. If it does not, it must not stay for ever.
            child.channel.close()
            child.last_timer = child.last_timer or self._timers.after(
                self._grace_seconds, partial(self._tries.kill, child, "it closed its line to us and went on")
            )
            return
        for message in messages:
            self._on_message(child, message)

    def answer(self, channel: Channel[Any], request: Request) -> None:
        """Whoever asks waits for the reply before it asks again: one that comes later is sent when it is there."""
        try:
            found = self.answerer(request)
        except Exception as error:  # one request must not end the loop for all
            found = Reply(error=f"{type(request).__name__} could not be answered: {type(error).__name__}: {error}")
        if isinstance(found, Reply):
            channel.send(frames.encode(found))
        else:
            found.when_there(partial(self._late.add, (channel, found)))

    def send_late_replies(self) -> None:
        for channel, later in self._late.take():
            if not channel.is_closed:
                channel.send(frames.encode(later.reply()))

    def expect_no_more(self) -> None:
        """Nobody is woken from here on."""
        self._late.close()

    def not_started(self, live: LiveTry, why: str) -> None:
        self._tries.lose(live, f"it was never started: {why}")

    def child_ended(self, parent: WarmParent, ended: ChildEnded) -> None:
        child = parent.children.pop(ended.pid, None)
        if child is None:
            return
        for kept in (parent.idle, parent.reusable):
            if child in kept:
                kept.remove(child)
        self._last_words(child)
        live = child.serving
        if live is None:
            return
        if child.has_reported:
            self._tries.left_by_process(live)
        else:
            limit = live.order.resources.memory_bytes
            why = live.killed_why or evidence.why_lost(ended, limit_bytes=limit, oom=self._oom)
            self._tries.lose(live, f"cancelled: {why}" if live.cancelled and not live.killed_why else why, ended)

    def family_lost(self, parent: WarmParent, why: str) -> None:
        parent.retiring = True  # nothing goes to it any more
        for child in list(parent.children.values()):
            self._last_words(child)
            live = child.serving
            if live is not None and child.has_reported:
                self._tries.left_by_process(live)
            elif live is not None:
                self._tries.lose(live, live.killed_why or why)
        parent.children.clear()
        while parent.waiting:
            self._tries.lose(parent.waiting.popleft(), why)

    def _last_words(self, child: Child) -> None:
        """Its report may still be in the socket: that it has ended was told another way."""
        with contextlib.suppress(BrokenChannelError):
            for message in child.channel.drain():
                self._on_message(child, message)
        child.channel.close()
        if child.last_timer is not None:
            child.last_timer.cancel()

    def _on_message(self, child: Child, message: FromChild) -> None:
        if isinstance(message, TryReport):
            live = child.serving
            if live is not None and not child.has_reported and message.try_id == live.try_id:
                self._tries.report(live, message)
        elif isinstance(message, NOTICES):
            self._tries.events.append(message)
        elif isinstance(message, ReadyForMore):
            self._on_ready(child, is_unused=message.is_unused)
        else:
            self.answer(child.channel, message)

    def _on_ready(self, child: Child, *, is_unused: bool) -> None:
        """It serves whoever may have a used process; one that is as good as new serves anybody."""
        if child.last_timer is not None:
            child.last_timer.cancel()
            child.last_timer = None
        live, child.serving = child.serving, None
        if live is not None:
            self._tries.left_by_process(live)
        parent = child.parent
        if parent.retiring or (live is not None and live.cancelled):  # a signal for that try may be on its way to it
            child.channel.close()
            return
        waiting = next((waits for waits in parent.waiting if is_unused or waits.order.reuse is not None), None)
        if waiting is not None:
            parent.waiting.remove(waiting)
            self.dispatch(waiting, child)
        else:
            (parent.idle if is_unused else parent.reusable).append(child)


class LateReplies(Generic[T]):
    """Where other threads say which replies are there: the executor, woken, looks here."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._lock = threading.Lock()
        self._found: list[T] = []
        self._is_closed = False

    def add(self, one: T) -> None:
        """Within the lock: after `close` there may be nobody to wake, and another file where the pipe was."""
        with self._lock:
            if not self._is_closed:
                self._found.append(one)
                self._wake()

    def take(self) -> list[T]:
        with self._lock:
            found, self._found = self._found, []
        return found

    def close(self) -> None:
        with self._lock:
            self._is_closed = True


def _answer_nothing(request: Request) -> Reply:
    return Reply(error="the executor was not started")
