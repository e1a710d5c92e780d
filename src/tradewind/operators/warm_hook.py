"""Runs a script in an interpreter that waits with its imports done; starts one where none waits yet."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from tradewind.hooks.subprocess import MAX_LINE_BYTES, SubprocessHook, SubprocessResult
from tradewind.operators.virtual_environments import locked
from tradewind.operators.warm_interpreter import READY

SERVER = Path(__file__).with_name("warm_interpreter.py")
IDLE_SECONDS = 300


class WarmHook(SubprocessHook):
    """`key` names the environment; `modules` are imported ahead. Scripts whose imports start threads, and those for
    which no warm interpreter can be had, run in one of their own."""

    def __init__(self, key: str, modules: Sequence[str]) -> None:
        super().__init__()
        self._modules = list(modules)
        name = hashlib.blake2b(f"{key} {modules} {os.getppid()}".encode(), digest_size=8).hexdigest()
        self._door = Path(tempfile.gettempdir(), f"tradewind-{os.getuid()}", f"{name}.sock")
        self._child = 0

    def run_command(
        self,
        command: Sequence[str],
        env: Mapping[str, str] | None = None,
        output_encoding: str = "utf-8",
        cwd: str | None = None,
        *,
        on_line: Callable[[str], None] | None = None,
    ) -> SubprocessResult:
        caller = self._connected(command[0])
        if caller is None:
            return super().run_command(command, env, output_encoding, cwd, on_line=on_line)
        with caller:
            order = {"command": list(command[1:]), "folder": cwd or os.getcwd(), "environment": dict(env or os.environ)}
            return self._through(caller, order, on_line or self._log_line)

    def send_sigterm(self) -> None:
        super().send_sigterm()
        self._signal(signal.SIGTERM)

    def _through(self, caller: socket.socket, order: object, report: Callable[[str], None]) -> SubprocessResult:
        output, theirs = os.pipe()
        try:
            socket.send_fds(caller, [msgspec.json.encode(order) + b"\n"], [theirs, theirs])
        finally:
            os.close(theirs)
        answers = caller.makefile("rb")
        last = ""
        with open(output, "rb") as lines:
            try:
                self._child = int(answers.readline() or 0)
                while raw := lines.readline(MAX_LINE_BYTES):
                    last = raw.decode(errors="replace").rstrip()
                    report(last)
                code = int(answers.readline() or -signal.SIGKILL)  # without an answer it went with its interpreter
            except BaseException:
                self._signal(signal.SIGKILL)
                raise
        self._child = 0
        return SubprocessResult(code, last)

    def _signal(self, number: signal.Signals) -> None:
        if self._child:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._child, number)

    def _connected(self, python: str) -> socket.socket | None:
        self._door.parent.mkdir(mode=0o700, exist_ok=True)
        if self._door.parent.stat().st_uid != os.getuid():
            return None
        with locked(self._door.with_suffix(".lock")):
            if (found := self._knock()) is not None:
                return found
            self.log.info("starting an interpreter that waits for the next task: %s", ", ".join(self._modules) or "-")
            return self._knock() if self._started(python) else None

    def _knock(self) -> socket.socket | None:
        caller = socket.socket(socket.AF_UNIX)
        try:
            caller.connect(str(self._door))
        except OSError:
            caller.close()
            return None
        return caller

    def _started(self, python: str) -> bool:
        """It outlives this try, in a session of its own, and ends with the process that forked us."""
        command = [python, str(SERVER), str(self._door), str(os.getppid()), str(IDLE_SECONDS), *self._modules]
        server = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
        )
        assert server.stdout is not None
        with server.stdout:
            return server.stdout.readline() == READY
