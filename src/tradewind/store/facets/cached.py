"""Successes that may be used again: the cache of tasks."""

from __future__ import annotations

from typing import Protocol

from tradewind.model.cached import CachedSuccess
from tradewind.model.ids import MapPath, TaskId


class Cached(Protocol):
    """They are written by `CachedKept` changes. A row outlives its run: whoever asks looks whether that is there."""

    def cached(self, key: str) -> CachedSuccess | None: ...

    def last_cached(self, dag_id: str, task_id: TaskId, path: MapPath) -> CachedSuccess | None:
        """The newest that this task instance has kept, of any run."""
        ...

    def forget_cached(self, dag_id: str, task_id: TaskId | None = None) -> int:
        """Of a DAG, or of one task with all its instances; how many."""
        ...
