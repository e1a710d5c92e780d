"""When a failed try is followed by another, and after how long.
https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/tasks.html"""

from __future__ import annotations

import hashlib
import math
from datetime import datetime, timedelta

from tradewind.engine.run import Instance
from tradewind.model.ids import MapPath, RunKey, TaskId, path_to_text
from tradewind.model.spec import RetrySpec

MAX_DELAY_SECONDS = 24 * 60 * 60.0
"""Airflow's bound on a growing delay."""


def may_retry(instance: Instance) -> bool:
    """After try number n: are there tries left? Lost tries are not among those counted, nor those before a clear."""
    return instance.try_number - instance.tries_before_clear <= instance.plan.spec.retry.retries


def due_at(instance: Instance, run: RunKey, now: datetime, wanted_seconds: float | None = None) -> datetime:
    """`wanted_seconds`: what the failure itself asked for (a retry policy)."""
    if wanted_seconds is not None:
        return now + timedelta(seconds=max(wanted_seconds, 0.0))
    number = instance.try_number - instance.tries_before_clear
    seconds = delay_seconds(instance.plan.spec.retry, number, run, instance.plan.task_id, instance.path)
    return now + timedelta(seconds=seconds)


def delay_seconds(retry: RetrySpec, number: int, run: RunKey, task_id: TaskId, path: MapPath) -> float:
    """Seconds to wait after try `number` (from 1). A growing delay is spread over once to twice its size, so that tasks
    that failed together do not all come back together; by a hash, so that the same try always waits equally long."""
    if retry.backoff <= 0 or retry.delay_seconds <= 0:
        return max(retry.delay_seconds, 0.0)
    limit = min(MAX_DELAY_SECONDS, retry.max_delay_seconds or MAX_DELAY_SECONDS)
    growth = math.log(retry.backoff) * (number - 1) + math.log(retry.delay_seconds)
    if growth >= math.log(limit):  # also keeps the power from overflowing
        return limit
    base = math.exp(growth)
    return min(base * (1.0 + _fraction(run, task_id, path, number)), limit)


def _fraction(run: RunKey, task_id: TaskId, path: MapPath, number: int) -> float:
    """From 0 up to 1."""
    name = "\n".join((run.dag_id, run.run_id, task_id, path_to_text(path), str(number)))
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=6).digest(), "big") / 2**48
