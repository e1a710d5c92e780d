"""Bugs to plant: each is a wrong rule put in the place of a right one, and the simulated world that has to find it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Literal

import pytest
from msgspec import Struct
from msgspec.structs import replace

from tests.simulation import service_store, store
from tradewind.engine import events, limits, retries, run, step, tries, trigger_rules
from tradewind.engine.run import Instance
from tradewind.engine.turn import Turn
from tradewind.model.changes import Change
from tradewind.model.ids import RunKey
from tradewind.model.service import LiveElsewhere
from tradewind.model.states import TaskState
from tradewind.scheduler import due, hearing, loop, rescue, waiting
from tradewind.store.sqlite.store import SqliteStore

Patch = pytest.MonkeyPatch


class Mutant(Struct, frozen=True):
    name: str
    world: Literal["runs", "service"]
    plant: Callable[[Patch], None]
    seeds: int = 60
    """It has to be found within so many."""
    is_slow: bool = False
    """Rare: a second fence holds most of what it lets through."""


# ------------------------------------------------------------------------------------ of the engine


def any_try_may_report(patch: Patch) -> None:
    """The fence is removed: what an old try stored takes the place of the new one's."""
    patch.setattr(hearing, "is_current", lambda run, try_id: True)


def retries_are_not_counted(patch: Patch) -> None:
    def queued(turn: Turn, event: events.TaskQueued) -> None:
        instance = turn.run.instance(event.task_id, event.map_path)
        before = instance.try_number if instance is not None else 0
        tries_queued(turn, event)
        if instance is not None and before:
            instance.try_number = before

    tries_queued = tries.queued
    patch.setitem(step._ON_EVENT, events.TaskQueued, queued)


def retries_never_end(patch: Patch) -> None:
    patch.setattr(retries, "may_retry", lambda instance: instance.try_number < 50)


def skipped_instead_of_failed(patch: Patch) -> None:
    def failed(turn: Turn, instance: Instance, event: events.TryFailed) -> None:
        tries.skipped(turn, instance, events.TrySkipped(event.try_id, event.why))

    patch.setitem(step._ON_REPORT, events.TryFailed, failed)


def values_of_the_last_try_stay(patch: Patch) -> None:
    def forget(turn: Turn, instance: Instance) -> None:
        turn.run.forget_lengths(instance.plan, instance.path)

    patch.setattr(Turn, "forget_values", forget)


def one_upstream_is_enough(patch: Patch) -> None:
    verdict = trigger_rules.verdict

    def hasty(rule: Any, seen: int) -> Any:
        return verdict(rule, seen & ~trigger_rules.PENDING if seen & trigger_rules.SUCCESS else seen)

    patch.setattr(trigger_rules, "verdict", hasty)


def a_lost_try_is_forgotten(patch: Patch) -> None:
    """The instance stays as it is, and nobody will ever say more of it."""
    patch.setitem(step._ON_REPORT, events.TryLost, lambda turn, instance, event: None)


def a_pool_counts_tries_for_slots(patch: Patch) -> None:
    add = limits.Usage.add
    patch.setattr(limits.Usage, "add", lambda self, live: add(self, replace(live, pool_slots=1)))


def a_cap_counts_one_too_few(patch: Patch) -> None:
    add = limits.Usage.add

    def forgetful(self: limits.Usage, live: limits.LiveTry) -> None:
        add(self, live)
        self.in_run[live.run] = max(0, self.in_run[live.run] - (self.in_run[live.run] == 2))

    patch.setattr(limits.Usage, "add", forgetful)


def success_is_forgotten_on_a_restart(patch: Patch) -> None:
    rebuild = run.Run.rebuild

    def forgetful(self: run.Run, records: Mapping[Any, Any]) -> None:
        rebuild(self, {name: one for name, one in records.items() if one.state is not TaskState.SUCCESS})

    patch.setattr(run.Run, "rebuild", forgetful)


# ------------------------------------------------------------------------------------ of the scheduler


def act_then_commit(patch: Patch) -> None:
    def hasty(self: Any, now: datetime) -> list[Any]:
        orders = self._queue_what_fits(now, ())
        for order in orders:
            self._executor.submit(order)
        orders, self._calls = self._calls, []
        self._commit(now)
        return orders

    patch.setattr(loop.Scheduler, "_commit_with_what_fits", hasty)


def what_is_left_behind_is_forgotten(patch: Patch) -> None:
    patch.setattr("tests.simulation.world.left_behind", lambda rows, why, active=None: ([], []))


def the_history_is_not_written(patch: Patch) -> None:
    """Of tasks that were cleared: the row moves, and nothing says so."""
    commit = store.InterruptedStore.commit

    def forgetful(self: Any, changes: Sequence[Change], **more: Any) -> None:
        commit(self, changes, **more)
        with self._writing() as connection:
            connection.execute("DELETE FROM history WHERE entity = 'task' AND new = 'up_for_retry'", ())

    patch.setattr(store.InterruptedStore, "commit", forgetful)


