"""How long a run, or one task of it, will still take at least: the longest way through what is left, by how long the
tasks took in earlier runs. Waiting for slots and retries are not foreseen, so a predicted miss is meant seriously."""

from __future__ import annotations

import statistics
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct


class Work(Struct, frozen=True):
    """A task of the run. A mapped task is done when all its instances are."""

    task_id: str
    upstream: tuple[str, ...] = ()
    is_done: bool = False
    running_seconds: float | None = None
    """How long its first try has been going on; None: it has not begun."""


def usual_seconds(durations: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """The median of each task's durations: one run that hung must not spoil it."""
    return {task_id: statistics.median(seconds) for task_id, seconds in durations.items() if seconds}


def remaining_seconds(works: Iterable[Work], usual: Mapping[str, float], *, until: str = "") -> float | None:
    """Seconds until the run, or task `until`, can have ended. A task nobody has timed yet counts nothing. None where
    nothing that is left has been timed."""
    by_id = {work.task_id: work for work in works}
    wanted = _with_all_before(by_id, until) if until else by_id.keys()
    left = {task_id for task_id in wanted if not by_id[task_id].is_done}
    if left and not any(task_id in usual for task_id in left):
        return None
    ends: dict[str, float] = {}
    for task_id in _in_order(by_id, left):
        work = by_id[task_id]
        begins = max((ends[before] for before in work.upstream if before in left), default=0.0)
        ends[task_id] = begins + max(usual.get(task_id, 0.0) - (work.running_seconds or 0.0), 0.0)
    return max(ends.values(), default=0.0)


def _with_all_before(by_id: Mapping[str, Work], task_id: str) -> set[str]:
    found, waiting = set[str](), [task_id]
    while waiting:
        if (name := waiting.pop()) not in found and name in by_id:
            found.add(name)
            waiting += by_id[name].upstream
    return found


def _in_order(by_id: Mapping[str, Work], chosen: Collection[str]) -> list[str]:
    """Upstream first. Written without recursion: a chain may be longer than Python's stack."""
    waits = {task_id: sum(1 for before in by_id[task_id].upstream if before in chosen) for task_id in chosen}
    below: dict[str, list[str]] = {}
    for task_id in chosen:
        for before in by_id[task_id].upstream:
            below.setdefault(before, []).append(task_id)
    order = [task_id for task_id, count in waits.items() if not count]
    for task_id in order:
        for after in below.get(task_id, ()):
            waits[after] -= 1
            if not waits[after]:
                order.append(after)
    return order
