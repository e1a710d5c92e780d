"""What children say over their sockets, and what it means that one of them, or a whole family, has ended."""

from __future__ import annotations

import contextlib
import selectors
from functools import partial
from typing import Protocol

from tradewind.executors.base import Answer
from tradewind.executors.local import evidence
from tradewind.executors.local.channel import BrokenChannelError
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
    TryReport,
    TryStarted,
    WriteEntry,
)
from tradewind.model.warm import ChildEnded, FromChild, ReadyForMore

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

    def __init__(self, tries: Tries, timers: Timers, poll: Poll, grace_seconds: float) -> None:
        self._tries = tries
        self._timers = timers
        self.poll = poll
        self.dispatch = tries.dispatch
        self._grace_seconds = grace_seconds
        self._oom = evidence.KernelOom()
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

    def answer(self, request: Request) -> Reply:
        try:
            return self.answerer(request)
        except Exception as error:  # one request must not end the loop for all
            return Reply(error=f"{type(request).__name__} could not be answered: {type(error).__name__}: {error}")

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
            self._on_ready(child)
        else:
            child.channel.send(frames.encode(self.answer(message)))

    def _on_ready(self, child: Child) -> None:
        if child.last_timer is not None:
            child.last_timer.cancel()
            child.last_timer = None
        live, child.serving = child.serving, None
        if live is not None:
            self._tries.left_by_process(live)
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


def _answer_nothing(request: Request) -> Reply:
    return Reply(error="the executor was not started")
