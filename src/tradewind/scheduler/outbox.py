"""Changes on their way into the store: gathered over a turn, kept by run, committed together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tradewind.model.changes import Change
from tradewind.model.errors import HomeError
from tradewind.model.ids import RunKey
from tradewind.scheduler.patience import Patience
from tradewind.store.base import Store


class Outbox:
    """One transaction for all runs. Where the store refuses it, each run gets a transaction of its own, so that only
    the run whose changes are at fault is refused. With the changes of a run goes the claim they rest on."""

    def __init__(self, store: Store, who: str, patience: Patience) -> None:
        self._store = store
        self._who = who
        self._patience = patience
        self._waiting: dict[RunKey, list[Change]] = {}
        self._epochs: dict[RunKey, int] = {}
        self._lost: set[RunKey] = set()

    def claimed(self, run: RunKey, epoch: int) -> None:
        """From here on its changes go out only as long as this claim stands."""
        self._epochs[run] = epoch
        self._lost.discard(run)

    def released(self, run: RunKey) -> None:
        self._epochs.pop(run, None)

    def lost(self, run: RunKey) -> None:
        """Somebody else drives it: nothing more goes out about it, until it is claimed anew."""
        self._lost.add(run)
        self._epochs.pop(run, None)
        self._waiting.pop(run, None)

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def add(self, run: RunKey, changes: Iterable[Change]) -> None:
        if (changes := list(changes)) and run not in self._lost:
            self._waiting.setdefault(run, []).extend(changes)

    def commit(self, now: datetime) -> tuple[list[Change], dict[RunKey, Exception]]:
        """What was committed, and why the store refused the changes of other runs (StaleStateError…); those are gone.

        Raises HomeError where the database cannot be written; then everything still waits here."""
        batch = [change for changes in self._waiting.values() for change in changes]
        refused: dict[RunKey, Exception] = {}
        try:
            self._write(batch, self._waiting, now)
        except HomeError:
            raise
        except Exception as error:
            batch, refused = self._one_by_one(error, now)
        self._waiting.clear()
        return batch, refused

    def _one_by_one(self, error: Exception, now: datetime) -> tuple[list[Change], dict[RunKey, Exception]]:
        if len(self._waiting) == 1:
            return [], dict.fromkeys(self._waiting, error)
        committed: list[Change] = []
        refused: dict[RunKey, Exception] = {}
        for run in list(self._waiting):
            try:
                self._write(self._waiting[run], [run], now)
            except HomeError:
                raise
            except Exception as error:
                refused[run] = error
            else:
                committed += self._waiting[run]
            del self._waiting[run]
        return committed, refused

    def _write(self, changes: list[Change], runs: Iterable[RunKey], now: datetime) -> None:
        epochs = {run: self._epochs[run] for run in runs if run in self._epochs}
        self._patience(lambda: self._store.commit(changes, who=self._who, now=now, epochs=epochs))
