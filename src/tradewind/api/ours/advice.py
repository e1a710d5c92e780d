"""What to try after a failure: a table from what is known of a try to sentences, the likeliest first. Pure."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

import tradewind


class Evidence(Struct, frozen=True):
    """What is known of a try that failed."""

    state: str = "failed"
    error_type: str = ""
    error: str = ""
    why: str = ""
    signal: int | None = None
    exit_code: int | None = None
    max_rss_bytes: int | None = None
    machine_bytes: int | None = None
    """Memory of the machine it ran on, where that is this one."""
    asked_bytes: int = 0
    """`resources=Resources(memory_bytes=…)` of the task."""
    timeout_seconds: float | None = None


def advice(found: Evidence) -> list[str]:
    return [sentence for applies, sentence in _TABLE if applies(found)]


def signal_name(number: int | None) -> str:
    """`SIGKILL`; "" where there was none, its number where it has no name here."""
    if number is None:
        return ""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def location_of(traceback: str) -> str:
    """file:line where the author's own code was, in a traceback or in what a crash of native code has left (whose
    innermost frame comes first). "" where all of it is ours or a library's."""
    frames: list[tuple[str, str]] = _FRAME.findall(traceback)
    innermost_first = frames if _NATIVE in traceback else frames[::-1]
    return next((f"{file}:{line}" for file, line in innermost_first if _is_authors(file)), "")


_FRAME = re.compile(r'File "([^"\n]+)", line (\d+)')
_NATIVE = "most recent call first"
_PACKAGE = str(Path(tradewind.__file__).parent)
_INSTALLED = re.compile(r"/(site|dist)-packages/|/lib/python3\.\d+/")


def _is_authors(file: str) -> bool:
    return not file.startswith(("<", f"{_PACKAGE}/")) and _INSTALLED.search(file) is None


_MEMORY_SHARE = 0.5


def _killed(found: Evidence) -> bool:
    return found.signal == signal.SIGKILL or found.exit_code == 137


def _used_much(found: Evidence) -> bool:
    return bool(
        found.max_rss_bytes and found.machine_bytes and found.max_rss_bytes > _MEMORY_SHARE * found.machine_bytes
    )


def _says(*words: str) -> Callable[[Evidence], bool]:
    pattern = re.compile("|".join(words), re.IGNORECASE)
    return lambda found: bool(pattern.search(f"{found.error_type}: {found.error}\n{found.why}"))


def _is(*names: str) -> Callable[[Evidence], bool]:
    return lambda found: found.error_type.rpartition(".")[2] in names


def _signal(number: int) -> Callable[[Evidence], bool]:
    return lambda found: found.signal == number or found.exit_code == 128 + number


def _both(*conditions: Callable[[Evidence], bool]) -> Callable[[Evidence], bool]:
    return lambda found: all(one(found) for one in conditions)


def _not(condition: Callable[[Evidence], bool]) -> Callable[[Evidence], bool]:
    return lambda found: not condition(found)


def _timed_out(found: Evidence) -> bool:
    return _is("AirflowTaskTimeout", "TaskTimeoutError")(found) or _says(r"timed out", r"time limit")(found)


_over_memory = _is("MemoryLimitExceeded")

_TABLE: tuple[tuple[Callable[[Evidence], bool], str], ...] = (
    (
        _over_memory,
        "It was ended because it used more memory than it had declared: declare more (resources=dict(memory=…)), or "
        "read the data in pieces and use smaller types (float32, category).",
    ),
    (
        _both(_killed, _used_much, _not(_over_memory)),
        "It was killed while it used most of the machine's memory: the kernel's out-of-memory killer, very likely. "
        "Read the data in pieces, use smaller types (float32, category), or run it on a machine with more memory.",
    ),
    (
        _both(_killed, _not(_used_much), _not(_timed_out), _not(_over_memory)),
        "Something killed it (SIGKILL): most often the out-of-memory killer of the kernel or of a container; "
        "`dmesg | grep -i oom` on its host says so.",
    ),
    (
        _both(_killed, lambda found: not found.asked_bytes),
        'Say what it needs, so that not too many such tasks run at once: resources=dict(memory="4GB").',
    ),
    (
        _signal(signal.SIGSEGV),
        "A library crashed in native code (SIGSEGV): try another version of it, or fewer threads "
        "(OMP_NUM_THREADS=1); the last lines of the log have the C stack.",
    ),
    (
        _signal(signal.SIGABRT),
        "A library gave up (SIGABRT): the lines above it in the log say why; an assertion in native code, as a rule.",
    ),
    (_signal(signal.SIGBUS), "A mapped file became shorter, or the disk (/dev/shm too) is full (SIGBUS)."),
    (_signal(signal.SIGILL), "A library was built for another CPU (SIGILL): install the one for this machine."),
    (
        _both(_signal(signal.SIGTERM), _not(_timed_out)),
        "Somebody ended it (SIGTERM): a cancel, a shutdown of the machine, or a container that was stopped.",
    ),
    (
        _says(r"CUDA out of memory", r"OutOfMemoryError", r"RESOURCE_EXHAUSTED"),
        "The GPU's memory is full: a smaller batch, gradient accumulation, mixed precision; `nvidia-smi` shows who "
        "else is on it, and resources=dict(gpus=1) keeps other tasks away.",
    ),
    (
        _is("MemoryError"),
        "There was too little memory: read the data in pieces, or ask for more: resources=dict(memory=…).",
    ),
    (
        _is("ModuleNotFoundError"),
        "The module is not installed where the task ran: install it there, or use @task.virtualenv with requirements.",
    ),
    (
        _both(_is("ImportError"), _not(_is("ModuleNotFoundError"))),
        "An import failed: the installed version may be another than the code was written for; see the traceback.",
    ),
    (
        _timed_out,
        "It ran into its time limit: raise execution_timeout, or see in the stages and the log where the time went.",
    ),
    (
        _is("ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "Timeout", "ReadTimeout", "gaierror"),
        "Another system could not be reached: check the connection and its host; retries with a delay ride out short "
        "outages.",
    ),
    (_says(r"No space left on device"), "The disk is full: free some space where the task runs."),
    (_is("PermissionError"), "The user that tasks run as may not do this: check the owner and mode of the file."),
    (
        _is("FileNotFoundError"),
        "A file is missing: paths are relative to the task's working folder; use absolute ones.",
    ),
    (
        _both(_is("KeyError", "AttributeError", "TypeError"), _says(r"NoneType")),
        "A value was None: an upstream task may have returned nothing; look at its values.",
    ),
    (
        lambda found: found.exit_code not in (None, 0, 1, 137) and found.signal is None and found.exit_code < 128,
        "Its process ended with an exit code of its own: something called sys.exit or os._exit, or a command failed.",
    ),
    (
        lambda found: found.state == "lost" and found.signal is None and found.exit_code is None,
        "Nobody saw it end: its machine or the scheduler went away meanwhile. Lost tries are repeated by themselves.",
    ),
)
