"""What each try took of the machine, from its start to its end, for the journal: one entry of tries that took a while
or hold resources. Short ones cost two lookups in a dict."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from tradewind.executors.base import TryOrder
from tradewind.executors.local.packing import Grant
from tradewind.model.entries import TryUsage
from tradewind.model.messages import WriteEntry
from tradewind.model.outcomes import TryReport, Used

LONG_SECONDS = 1.0
IDLE_SECONDS = 30.0
"""A device has to be held for so long before it counts as idle: loading data comes first."""
IDLE_PERCENT = 5.0
WARNING_SECONDS = 300.0

_log = logging.getLogger(__name__)


class _Account(Struct):
    begun: float
    cpu_seconds: float = 0.0
    rss_bytes_max: int = 0
    gpu_percents: float = 0.0
    gpu_looks: int = 0
    gpu_memory_bytes_max: int | None = None
    is_warned: bool = False


class Accounts:
    """Of the tries that run."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open: dict[str, _Account] = {}

    def begin(self, try_id: str) -> None:
        """A process has it now."""
        self._open[try_id] = _Account(self._clock())

    def look(self, order: TryOrder, cpu_seconds: float, rss_bytes: int) -> None:
        """What its processes have taken so far."""
        account = self._open.get(order.message.try_id)
        if account is not None:
            account.cpu_seconds = max(account.cpu_seconds, cpu_seconds)
            account.rss_bytes_max = max(account.rss_bytes_max, rss_bytes)

    def look_at_gpus(self, order: TryOrder, percent: float | None, memory_bytes: int) -> None:
        """How its devices do: the mean of them, and the memory that it has on all."""
        account = self._open.get(order.message.try_id)
        if account is None:
            return
        account.gpu_memory_bytes_max = max(account.gpu_memory_bytes_max or 0, memory_bytes)
        if percent is None:
            return
        account.gpu_percents += percent
        account.gpu_looks += 1
        if not account.is_warned and self._is_idle(account, WARNING_SECONDS):
            account.is_warned = True
            task = order.message.task
            _log.warning(
                "%s %s of run %s holds %g GPUs and has hardly used them for %d s",
                task.dag_id,
                task.task_id,
                task.run_id,
                order.resources.gpus,
                self._clock() - account.begun,
            )

    def end(self, order: TryOrder, grant: Grant | None, report: TryReport | None, rss_bytes: int = 0) -> Any:
        """Its entry, or None where it is not worth one. `report` is None where it was lost."""
        account = self._open.pop(order.message.try_id, None)
        if account is None:
            return None
        seconds = self._clock() - account.begun
        need = order.resources
        if seconds < LONG_SECONDS and not (need.cpus or need.memory_bytes or need.gpus):
            return None
        counted = (report.used if report is not None else None) or Used(account.cpu_seconds)
        own_rss = (report.max_rss_bytes or 0) if report is not None else rss_bytes
        gpus = () if grant is None else grant.gpus
        entry = TryUsage(
            seconds=round(seconds, 3),
            cpu_seconds=max(counted.cpu_seconds, account.cpu_seconds),
            rss_bytes_max=max(own_rss, account.rss_bytes_max),
            read_bytes=counted.read_bytes,
            written_bytes=counted.written_bytes,
            gpus=tuple(gpu for gpu, _ in gpus),
            gpu_share=round(sum((share for _, share in gpus), 0.0), 6),
            gpu_percent_mean=_mean(account),
            gpu_memory_bytes_max=account.gpu_memory_bytes_max,
            idle_gpu=bool(gpus) and self._is_idle(account, IDLE_SECONDS),
        )
        message = order.message
        return WriteEntry(message.try_id, TryUsage.__name__, message.task.task_id, msgspec.to_builtins(entry))

    def _is_idle(self, account: _Account, after_seconds: float) -> bool:
        mean = _mean(account)
        return mean is not None and mean < IDLE_PERCENT and self._clock() - account.begun >= after_seconds


def _mean(account: _Account) -> float | None:
    return round(account.gpu_percents / account.gpu_looks, 2) if account.gpu_looks else None
