"""What of the service is deleted with old runs, and what stays."""

from __future__ import annotations

from msgspec.structs import replace

from tests.store.conformance_assets import ORDERS, asset, consumer, save, start, update
from tests.store.conformance_backfills import BACKFILL, DATES
from tests.store.conformance_deferrals import asks, waits
from tests.store.making import LATER, NOW, RUN, SECOND, commit, created, run_moved
from tradewind.model.ids import RunKey
from tradewind.model.service import AuditRecord, DeadlineRecord
from tradewind.store.sql import keeping

AFTERWARDS = LATER.replace(year=2030)


class Retention:
    def test_events_are_cleaned_with_the_runs_of_their_time(self, store):
        save(store, consumer(asset(ORDERS)))
        used, waiting, new = update(store), update(store), update(store, now=AFTERWARDS)
        start(store, [used])
        assert store.clean(LATER) == (0, [])
        assert store.asset_events() == [new, waiting]
        assert store.waiting_events("reader") == [waiting, new]
        assert [one.name for one in store.assets()] == ["orders"]

    def test_backfills_and_the_audit_are_cleaned(self, store):
        old = store.create_backfill(BACKFILL, DATES)
        store.set_backfill(old, ended_at=NOW)
        going_on = store.create_backfill(BACKFILL, [])
        for at in (NOW, AFTERWARDS):
            store.write_audit(AuditRecord(at, "ada", "pause", dag_id="a_dag"))
        store.clean(LATER)
        assert [one.backfill_id for one in store.backfills()] == [going_on]
        assert store.backfill_dates(old) == []
        assert [one.at for one in store.audit()] == [AFTERWARDS]

    def test_it_is_done_piece_by_piece(self, store, monkeypatch):
        monkeypatch.setattr(keeping, "RUNS_AT_ONCE", 2)
        monkeypatch.setattr(keeping, "ROWS_AT_ONCE", 3)
        for number in range(5):
            key = RunKey("a_dag", f"run {number}")
            commit(store, created(key, None), run_moved("queued", "running", key), run_moved("running", "failed", key))
        for _ in range(7):
            store.write_audit(AuditRecord(NOW, "ada", "pause"))
        assert store.clean(LATER) == (5, [])
        assert (store.runs(), store.audit()) == ([], [])

    def test_what_a_run_waited_for_is_cleaned_with_it(self, store):
        commit(store, created(), waits(), asks(), created(SECOND, LATER), waits(run=SECOND))
        store.add_deadlines([DeadlineRecord(0, RUN, "soon", NOW, {})])
        commit(store, run_moved("queued", "running"), run_moved("running", "failed"))
        assert store.clean(LATER)[0] == 1
        assert (store.approvals(), store.deadlines()) == ([], [])
        assert [one.run for one in store.deferrals()] == [SECOND]

    def test_a_reset_leaves_nothing_of_the_service(self, store):
        save(store, consumer(asset(ORDERS)))
        start(store, [update(store)])
        update(store)
        store.create_backfill(BACKFILL, DATES)
        store.write_audit(AuditRecord(NOW, "ada", "pause"))
        commit(store, created(), waits(), asks())
        store.reset()
        left = (store.schedules(), store.assets(), store.asset_events(), store.backfills(), store.audit(), store.jobs())
        assert left == ([], [], [], [], [], [])
        assert (store.deferrals(), store.approvals(), store.dags_with_waiting_events()) == ([], [], [])
        assert store.create_backfill(replace(BACKFILL, conf={}), DATES)
        assert store.check() == []
