"""The process above the parts of `tradewind standalone`: forks each from one warm import, so that they share its
memory, watches over them, and starts again what dies.

A part is told to stop by the closing of a pipe, which also happens when the supervisor is killed: nothing is left over.
"""

from __future__ import annotations

import gc
import logging
import os
import select
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from msgspec import Struct

from tradewind.cli.narrator import say
from tradewind.model.errors import ConfigurationError, TradewindError
from tradewind.store.errors import SchedulerRunningError

_log = logging.getLogger(__name__)
AGAIN_AFTER_SECONDS = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0)
"""A part that died is started again after these; the last goes on for ever."""
FATAL = (SchedulerRunningError, ConfigurationError)
"""A start that would fail again in the same way."""
HOPELESS = 78
"""Exit code of such a part (EX_CONFIG): all others are stopped, too."""
WELL_AFTER_SECONDS = 30.0
"""A part that lived so long is taken to be well: its next death is its first."""


class Part(Struct, frozen=True):
    name: str
    serve: Callable[[int], None]
    """Called in a process of its own, with a descriptor that becomes readable when it is to stop."""


@dataclass(slots=True)
class _Running:
    part: Part
    pid: int = 0
    """0: not running."""
    stop: int = -1
    """Our end of its pipe."""
    started_at: float = 0.0
    deaths: int = 0
    again_at: float = 0.0


class Supervisor:
    def __init__(self, parts: Sequence[Part], *, stop_timeout_seconds: float) -> None:
        self._all = [_Running(part) for part in parts]
        self._stop_timeout_seconds = stop_timeout_seconds
        self._told_to_stop = 0
        self.is_hopeless = False
        """A part can never run; it has said why."""
        self._wake_read, self._wake_write = os.pipe()
        for descriptor in (self._wake_read, self._wake_write):
            os.set_blocking(descriptor, False)
            os.set_inheritable(descriptor, False)

    def run(self) -> None:
        """Until SIGINT or SIGTERM, and the parts' ends; or until a part cannot be started at all (`is_hopeless`)."""
        signal.set_wakeup_fd(self._wake_write, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_stop)
        signal.signal(signal.SIGCHLD, _on_child)
        gc.freeze()  # what is there by now stays shared with the parts: the collector does not touch its pages
        for running in self._all:
            self._start(running)
        while not self._told_to_stop and not self.is_hopeless:
            self._wait(self._seconds_until_start())
            self._reap()
            if not self._told_to_stop and not self.is_hopeless:
                self._start_again()
        self._stop()

    # ------------------------------------------------------------------------------- starting

    def _start(self, running: _Running) -> None:
        read, write = os.pipe()
        os.set_inheritable(write, False)
        pid = os.fork()
        if pid == 0:
            self._become(running, read, write)
        os.close(read)
        running.pid, running.stop, running.started_at = pid, write, time.monotonic()

    def _become(self, running: _Running, read: int, write: int) -> None:
        """In the child: this never returns."""
        code = 1
        try:
            os.setsid()  # Ctrl-C at the terminal is for the supervisor, which says what it means
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
                signal.signal(number, signal.SIG_DFL)
            os.close(write)
            for other in self._all:  # else a sibling would keep its pipe open
                if other.stop >= 0:
                    os.close(other.stop)
            running.part.serve(read)
            code = 0
        except FATAL as error:
            say(running.part.name, f"cannot be: {error}", "failed")
            code = HOPELESS
        except TradewindError as error:
            say(running.part.name, f"ended: {error}", "failed")
        except Exception:
            _log.exception("the %s broke off", running.part.name)
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 1
        finally:
            os._exit(code)

    def _start_again(self) -> None:
        now = time.monotonic()
        for running in self._all:
            if not running.pid and running.again_at <= now:
                self._start(running)

    def _seconds_until_start(self) -> float | None:
        waits = [running.again_at for running in self._all if not running.pid]
        return max(0.0, min(waits) - time.monotonic()) if waits else None

    # ------------------------------------------------------------------------------- ends

    def _reap(self) -> None:
        for running in self._all:
            if not running.pid:
                continue
            pid, status = os.waitpid(running.pid, os.WNOHANG)
            if pid:
                self._ended(running, status)

    def _ended(self, running: _Running, status: int) -> None:
        lived = time.monotonic() - running.started_at
        os.close(running.stop)
        running.pid, running.stop = 0, -1
        self.is_hopeless = self.is_hopeless or (os.WIFEXITED(status) and os.WEXITSTATUS(status) == HOPELESS)
        if self._told_to_stop or self.is_hopeless:
            return
        running.deaths = 1 if lived > WELL_AFTER_SECONDS else running.deaths + 1
        pause = AGAIN_AFTER_SECONDS[min(running.deaths, len(AGAIN_AFTER_SECONDS)) - 1]
        running.again_at = time.monotonic() + pause
        say(running.part.name, f"{_how(status)}; it starts again in {pause:g} s", "failed")

    def _stop(self) -> None:
        deadline = time.monotonic() + self._stop_timeout_seconds
        for running in self._all:
            self._tell(running)
        while any(running.pid for running in self._all):
            left = deadline - time.monotonic()
            if left <= 0 or self._told_to_stop > 1:
                break
            self._wait(left)
            self._reap()
        for running in self._all:
            if running.pid:
                os.kill(running.pid, signal.SIGTERM)  # it was told to stop already: now at once
        self._kill_what_stays()

    def _tell(self, running: _Running) -> None:
        if running.pid:
            os.write(running.stop, b"\0")

    def _kill_what_stays(self) -> None:
        deadline = time.monotonic() + 5.0
        while any(running.pid for running in self._all) and time.monotonic() < deadline:
            self._wait(max(0.0, deadline - time.monotonic()))
            self._reap()
        for running in self._all:
            if running.pid:
                os.kill(running.pid, signal.SIGKILL)
                os.waitpid(running.pid, 0)

    def _on_stop(self, number: int, _frame: object) -> None:
        self._told_to_stop += 1
        if self._told_to_stop == 1:
            say("standalone", "stopping: running tasks may finish (Ctrl-C again to end them at once)", "note")

    def _wait(self, timeout_seconds: float | None) -> None:
        select.select([self._wake_read], [], [], timeout_seconds)
        try:
            while os.read(self._wake_read, 512):
                pass
        except BlockingIOError:
            pass


def _on_child(_number: int, _frame: object) -> None:
    """That there is a handler is what wakes us."""


def _how(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"killed by {signal.Signals(os.WTERMSIG(status)).name}"
    return f"ended with exit code {os.WEXITSTATUS(status)}"
