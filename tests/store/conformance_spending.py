"""What DAGs took, day by day."""

from __future__ import annotations

from datetime import timedelta

from tests.store.making import NOW, RUN, a_try, commit, created
from tradewind.model.changes import TryChanged
from tradewind.model.ids import RunKey
from tradewind.model.states import TryState
from tradewind.store.facets.spending import DaySpent

DAY, OTHER = timedelta(days=1), RunKey("b_dag", "run 1")


def ran(store, try_id, end, *, start=NOW, seconds=10, run=RUN):
    commit(store, a_try(try_id, run=run), now=start)
    commit(store, TryChanged(try_id, TryState.QUEUED, TryState.RUNNING), now=start)
    commit(store, TryChanged(try_id, TryState.RUNNING, end), now=start + timedelta(seconds=seconds))


class SpendingConformance:
    def test_seconds_of_tries_by_the_day_they_started(self, store):
        commit(store, created(), created(OTHER))
        ran(store, "one", TryState.FAILED)
        ran(store, "two", TryState.SUCCESS, seconds=5)
        ran(store, "three", TryState.SUCCESS, start=NOW + DAY, run=OTHER)
        commit(store, a_try("waits"))

        first, second = (
            DaySpent("a_dag", NOW.date(), 2, 15.0, 10.0),
            DaySpent("b_dag", (NOW + DAY).date(), 1, 10.0, 0.0),
        )
        assert store.days(NOW - DAY) == [first, second]
        assert store.days(NOW - DAY, dag_id="b_dag") == [second]
        assert store.days(NOW + DAY) == []
