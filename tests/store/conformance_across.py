"""What reaches across DAGs: runs asked for by others, deadlines that come with a run, events chosen and forgotten."""

from __future__ import annotations

from datetime import timedelta

from tests.store.conformance_assets import ORDERS, alias, asset, consumer, save, update
from tests.store.making import NOW, RUN, commit, created
from tradewind.model.ids import RunKey
from tradewind.model.messages import GetRuns
from tradewind.model.service import NewDeadline


class AskedByOthers:
    def test_runs_by_id_and_by_date_those_that_there_are(self, store):
        first, second = RunKey("d", "first"), RunKey("d", "second")
        later = NOW + timedelta(days=1)
        commit(store, created(first, NOW), created(second, later), created(RunKey("other", "first"), NOW))

        def found(**which):
            return [run.run_id for run in store.runs_asked_for(GetRuns("d", **which))]

        assert found() == ["first", "second"]
        assert found(run_ids=("second", "gone")) == ["second"]
        assert found(logical_dates=(NOW, later + timedelta(days=1))) == ["first"]
        assert found(run_ids=("first",), logical_dates=(later,)) == []

    def test_deadlines_come_with_their_run_or_not_at_all(self, store):
        soon = NewDeadline("soon", NOW + timedelta(hours=1), {"place": 0, "task_id": "a"})
        commit(store, created(RUN, deadlines=(soon,)))

        (record,) = store.deadlines(run=RUN)
        assert (record.name, record.due_at, record.callback) == ("soon", soon.due_at, soon.callback)
        assert store.open_deadlines() == [record]


class ChosenEvents:
    def test_by_alias_and_time(self, store):
        save(store, consumer(asset(ORDERS), alias("daily")))
        one = update(store)
        two = update(store, alias="daily", now=NOW + timedelta(hours=1))

        assert store.asset_events(alias="daily") == [two]
        assert store.asset_events(after=two.at) == [two]
        assert store.asset_events(before=two.at) == [one]

    def test_what_is_forgotten_starts_no_run_of_that_dag_alone(self, store):
        save(store, consumer(asset(ORDERS)), consumer(asset(ORDERS), dag_id="another"))
        one, two = update(store), update(store)

        store.forget_waiting_events("reader", [one.event_id])

        assert store.waiting_events("reader") == [two]
        assert store.waiting_events("another") == [one, two]
        assert len(store.asset_events()) == 2
