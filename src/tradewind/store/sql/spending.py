"""What DAGs took: time of tries, day by day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tradewind.store.facets.spending import DaySpent
from tradewind.store.sql.coding import instant, to_micros
from tradewind.store.sql.port import Database

_DAY = 86_400_000_000
_SECONDS = "t.ended_at - t.started_at"
_WASTED = "t.state IN ('failed', 'lost', 'cancelled')"
DAYS = f"""
SELECT r.dag_id, t.started_at / {_DAY} AS day, COUNT(*), CAST(SUM({_SECONDS}) AS BIGINT),
  CAST(SUM(CASE WHEN {_WASTED} THEN {_SECONDS} ELSE 0 END) AS BIGINT)
FROM run r JOIN try t ON t.run = r.id
WHERE r.run_after >= ? AND t.started_at IS NOT NULL AND t.ended_at IS NOT NULL AND t.purpose = 'execute' {{of_dag}}
GROUP BY r.dag_id, t.started_at / {_DAY} ORDER BY day, r.dag_id"""


class SqlSpending(Database):
    """See `store.facets.spending.Spending`."""

    def days(self, since: datetime, *, dag_id: str | None = None) -> list[DaySpent]:
        statement = DAYS.format(of_dag="" if dag_id is None else "AND r.dag_id = ?")
        values: tuple[Any, ...] = (to_micros(since),) if dag_id is None else (to_micros(since), dag_id)
        with self._reading() as connection:
            rows = connection.execute(statement, values).fetchall()
        return [
            DaySpent(dag, instant(day * _DAY).date(), tries, micros / 1e6, wasted / 1e6)
            for dag, day, tries, micros, wasted in rows
        ]
