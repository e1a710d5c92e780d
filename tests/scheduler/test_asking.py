"""What is asked of runs is done by whoever is to do it, and who asks hears of it."""

from __future__ import annotations

import select
import socket
import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.scheduler.conftest import House, dag, task
from tests.scheduler.test_admission import ALL, Gate
from tradewind.engine.run import Bounds
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.outcomes import Failed
from tradewind.model.records import RunRecord
from tradewind.model.requests import Cancel, Clear, Mark, MarkRun, Wish
from tradewind.model.service import Topic
from tradewind.scheduler.asking import Outcome, have_done, leave
from tradewind.store import open_store


def asked(gate: Gate, *wishes: tuple[RunRecord, Wish], patience_seconds: float = 60) -> list[Outcome]:
    """By another process, while this one's scheduler attends to what it is rung for."""
    house = gate.house
    listener = gate.store.listen({Topic.REQUESTS})
    asking = threading.Event()

    def ask() -> list[Outcome]:
        store = open_store(house.url, home=house.folder)
        store.now = lambda: house.now  # pyright: ignore[reportAttributeAccessIssue]
        asking.set()
        try:
            return have_done(
                store,
                wishes,
                who="ann",
                clock=lambda: house.now,
                bounds=Bounds(),
                patience_seconds=patience_seconds,
            )
        finally:
            store.close()

    with ThreadPoolExecutor(1) as pool:
        outcomes: Future[list[Outcome]] = pool.submit(ask)
        asking.wait(60)
        while patience_seconds and not outcomes.done():
            select.select([listener.fileno()], [], [], 0.05)
            gate.requests.attend(house.now, ALL)
        listener.close()
        return outcomes.result(60)


def run_of(gate: Gate, key: RunKey) -> RunRecord:
    found = gate.store.run(key)
    assert found is not None
    return found


def queued(gate: Gate) -> RunKey:
    (key,) = gate.queue(gate.add(dag(task("a"), task("b", "a"))), "r1")
    return key


def failed(gate: Gate) -> RunKey:
    key = queued(gate)
    gate.admit()
    gate.house.end("a", Failed("Bad", "luck"), run_id="r1")
    return key


def test_the_scheduler_does_it_and_says_so(house: House) -> None:
    gate = Gate(house)
    key = failed(gate)
    (outcome,) = asked(gate, (run_of(gate, key), Clear()))
    assert outcome == Outcome(is_done=True)
    assert gate.run_states(key) == "queued"


def test_a_refusal_is_told_with_its_kind(house: House) -> None:
    gate = Gate(house)
    key = failed(gate)
    gone = run_of(gate, key)
    outcomes = asked(gate, (gone, Cancel()), (gone, MarkRun("success")))
    assert isinstance(outcomes[0].refusal, TradewindError)
    assert "has ended already" in outcomes[0].refusal.message
    assert outcomes[1].is_done
    gate.store.delete_run(key, even_if_owned_by=None)
    (missing,) = asked(gate, (gone, Clear()))
    assert isinstance(missing.refusal, NotFoundError)


def test_whoever_waits_in_vain_hears_nothing_and_it_is_done_later(house: House) -> None:
    gate = Gate(house)
    key = failed(gate)
    assert asked(gate, (run_of(gate, key), Clear()), patience_seconds=0) == [Outcome()]
    gate.requests.attend(house.now, ALL)
    assert gate.run_states(key) == "queued"


def test_nobody_alive_then_it_is_decided_here_and_goes_on_under_the_next_scheduler(house: House) -> None:
    gate = Gate(house)
    key = failed(gate)
    gate.die()
    house.other.now = lambda: house.now
    done = have_done(
        house.other,
        [(run_of(gate, key), Mark((("a", ()),), "success"))],
        who="ann",
        clock=lambda: house.now,
        bounds=Bounds(),
    )
    assert done == [Outcome(is_done=True)]
    assert house.states(key) == {"a": "success", "b": "none"}
    gate.start()
    gate.admit()
    house.end("b", run_id="r1")
    assert gate.run_states(key) == "success"


def test_nothing_is_left_behind_once_somebody_has_heard_the_answer(house: House) -> None:
    gate = Gate(house)
    asked(gate, (run_of(gate, failed(gate)), Clear()))
    assert gate.store._connection.execute("SELECT count(*) FROM request").fetchone()[0] == 0


def test_a_run_that_another_machine_drives_alone_is_out_of_reach(house: House) -> None:
    gate = Gate(house)
    key = queued(gate)
    elsewhere = f"not-{socket.gethostname()}"
    gate.store.claim_run(key, owner_id="other", pid=1, host=elsewhere, now=house.now)
    gate.store.owner_is_alive = lambda owner_id: True  # its lock file is on that machine
    with pytest.raises(TradewindError, match="out of reach"):
        leave(gate.store, key, Cancel(), who="ann", now=house.now)
