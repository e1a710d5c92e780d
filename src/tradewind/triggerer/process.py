"""A process that runs triggers: an event loop, a socket to the store side, and a task for each wait.

Started as `python -c "from tradewind.triggerer.process import main; main()" MESSAGES QUESTIONS`, two descriptors. It
ends when the first of them does.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
from typing import Any

from tradewind.authoring import ports
from tradewind.model import frames
from tradewind.model.triggers import (
    Blocked,
    Broke,
    Drop,
    FromTriggers,
    RunTriggers,
    StoreChanged,
    ToTriggers,
    WaitFor,
)
from tradewind.sensors import store_signal
from tradewind.triggerer import logs
from tradewind.triggerer.classes import TriggerClasses
from tradewind.triggerer.current import name_of
from tradewind.triggerer.one_wait import OneWait
from tradewind.triggerer.questions import Questions
from tradewind.triggerer.watchdog import PATIENCE_SECONDS, Watchdog, WatchedSelector

_log = logging.getLogger("tradewind.triggerer")
READ_BYTES = 1 << 18
GOODBYE_SECONDS = 5.0
"""For triggers to clean up when the triggerer ends."""


def main() -> None:
    messages = socket.socket(fileno=int(sys.argv[1]))
    questions = socket.socket(fileno=int(sys.argv[2]))
    for sock in (messages, questions):
        sock.set_inheritable(False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the store side's to obey
    ports.install(Questions(questions))
    process = TriggerProcess(messages)
    selector = WatchedSelector(Watchdog(process.is_blocked, process.went_on))
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(selector)) as runner:
        runner.run(process.serve())
    os._exit(0)  # threads that triggers have started may never end


class TriggerProcess:
    """Made outside the loop; everything but the constructor runs in it."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._reader: frames.FrameReader[ToTriggers] = frames.FrameReader(ToTriggers)
        self._begin: RunTriggers | None = None
        self._classes: TriggerClasses | None = None
        self._waits: dict[int, tuple[OneWait, asyncio.Task[None]]] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        """Dropped, and cleaning up."""
        self._unsent = bytearray()
        self._reported: set[int] = set()
        """Waits whose blocking was said in the logs: once is enough."""
        self._is_over = asyncio.Event()

    async def serve(self) -> None:
        """Until the store side closes its end."""
        loop = asyncio.get_running_loop()
        self._socket.setblocking(False)
        loop.add_reader(self._socket, self._receive)
        loop.add_signal_handler(signal.SIGTERM, self._is_over.set)
        await self._is_over.wait()
        loop.remove_reader(self._socket)
        for _, task in self._waits.values():
            task.cancel()
        tasks = [*self._leaving, *(task for _, task in self._waits.values())]
        if tasks:
            await asyncio.wait(tasks, timeout=GOODBYE_SECONDS)

    def is_blocked(self, wait: WaitFor | None, stack: str) -> None:
        """The watchdog's report, in the middle of the code that blocks."""
        wait_id = wait.wait_id if wait is not None else 0
        if wait_id in self._reported:
            return
        self._reported.add(wait_id)
        who = name_of(wait) if wait is not None else "something"
        text = (
            f"{who} kept the triggerer from serving its other triggers for more than {PATIENCE_SECONDS:g} s: run() has "
            "to await, not block (asyncio.sleep for time.sleep, an async client, asyncio.to_thread). It is here:\n"
            f"{stack}"
        )
        if wait is not None and wait.log_path:
            logs.append(wait.log_path, "WARNING", "tradewind.triggerer", text)
        logs.say("WARNING", "tradewind.triggerer", text)

    def went_on(self, wait: WaitFor, seconds: float) -> None:
        """The watchdog's second report: it is over."""
        self._tell(Blocked(wait.wait_id, seconds))

    # ------------------------------------------------------------------------------------ what is asked for

    def _receive(self) -> None:
        try:
            data = self._socket.recv(READ_BYTES)
        except (BlockingIOError, InterruptedError):
            return
        except ConnectionError:
            data = b""
        if not data:
            self._is_over.set()
            return
        for message in self._reader.feed(data):
            self._obey(message)

    def _obey(self, message: ToTriggers) -> None:
        match message:
            case RunTriggers():
                self._begin = message
                logs.take_logging(message.log_level)
                self._classes = TriggerClasses(message)
                gc.freeze()
            case WaitFor():
                self._wait_for(message)
            case Drop(wait_ids=wait_ids, is_unwanted=is_unwanted):
                for wait_id in wait_ids:
                    self._drop(wait_id, is_unwanted=is_unwanted)
            case StoreChanged():
                store_signal.something_changed()

    def _wait_for(self, message: WaitFor) -> None:
        assert self._begin is not None, "RunTriggers comes first"
        assert self._classes is not None, "it is made with RunTriggers"
        if message.wait_id in self._waits:
            return
        one = OneWait(message, self._classes, self._begin, self._tell)
        task = asyncio.get_running_loop().create_task(one.run())
        self._waits[message.wait_id] = (one, task)
        task.add_done_callback(lambda done: self._ended(message, done))

    def _drop(self, wait_id: int, *, is_unwanted: bool) -> None:
        """From here on it may be waited for anew, while the old one still cleans up."""
        if (found := self._waits.pop(wait_id, None)) is not None:
            one, task = found
            one.is_unwanted = is_unwanted
            self._leaving.add(task)
            task.cancel()

    def _ended(self, message: WaitFor, task: asyncio.Task[None]) -> None:
        self._reported.discard(message.wait_id)
        was_dropped = task in self._leaving
        self._leaving.discard(task)
        if not was_dropped:
            del self._waits[message.wait_id]
        if task.cancelled():
            if not was_dropped and not self._is_over.is_set():
                self._tell(Broke(message.wait_id, f"{name_of(message)} cancelled itself"))
        elif (error := task.exception()) is not None:  # no Exception, e.g. SystemExit
            self._tell(Broke(message.wait_id, f"{type(error).__name__}: {error}"))

    # ------------------------------------------------------------------------------------ what is told

    def _tell(self, message: FromTriggers) -> None:
        was_empty = not self._unsent
        self._unsent += frames.encode(message)
        if was_empty:
            self._send()

    def _send(self) -> None:
        loop: Any = asyncio.get_running_loop()
        try:
            sent = self._socket.send(self._unsent)
            del self._unsent[:sent]
        except (BlockingIOError, InterruptedError):
            pass
        except OSError:
            self._unsent.clear()
            self._is_over.set()
        if self._unsent:
            loop.add_writer(self._socket, self._send)
        else:
            loop.remove_writer(self._socket)
