"""The way through a DAG that took longest: what has to become faster for the run to end sooner. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def critical_path(upstream: Mapping[str, Sequence[str]], seconds: Mapping[str, float]) -> list[str]:
    """Task ids from the first to the last of the longest path. A task without seconds counts nothing; where nothing has
    any, there is no such path."""
    if not any(seconds.get(task_id, 0.0) > 0 for task_id in upstream):
        return []
    ends: dict[str, float] = {}
    before: dict[str, str | None] = {}
    for task_id in _in_order(upstream):
        latest = max((one for one in upstream[task_id] if one in ends), key=lambda one: ends[one], default=None)
        before[task_id] = latest
        ends[task_id] = (ends[latest] if latest is not None else 0.0) + max(seconds.get(task_id, 0.0), 0.0)
    return _back_from(max(ends, key=lambda one: ends[one]), before)


def ended_last(upstream: Mapping[str, Sequence[str]], ends: Mapping[str, float]) -> list[str]:
    """The same for a run that there is: back from the task that ended last, each time to the upstream task that ended
    last, since that is the one the other waited for. A task without an end (an EmptyOperator, which nothing runs) is
    done when the last of what it waits for is."""
    known: dict[str, float] = {}
    before: dict[str, str | None] = {}
    for task_id in _in_order(upstream):
        latest = max((one for one in upstream[task_id] if one in known), key=lambda one: known[one], default=None)
        before[task_id] = latest
        if task_id in ends:
            known[task_id] = ends[task_id]
        elif latest is not None:
            known[task_id] = known[latest]
    own = known.keys() & ends.keys()
    return _back_from(max(own, key=lambda one: known[one]), before) if own else []


def _back_from(last: str, before: Mapping[str, str | None]) -> list[str]:
    path: list[str] = []
    at: str | None = last
    while at is not None:
        path.append(at)
        at = before[at]
    return path[::-1]


def _in_order(upstream: Mapping[str, Sequence[str]]) -> list[str]:
    """Upstream first; without recursion, since a chain may be longer than Python's stack."""
    waits = {task_id: sum(1 for one in names if one in upstream) for task_id, names in upstream.items()}
    below: dict[str, list[str]] = {}
    for task_id, names in upstream.items():
        for one in names:
            below.setdefault(one, []).append(task_id)
    order = [task_id for task_id, count in waits.items() if not count]
    for task_id in order:
        for after in below.get(task_id, ()):
            waits[after] -= 1
            if not waits[after]:
                order.append(after)
    return order
