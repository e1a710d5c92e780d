"""Reports of monitors as the journal has them, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from tradewind.model.entries import DriftReport, PerformanceChecked, read_entry
from tradewind.model.errors import NotFoundError
from tradewind.model.journal import EntryQuery, JournalEntry
from tradewind.store.base import Store

PAGE = 500
MOST_PAGES = 20
"""Ten thousand reports: monitors that were not heard of within these are not listed."""


class Report(Struct, frozen=True):
    entry: JournalEntry
    body: DriftReport | PerformanceChecked

    @property
    def found_something(self) -> bool:
        return self.body.drifted if isinstance(self.body, DriftReport) else self.body.degraded


def newest_of_each(store: Store) -> list[Report]:
    """By the monitor's name."""
    found: dict[tuple[str, str], Report] = {}
    for one in chain(_all(store, DriftReport), _all(store, PerformanceChecked)):
        found.setdefault((one.entry.name, one.entry.kind), one)
    return [found[key] for key in sorted(found)]


def reports_of(store: Store, name: str, limit: int) -> list[Report]:
    """Of one monitor. Raises NotFoundError with the names there are."""
    kinds = (DriftReport, PerformanceChecked)
    entries = [
        _read(one, kind) for kind in kinds for one in store.entries(EntryQuery(kind.__name__, name=name, limit=limit))
    ]
    if entries:
        return sorted(entries, key=lambda one: -one.entry.entry_id)[:limit]
    names = ", ".join(dict.fromkeys(one.entry.name for one in newest_of_each(store)))
    raise NotFoundError(
        f"there is no monitor {name!r}",
        hint=f"there are {names}" if names else "ml.drift(…, name=…) in a task makes one",
    )


def _all(store: Store, kind: type[DriftReport] | type[PerformanceChecked]) -> Iterator[Report]:
    before: int | None = None
    for _ in range(MOST_PAGES):
        page = store.entries(EntryQuery(kind.__name__, before_id=before, limit=PAGE))
        yield from (_read(one, kind) for one in page)
        if len(page) < PAGE:
            return
        before = page[-1].entry_id


def _read(entry: JournalEntry, kind: type[DriftReport] | type[PerformanceChecked]) -> Report:
    return Report(entry, read_entry(entry.body, kind))
