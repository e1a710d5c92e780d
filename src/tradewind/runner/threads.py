"""Threads: which of them make a fork unsafe, and how many a task's numeric libraries may use."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

THREAD_VARIABLE = "OMP_NUM_THREADS"
ENDING_SECONDS = 0.3

FORK_SAFE_THREADS = frozenset({"jemalloc_bg_thd", "polars-ooc-clea"})
"""Threads that leave no lock held in the child. jemalloc's (in pyarrow, so wherever pandas is imported) prepares for
forks itself, see its `jemalloc_prefork` and `jemalloc_postfork_child`. Polars starts its "ooc cleaner" when it is
imported (MLflow imports it, too): it sleeps until this process has spilled data to disk, and nothing waits for it. Once
Polars computes something it has a pool of threads besides, named otherwise: then a fork is not safe."""

_controller: list[Any] = []


def why_fork_is_unsafe() -> str:
    """A sentence naming the threads that live in this process, or "" where it may be forked.

    Scenario: a thread holds a lock (of malloc, of logging) while we fork; the child has the lock, held for ever, and no
    thread that would let it go."""
    others = [thread.name for thread in _threads_that_stay()]
    if others:
        return f"importing the file left {_count(len(others), 'thread')} running: {', '.join(sorted(others)[:5])}"
    if _native_threads():
        _try_a_fork()
        if left := _native_threads():
            return (
                f"importing the file left {_count(len(left), 'native thread')} running: {', '.join(sorted(left)[:5])}"
            )
    return ""


def _threads_that_stay() -> list[threading.Thread]:
    """Those that are not just ending: matplotlib's first import cancels a timer, whose thread takes a moment to go."""
    deadline = time.monotonic() + ENDING_SECONDS
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(max(0.0, deadline - time.monotonic()))
    return [thread for thread in threading.enumerate() if thread is not threading.main_thread()]


def prepare_thread_limits() -> None:
    """In the warm parent: find the thread pools of libraries that are loaded, so that a child sets their size at once.
    Environment variables alone come too late for a library that is already loaded."""
    if "numpy" not in sys.modules:
        return
    try:
        threadpoolctl: Any = importlib.import_module("threadpoolctl")
    except ImportError:
        return
    _controller.append(threadpoolctl.ThreadpoolController())


def limit_threads(environment: Mapping[str, str]) -> None:
    """Hold the pools to what the try's environment says."""
    text = environment.get(THREAD_VARIABLE)
    if text is None:
        return
    if _controller:
        _controller[0].limit(limits=int(text))
    torch: Any = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(int(text))  # it has read the environment when it was imported


def _native_threads() -> list[str]:
    """Names of this process's threads but the main one and those that are safe; none where the system does not tell."""
    names: list[str] = []
    with contextlib.suppress(OSError):
        for thread in os.listdir("/proc/self/task"):
            if int(thread) != os.getpid():
                with contextlib.suppress(OSError), open(f"/proc/self/task/{thread}/comm", encoding="utf-8") as file:
                    names.append(file.read().strip())
    return [name for name in names if name not in FORK_SAFE_THREADS]


def _try_a_fork() -> None:
    """Libraries that are ready for forks (OpenBLAS) end their threads right before one, and start them again when they
    need them; threads that are still here after it belong to others."""
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
