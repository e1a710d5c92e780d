"""Several schedulers and triggerers at once: what one may take is taken by one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from tests.store.conformance_assets import ORDERS, asset, consumer, start, update
from tests.store.conformance_assets import save as save_all
from tests.store.conformance_backfills import BACKFILL, DATES
from tests.store.conformance_backfills import make as make_backfill_run
from tests.store.conformance_deferrals import asks, fire, take, waits
from tests.store.conformance_schedules import HOURLY, due, make, save
from tests.store.making import LATER, NOW, RUN, commit, created
from tradewind.model.ids import RunKey
from tradewind.model.service import NewAssetEvent

AT_ONCE = 4


class Races:
    def _race(self, home, act):
        """What `act(store, number)` returns on connections of their own that begin at the same time."""
        begin = threading.Barrier(AT_ONCE)

        def go(number):
            with closing(self.open(home)) as own:
                begin.wait()
                return act(own, number)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(go, range(AT_ONCE)))

    def test_no_more_runs_begin_than_may(self, store, home):
        save(store)
        keys = [RunKey("a_dag", f"run {number}") for number in range(12)]
        commit(store, *(created(key, None) for key in keys))

        def claim_some(own, number):
            facts = {"owner_id": f"s{number}", "pid": 1, "host": "h", "now": NOW}
            claimed = [
                one
                for each in (keys[at : at + 3] for at in range(0, len(keys), 3))
                for one in own.claim_waiting_runs([(key, 5) for key in each], **facts)
            ]
            return sum(epoch is not None for epoch in claimed)

        assert sum(self._race(home, claim_some)) == 5
        assert len(store.waiting_runs()) == 7

    def test_a_run_by_the_clock_is_made_once(self, store, home):
        save(store)
        store.set_next_run("a_dag", HOURLY.hash, due(0))
        made = self._race(home, lambda own, _: [make(own, hour) for hour in range(8)])
        assert [sum(hour) for hour in zip(*made, strict=True)] == [1] * 8
        assert len(store.runs()) == 8

    def test_of_alarms_at_once_one_goes_off(self, store, home):
        save_all(store, consumer(asset(ORDERS)))

        def raise_it(own, number):
            events = [NewAssetEvent(*ORDERS, by=f"monitor {number}")] * 5
            return [own.add_asset_event_unless(event, since=NOW, now=LATER) is not None for event in events]

        assert sum(map(sum, self._race(home, raise_it))) == 1
        assert len(store.waiting_events("reader")) == 1

    def test_each_deferral_has_one_holder(self, store, home):
        commit(store, created(), *(waits(f"t{number}") for number in range(40)))
        names = [f"s{number}" for number in range(AT_ONCE)]
        taken = self._race(
            home, lambda own, number: [one for _ in range(5) for one in take(own, names[number], names, limit=3)]
        )
        held = [one.task_id for some in taken for one in some]
        assert sorted(held) == sorted(f"t{number}" for number in range(40))

    def test_an_event_or_an_answer_ends_it_but_not_both(self, store, home):
        commit(store, created(), waits(), asks())
        (one,) = take(store)

        def end(own, number):
            if number % 2:
                return fire(own, one.deferral_id, event=number)
            facts = {"chosen": ("Approve",), "params_input": {}, "who": f"w{number}", "now": LATER}
            return own.answer_approval(RUN, "t", (), **facts)

        ended = self._race(home, end)
        assert sum(ended) == 1
        was_answered = ended.index(True) % 2 == 0
        assert (store.approvals()[0].responded_by is not None) == was_answered
        assert isinstance(store.deferrals(RUN)[0].event, dict) == was_answered

    def test_an_event_of_an_asset_starts_one_run(self, store, home):
        save_all(store, consumer(asset(ORDERS)))
        events = [update(store) for _ in range(5)]
        made = self._race(home, lambda own, number: start(own, events, f"run {number}"))
        assert sum(made) == 1
        assert len(store.runs()) == 1

    def test_no_event_of_an_asset_is_missed(self, store, home):
        save_all(store, consumer(asset(ORDERS)))
        self._race(home, lambda own, _: [update(own) for _ in range(10)])
        assert len(store.waiting_events("reader")) == 10 * AT_ONCE

    def test_a_date_of_a_backfill_gets_one_run(self, store, home):
        number = store.create_backfill(BACKFILL, DATES)
        made = self._race(
            home, lambda own, who: [make_backfill_run(own, number, place, f"{who} {place}") for place in range(3)]
        )
        assert [sum(place) for place in zip(*made, strict=True)] == [1, 1, 1]
        assert [date.why_not for date in store.backfill_dates(number)] == ["", "", ""]

    def test_changes_of_dags_are_heard_of_in_order(self, store, home):
        """A reader that asks for what has changed since the last change it saw misses none."""
        save(store)
        stop, last = threading.Event(), {"seen": ""}

        def write(own, number):
            for turn in range(15):
                own.set_next_run("a_dag", HOURLY.hash, due(3), held_why=f"{number} {turn}")

        def read():
            with closing(self.open(home)) as own:
                since = None
                while not stop.is_set():
                    for clock in own.schedules(changed_since=since):
                        since = clock.changed_at
                        last["seen"] = clock.held_why
                for clock in own.schedules(changed_since=since):
                    last["seen"] = clock.held_why

        reader = threading.Thread(target=read)
        reader.start()
        try:
            self._race(home, write)
        finally:
            stop.set()
            reader.join()
        assert last["seen"] == store.schedules()[0].held_why
