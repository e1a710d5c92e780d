"""Ids of traces and spans, as they follow from the ids of runs and tries, and how a task is told of its own.

https://www.w3.org/TR/trace-context/#traceparent-header"""

from __future__ import annotations

import hashlib

from tradewind.model.ids import RunKey, TryId

VARIABLE = "TRACEPARENT"
"""Environment variable that tasks, and programs that they start, find their span in."""


def trace_id(run: RunKey) -> int:
    return _hashed(f"trace\0{run.dag_id}\0{run.run_id}", 16)


def run_span_id(run: RunKey) -> int:
    return _hashed(f"run\0{run.dag_id}\0{run.run_id}", 8)


def try_span_id(try_id: TryId) -> int:
    return _hashed(f"try\0{try_id}", 8)


def traceparent(run: RunKey, try_id: TryId) -> str:
    """The try's own span, as the parent of what the task's code starts."""
    return f"00-{trace_id(run):032x}-{try_span_id(try_id):016x}-01"


def _hashed(text: str, size: int) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=size).digest(), "big") or 1
