"""Runs a command in a process group of its own and passes its output on, line by line."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tradewind.authoring.hook import BaseHook

MAX_LINE_BYTES = 1024 * 1024
"""A line longer than this is passed on in pieces, so that endless output without a newline cannot fill the memory."""


class SubprocessResult(NamedTuple):
    """How a command ended: its exit code and the last line it wrote."""

    exit_code: int
    output: str


class SubprocessHook(BaseHook):
    """One command at a time; `send_sigterm` ends it with everything it has started."""

    hook_name = "Subprocess"

    def __init__(self) -> None:
        super().__init__()
        self.sub_process: subprocess.Popen[bytes] | None = None

    def run_command(
        self,
        command: Sequence[str],
        env: Mapping[str, str] | None = None,
        output_encoding: str = "utf-8",
        cwd: str | None = None,
        *,
        on_line: Callable[[str], None] | None = None,
    ) -> SubprocessResult:
        """Run until its end. Each line of its output (stderr too) goes to `on_line`, or to the log.

        `env` is its whole environment (None: ours); without `cwd` it runs in a new, temporary folder."""
        report = on_line or self._log_line
        if cwd is not None:
            return self._run(command, env, output_encoding, cwd, report)
        with TemporaryDirectory(prefix="tradewind-") as folder:
            return self._run(command, env, output_encoding, folder, report)

    def send_sigterm(self) -> None:
        """Ask the command's whole process group to end. Nothing happens where it has ended."""
        if self.sub_process is not None and self.sub_process.poll() is None:
            self.log.info("Sending SIGTERM to the process group of %s", self.sub_process.pid)
            _signal_group(self.sub_process.pid, signal.SIGTERM)

    def _log_line(self, line: str) -> None:
        self.log.info("%s", line)

    def _run(
        self,
        command: Sequence[str],
        env: Mapping[str, str] | None,
        encoding: str,
        cwd: str,
        report: Callable[[str], None],
    ) -> SubprocessResult:
        self.log.info("Running command: %s", list(command))
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=None if env is None else dict(env),
            start_new_session=True,
            restore_signals=True,
        )
        self.sub_process = process
        last = ""
        with process:
            try:
                assert process.stdout is not None
                while raw := process.stdout.readline(MAX_LINE_BYTES):
                    last = raw.decode(encoding, errors="replace").rstrip()
                    report(last)
                code = process.wait()
            except BaseException:
                # A time limit or a cancel ends us here: without this the command would live on as an orphan, and
                # leaving the `with` would wait for it.
                _signal_group(process.pid, signal.SIGKILL)
                raise
        self.log.info("Command exited with return code %s", code)
        return SubprocessResult(code, last)


def _signal_group(pid: int, number: int) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return
