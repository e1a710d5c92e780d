"""A triggerer made of chance: it takes deferrals, fires them some time later, forgets all it holds, and fires twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.simulation.service_store import SharedStore
from tradewind.model.service import DeferralOutcome, DeferralRecord, Topic
from tradewind.store.facets.deferrals import EndedDeferral

if TYPE_CHECKING:
    from tests.simulation.service_world import ServiceWorld


class Triggerer:
    name = "triggerer"

    def __init__(self, world: ServiceWorld, store: SharedStore) -> None:
        self.store = store
        self._world = world
        self._lives = 0
        self._held: list[tuple[float, DeferralRecord]] = []
        self._begin()

    def _begin(self) -> None:
        self._lives += 1
        self._id = f"triggerer{self._lives}"
        self._held.clear()
        self._listener = self.store.listen([Topic.DEFERRALS])
        self._listener.connect_anew()

    def next_wake(self) -> float | None:
        now = self._world.clock.elapsed_seconds
        if self._listener.rung:
            return now
        return min((at for at, _ in self._held), default=None)

    def turn(self) -> None:
        world = self._world
        if world.chance.strikes("triggerer", 0.05):
            world.say("the triggerer dies")
            world.belfry.listeners.remove(self._listener)
            self._begin()
        if self._listener.heard():
            for record in self.store.claim_deferrals(self._id, limit=100, queues=None, alive=[self._id]):
                after = world.chance.pick([0.0, 1.0, 30.0])
                self._held.append((world.clock.elapsed_seconds + after, record))
        due = [one for one in self._held if one[0] <= world.clock.elapsed_seconds]
        self._held = [one for one in self._held if one not in due]
        for at, record in due:
            self._fire(record)
            if world.chance.strikes("triggerer", 0.1):
                self._held.append((at + world.chance.pick([0.0, 5.0]), record))  # once more

    def _fire(self, record: DeferralRecord) -> None:
        world = self._world
        outcome = world.chance.pick([DeferralOutcome.EVENT, DeferralOutcome.EVENT, DeferralOutcome.FAILED])
        event = f"event of {record.try_id}"
        name = (record.run.dag_id, record.run.run_id, record.task_id, record.map_path)
        if outcome is DeferralOutcome.EVENT:
            world.fired.setdefault(name, set()).add(event)
        ended = EndedDeferral(
            record.deferral_id,
            outcome,
            event=event if outcome is DeferralOutcome.EVENT else None,
            error="boom" if outcome is DeferralOutcome.FAILED else "",
        )
        (written,) = self.store.end_deferrals([ended], triggerer_id=self._id, now=world.clock())
        world.say(f"trigger of {name}: {outcome}, {'written' if written else 'too late'}")
        if written:
            self.store.ring(Topic.EVENTS)

    def die(self) -> None:
        world = self._world
        world.belfry.listeners.remove(self._listener)
        self._begin()
