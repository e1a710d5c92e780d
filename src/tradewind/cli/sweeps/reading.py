"""A sweep as the journal tells it: how it began, its trials, how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from msgspec import Struct

from tradewind.model.entries import SweepEnded, SweepStarted, TrialEnded, TrialStarted, read_entry
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import RunKey
from tradewind.model.journal import EntryQuery, JournalEntry
from tradewind.store.base import Store

E = TypeVar("E")
ALL = 1_000_000
MAX_NAMED = 5


class Sweep(Struct, frozen=True):
    """`trials`: those that have ended, by number; `running`: those that have not."""

    name: str
    dag_id: str
    run_id: str
    begun_at: datetime
    begun: SweepStarted
    trials: tuple[TrialEnded, ...]
    running: tuple[TrialStarted, ...]
    ended: SweepEnded | None
    ended_at: datetime | None
    run_state: str

    @property
    def state(self) -> str:
        """`success`, `failed`, `running`; that of its run where that ended before the sweep did."""
        if self.ended is None:
            return self.run_state
        return "failed" if self.ended.best_number is None else "success"

    def count(self, state: str) -> int:
        return sum(one.state == state for one in self.trials)

    def best(self) -> TrialEnded | None:
        """Of those that are complete so far."""
        sign = 1 if self.begun.direction == "minimize" else -1
        complete = [one for one in self.trials if one.state == "complete" and one.value is not None]
        return min(complete, key=lambda one: sign * (one.value or 0.0), default=None)

    def history(self) -> list[float]:
        """The best value known after each trial that is complete."""
        found: list[float] = []
        pick = min if self.begun.direction == "minimize" else max
        for one in self.trials:
            if one.state == "complete" and one.value is not None:
                found.append(pick([one.value, *found[-1:]]))
        return found


def newest_sweeps(store: Store, *, dag_id: str | None, limit: int) -> list[Sweep]:
    """Newest first."""
    found: dict[str, JournalEntry] = {}
    for entry in store.entries(EntryQuery(SweepStarted.__name__, dag_id=dag_id, limit=ALL)):
        found.setdefault(entry.name, entry)
        if len(found) == limit:
            break
    return [_read(store, entry) for entry in found.values()]


def sweep_of(store: Store, name: str) -> Sweep:
    """By its name, the end of it (a run's id, a group), or `latest`. Raises NotFoundError naming what there is."""
    if entries := store.entries(EntryQuery(SweepStarted.__name__, name=name, limit=1)):
        return _read(store, entries[0])
    every = store.entries(EntryQuery(SweepStarted.__name__, limit=ALL))
    names = list(dict.fromkeys(entry.name for entry in every))
    fitting = names[:1] if name == "latest" else [one for one in names if name in one.split("/") or one.endswith(name)]
    if len(fitting) == 1:
        return _read(store, next(entry for entry in every if entry.name == fitting[0]))
    known = ", ".join((fitting or names)[:MAX_NAMED])
    if fitting:
        raise NotFoundError(f"{len(fitting)} sweeps are called {name!r}", hint=f"there are {known}")
    raise NotFoundError(f"there is no sweep {name!r}", hint=f"there are {known}" if known else "none has run yet")


def _read(store: Store, entry: JournalEntry) -> Sweep:
    begun = read_entry(entry.body, SweepStarted)
    ended = _of(store, entry, TrialEnded)
    newest = {one.number: one for one in ended if one.study == begun.study}
    started = {one.number: one for one in _of(store, entry, TrialStarted) if one.study == begun.study}
    last, last_at = _end(store, entry, begun.study)
    run = store.run(RunKey(entry.dag_id, entry.run_id))
    return Sweep(
        entry.name,
        entry.dag_id,
        entry.run_id,
        entry.at,
        begun,
        tuple(newest[number] for number in sorted(newest)),
        tuple(started[number] for number in sorted(started) if number not in newest),
        last,
        last_at,
        "running" if run is None or not run.state.is_finished else run.state.value,
    )


def _of(store: Store, entry: JournalEntry, kind: type[E]) -> Iterable[E]:
    """In the order in which they were written."""
    query = EntryQuery(kind.__name__, name=entry.name, run_id=entry.run_id, limit=ALL)
    return (read_entry(one.body, kind) for one in reversed(store.entries(query)))


def _end(store: Store, entry: JournalEntry, study: str) -> tuple[SweepEnded | None, datetime | None]:
    for one in store.entries(EntryQuery(SweepEnded.__name__, name=entry.name, run_id=entry.run_id)):
        ended = read_entry(one.body, SweepEnded)
        if ended.study == study:
            return ended, one.at
    return None, None
