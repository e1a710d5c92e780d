"""A process that runs triggers, as the store side holds it: started, fed, listened to, and ended."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time

from tradewind.model import frames
from tradewind.model.messages import Reply, Request
from tradewind.model.triggers import Drop, FromTriggers, RunTriggers, StoreChanged, ToTriggers, WaitFor

ENTRY = "from tradewind.triggerer.process import main; main()"
READ_BYTES = 1 << 18
END_SECONDS = 7.0
"""A little more than triggers have to clean up."""


class Child:
    """`waits` are those that it was given and has not answered."""

    def __init__(self, begin: RunTriggers) -> None:
        self.begin = begin
        self.waits: dict[int, WaitFor] = {}
        self.idle_since = time.monotonic()
        self.is_gone = False
        self.messages, theirs = socket.socketpair()
        self.questions, their_questions = socket.socketpair()
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-c", ENTRY, str(theirs.fileno()), str(their_questions.fileno())],
                pass_fds=(theirs.fileno(), their_questions.fileno()),
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        finally:
            theirs.close()
            their_questions.close()
        self.messages.setblocking(False)
        self._unsent = bytearray()
        self._reader: frames.FrameReader[FromTriggers] = frames.FrameReader(FromTriggers)
        self._asked: frames.FrameReader[Request] = frames.FrameReader(Request)
        self._send(begin)

    # ------------------------------------------------------------------------------------ to it

    def wait_for(self, wait: WaitFor) -> None:
        self.waits[wait.wait_id] = wait
        self._send(wait)

    def drop(self, wait_ids: set[int], *, is_unwanted: bool = True) -> None:
        ours = tuple(wait_id for wait_id in wait_ids if self.waits.pop(wait_id, None) is not None)
        if ours:
            self._send(Drop(ours, is_unwanted))
            self.note_idle()

    def note_idle(self) -> None:
        if not self.waits:
            self.idle_since = time.monotonic()

    def say_store_changed(self) -> None:
        self._send(StoreChanged())

    @property
    def has_unsent(self) -> bool:
        return bool(self._unsent)

    def flush(self) -> None:
        """Send as much as the socket takes."""
        with contextlib.suppress(BlockingIOError, InterruptedError):
            try:
                while self._unsent:
                    del self._unsent[: self.messages.send(self._unsent)]
            except (BrokenPipeError, ConnectionResetError):
                self._unsent.clear()
                self.is_gone = True

    def _send(self, message: ToTriggers) -> None:
        self._unsent += frames.encode(message)
        self.flush()

    # ------------------------------------------------------------------------------------ from it

    def heard(self) -> list[FromTriggers]:
        """What it has told; sets `is_gone` where it has ended, or talks nonsense."""
        data = self._read(self.messages)
        try:
            return self._reader.feed(data) if data else []
        except Exception:
            self.is_gone = True
            return []

    def questions_asked(self) -> list[Request]:
        data = self._read(self.questions)
        try:
            return self._asked.feed(data) if data else []
        except Exception:
            self.is_gone = True
            return []

    def answer(self, reply: Reply) -> None:
        try:
            self.questions.sendall(frames.encode(reply))
        except OSError:
            self.is_gone = True

    def _read(self, sock: socket.socket) -> bytes | None:
        """None where there is nothing; sets `is_gone` at the end."""
        try:
            data = sock.recv(READ_BYTES)
        except (BlockingIOError, InterruptedError):
            return None
        except OSError:
            data = b""
        self.is_gone = self.is_gone or not data
        return data

    # ------------------------------------------------------------------------------------ its end

    def close(self) -> None:
        """Let it end: triggers clean up."""
        self.messages.close()
        self.questions.close()

    def reap(self, seconds: float) -> None:
        """Wait for its end after `close`, then by force, with whatever it has started."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        self.kill()

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
