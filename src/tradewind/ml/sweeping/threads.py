"""How many threads a trial's libraries use: its share of the CPUs, by how many trials run at once.

The executor knows how many instances a task has, but not that a sweep runs few of them side by side, and has given each
too little. What the author has declared (`resources=dict(cpus=…)`), or whoever started Tradewind, holds.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

from tradewind.authoring.aid import AidedTry

VARIABLE = "OMP_NUM_THREADS"


def share_cpus(attempt: AidedTry, parallel: int) -> None:
    """In the trial's process, before its task runs."""
    given = attempt.message.environment
    needed = attempt.operator.resources
    if VARIABLE not in given or (needed is not None and needed.cpus):
        return
    cpus = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    threads = max(1, cpus // parallel)
    os.environ.update({name: str(threads) for name in given if not name.startswith("CUDA_")})
    _limit_what_is_loaded(threads)


def _limit_what_is_loaded(threads: int) -> None:
    """Libraries that have read the environment before the fork."""
    torch: Any = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(threads)
    try:
        threadpoolctl: Any = importlib.import_module("threadpoolctl")
    except ImportError:
        return
    threadpoolctl.threadpool_limits(limits=threads)
