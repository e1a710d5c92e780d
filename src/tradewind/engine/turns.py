"""Whose turn it is among those that may start: who was served least recently, a head start given for weight
(`limits.head_start_seconds`). For equal weights that is round robin between DAGs, then between a DAG's runs; for others
it is priority with patience."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import TypeAlias

from tradewind.engine.limits import Ready, head_start_seconds
from tradewind.model.ids import DagId, MapPath, RunKey

Order: TypeAlias = tuple[float, int, int, int, datetime, RunKey, int, MapPath]
START = datetime(1970, 1, 1, tzinfo=UTC)


class Turns:
    """Who was served when."""

    def __init__(self) -> None:
        self._count = itertools.count(1)
        self._of_dag: dict[DagId, tuple[float, int]] = {}
        self._of_run: dict[RunKey, int] = {}

    def arrives(self, ready: Ready) -> None:
        """A DAG that comes new has waited since now, not for ever."""
        self._of_dag.setdefault(ready.key.dag_id, ((ready.since - START).total_seconds(), 0))

    def serve(self, run: RunKey, now: datetime) -> None:
        turn = next(self._count)
        before, _ = self._of_dag[run.dag_id]
        self._of_dag[run.dag_id] = (max(before, (now - START).total_seconds()), turn)  # clocks are set back
        self._of_run[run] = turn

    def order_of(self, ready: Ready) -> Order:
        """Smallest first. It only grows, as long as the instance waits."""
        key = ready.key
        served_at, turn = self._of_dag[key.dag_id]
        virtual = served_at - head_start_seconds(ready.weight)
        in_dag = self._of_run.get(key.run, 0)
        return (virtual, -ready.weight, turn, in_dag, ready.date, key.run, ready.place, key.map_path)

    def forget_run(self, run: RunKey) -> None:
        self._of_run.pop(run, None)

    def forget_dag(self, dag_id: DagId) -> None:
        self._of_dag.pop(dag_id, None)
