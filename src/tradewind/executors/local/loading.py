"""What to say of a DAG file whose import ended, or had to be ended, in an unusual way."""

from __future__ import annotations

import contextlib
import signal
import subprocess

from tradewind.executors.local.evidence import mebibytes, signal_name
from tradewind.executors.local.template import AdoptedProcess
from tradewind.model.warm import FileLoaded, ImportProblem

SHOWN_LINES = 30


def refused(file: str, why: str) -> FileLoaded:
    """There was no process to import it."""
    return FileLoaded((), (ImportProblem(file, f"no process could be started to import the file: {why}"),))


def died(file: str, code: int | None, output: str, why_not_started: str = "") -> FileLoaded:
    """The process ended in the middle of the import, or was never there."""
    if why_not_started:
        return refused(file, why_not_started)
    problem = ImportProblem(
        file=file,
        message=f"importing the file ended the process: {describe_end(code)}",
        hint="something at the top level of the file, or of a module it imports, ends the interpreter",
        traceback=_tail(output),
    )
    return FileLoaded((), (problem,), output=output)


def too_slow(file: str, timeout_seconds: float, output: str) -> FileLoaded:
    problem = ImportProblem(
        file=file,
        message=f"the import took longer than {timeout_seconds:g} seconds, did not react, and was ended",
        hint="move slow work from the top level of the file into tasks, or raise dag_import_timeout_seconds",
        traceback=_tail(output),
    )
    return FileLoaded((), (problem,), seconds=timeout_seconds, output=output)


def too_large(file: str, used_bytes: int, limit_bytes: int) -> FileLoaded:
    problem = ImportProblem(
        file=file,
        message=f"the import used {mebibytes(used_bytes)} of memory, over the limit of {mebibytes(limit_bytes)}",
        hint="load data in tasks instead of the top level of the file, or raise dag_import_memory_bytes",
    )
    return FileLoaded((), (problem,))


def end_of(process: subprocess.Popen[bytes] | AdoptedProcess) -> int | None:
    """The exit code (negative: a signal) of a process whose socket has closed; it is killed if it stays."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        return process.wait(1.0)
    process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5.0)
    return -signal.SIGKILL


def describe_end(code: int | None) -> str:
    if code is None:
        return "for an unknown reason"
    if code == -signal.SIGKILL:
        return f"{signal_name(-code)}, often a sign that memory ran out"
    return signal_name(-code) if code < 0 else f"exit code {code}"


def _tail(output: str) -> str:
    return "\n".join(output.splitlines()[-SHOWN_LINES:])
