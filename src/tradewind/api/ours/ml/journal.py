"""The journal, a list for each kind of entry: of runs that the caller may see, and of what people did."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.ml import Noted, Notes
from tradewind.api.ours.paths import ROOT, bounded
from tradewind.model.entries import KINDS
from tradewind.model.journal import EntryQuery, JournalEntry

MOST_ENTRIES = 500
MOST_NAMES = 500
T = TypeVar("T")


class JournalQuery(Struct, frozen=True):
    name: str | None = None
    dag_id: str | None = None
    run_id: str | None = None
    task_id: str | None = None
    try_id: str | None = None
    before: int | None = None
    """Entries with lower ids: `next_before` of the page before."""
    limit: int = 100
    newest: bool = False
    """Only the newest of each name, by name."""


def noted(entries: Iterable[JournalEntry], of: type[T]) -> list[Noted[T]]:
    """What cannot be read any more (an older version wrote it otherwise) is left out."""
    found: list[Noted[T]] = []
    for one in entries:
        try:
            said = msgspec.convert(one.body, of)
        except msgspec.ValidationError:
            continue
        place = (one.dag_id, one.run_id, one.task_id, one.map_path, one.try_id)
        found.append(Noted(one.entry_id, one.name, one.at, one.who, *place, said))
    return found


def seen(call: Call[Any, Any], entries: Iterable[JournalEntry]) -> list[JournalEntry]:
    """Those that the caller may see: of their DAGs, or of no DAG."""
    visible = call.visible(Resource.XCOM)
    return [one for one in entries if visible is None or not one.dag_id or one.dag_id in visible]


def entries_of(call: Call[Any, Any], of: type[T], name: str, limit: int = MOST_ENTRIES) -> list[Noted[T]]:
    """The newest of a kind under a name that the caller may see."""
    return noted(seen(call, call.store.entries(EntryQuery(of.__name__, name=name, limit=limit))), of)


def _listing(kind: str, of: type[Any]) -> Callable[[Call[JournalQuery, None]], Notes[Any]]:
    def do(call: Call[JournalQuery, None]) -> Notes[Any]:
        wanted = call.query
        if wanted.newest:
            names = call.store.entry_names(kind, dag_id=wanted.dag_id)[:MOST_NAMES]
            entries = [one for name in names for one in _page(call, kind, wanted, name, 1)]
            return Notes(noted(seen(call, entries), of), None)
        limit = bounded(wanted.limit, MOST_ENTRIES)
        entries = _page(call, kind, wanted, wanted.name, limit)
        return Notes(noted(seen(call, entries), of), entries[-1].entry_id if len(entries) == limit else None)

    do.__doc__ = f"{of.__name__}: {(of.__doc__ or '').strip().splitlines()[0]}"
    return do


def _page(call: Call[Any, None], kind: str, wanted: JournalQuery, name: str | None, limit: int) -> list[JournalEntry]:
    query = EntryQuery(
        kind,
        name=name,
        dag_id=wanted.dag_id,
        run_id=wanted.run_id,
        task_id=wanted.task_id,
        try_id=wanted.try_id,
        before_id=wanted.before,
        limit=limit,
    )
    return call.store.entries(query)


OPERATIONS = tuple(
    Operation(
        method="GET",
        path=f"{ROOT}/journal/{kind}",
        name=f"tradewind_journal_{kind}",
        tag="Machine learning",
        needs=Need(Resource.XCOM),
        do=_listing(kind, of),
        query=JournalQuery,
        answer=Notes[of],
    )
    for kind, of in KINDS.items()
)