def compare_and_set_without_compare(patch: Patch) -> None:
    """A report that was told twice is carried through twice."""
    end_of = hearing.Hearing._end_of
    ended: dict[str, Any] = {}

    def forgetful(self: Any, live: Any, active: Any) -> None:
        end_of(self, live, active)
        if live.try_id not in ended:
            ended[live.try_id] = live
            self._roster.live[live.try_id] = live

    patch.setattr(hearing.Hearing, "_end_of", forgetful)


# ------------------------------------------------------------------------------------ of the service


def epochs_are_not_checked(patch: Patch) -> None:
    """A scheduler that was stopped past its lease wakes, and writes on."""
    commit = store.InterruptedStore.commit

    def careless(self: Any, changes: Sequence[Change], *, who: str, now: datetime, epochs: Any = None) -> None:
        commit(self, changes, who=who, now=now)

    patch.setattr(store.InterruptedStore, "commit", careless)


def slots_of_others_are_not_seen(patch: Patch) -> None:
    @contextmanager
    def blind(self: Any, owner_id: str) -> Generator[list[LiveElsewhere]]:
        yield []

    patch.setattr(service_store.SharedStore, "picking", blind)


def max_active_runs_is_ignored(patch: Patch) -> None:
    claim = SqliteStore.claim_waiting_runs

    def generous(self: Any, wanted: Sequence[tuple[RunKey, int]], **more: Any) -> list[int | None]:
        return claim(self, [(key, 1_000_000) for key, _ in wanted], **more)

    patch.setattr(SqliteStore, "claim_waiting_runs", generous)
    patch.setattr(SqliteStore, "running_counts", lambda self: {})


def a_due_run_is_left_out(patch: Patch) -> None:
    next_due = due.next_due

    def hasty(spec: Any, last: Any, now: datetime, **more: Any) -> Any:
        found = next_due(spec, last, now, **more)
        if found is not None and found.logical_date.minute == 20:
            return next_due(spec, due.interval_of(found.interval_start, found.interval_end), now, **more)
        return found

    patch.setattr(due, "next_due", hasty)


def nobody_is_rescued(patch: Patch) -> None:
    patch.setattr(rescue.Rescue, "attend", lambda self, now, heard: None)


def the_event_is_gone_after_a_restart(patch: Patch) -> None:
    """Consumed before it was committed: the task begins anew, as if nothing had been waited for."""
    recall = waiting.Waiting.recall

    def forgetful(self: Any, records: Any, tasks: Any) -> None:
        recall(self, records, tasks)
        self.resumptions.clear()

    patch.setattr(waiting.Waiting, "recall", forgetful)


def a_deferral_outlives_its_task(patch: Patch) -> None:
    """What fires for a task that has moved on lets its next wait end at once."""
    patch.setattr(waiting.Waiting, "moved", lambda self, run, changes: [])


def runs_end_without_being_released(patch: Patch) -> None:
    patch.setattr(SqliteStore, "release_run", lambda self, key, *, owner_id: True)


MUTANTS = (
    Mutant("any try may report", "runs", any_try_may_report, seeds=400),
    Mutant("retries are not counted", "runs", retries_are_not_counted),
    Mutant("retries never end", "runs", retries_never_end),
    Mutant("skipped instead of failed", "runs", skipped_instead_of_failed),
    Mutant("values of the last try stay", "runs", values_of_the_last_try_stay),
    Mutant("one upstream is enough", "runs", one_upstream_is_enough),
    Mutant("a lost try is forgotten", "runs", a_lost_try_is_forgotten),
    Mutant("a pool counts tries for slots", "runs", a_pool_counts_tries_for_slots),
    Mutant("a cap counts one too few", "runs", a_cap_counts_one_too_few),
    Mutant("success is forgotten on a restart", "runs", success_is_forgotten_on_a_restart),
    Mutant("act, then commit", "runs", act_then_commit),
    Mutant("what is left behind is forgotten", "runs", what_is_left_behind_is_forgotten),
    Mutant("the history is not written", "runs", the_history_is_not_written),
    Mutant("a report told twice counts twice", "runs", compare_and_set_without_compare),
    Mutant("epochs are not checked", "service", epochs_are_not_checked, seeds=300, is_slow=True),
    Mutant("slots of others are not seen", "service", slots_of_others_are_not_seen, seeds=120),
    Mutant("max_active_runs is ignored", "service", max_active_runs_is_ignored),
    Mutant("a due run is left out", "service", a_due_run_is_left_out),
    Mutant("nobody is rescued", "service", nobody_is_rescued),
    Mutant("the event is gone after a restart", "service", the_event_is_gone_after_a_restart),
    Mutant("runs end without being released", "service", runs_end_without_being_released),
)
