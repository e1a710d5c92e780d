"""Writing to the journal, and reading it, from inside a task."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from tradewind.authoring import ports
from tradewind.authoring.context import get_current_context
from tradewind.model.journal import EntryQuery, JournalEntry
from tradewind.model.messages import ReadEntries, WriteEntry

_E = TypeVar("_E")


def write(entry: object, name: str = "", *, try_id: str | None = None) -> None:
    """Note down one of the structs of `model.entries`; outside of a try nothing is kept."""
    if try_id is None:
        try:
            try_id = get_current_context()["ti"].id
        except RuntimeError:
            return
    ports.supervisor().tell(WriteEntry(str(try_id), type(entry).__name__, name, msgspec.to_builtins(entry)))


def read(query: EntryQuery) -> list[JournalEntry]:
    """Newest first; what this try has written is among it."""
    found: list[dict[str, Any]] | None = ports.supervisor().ask(ReadEntries(query))
    return [msgspec.convert(one, JournalEntry) for one in found or ()]


def newest(of: type[_E], name: str | None = None) -> _E | None:
    """The newest entry of a kind, read as its struct."""
    found = read(EntryQuery(of.__name__, name=name, limit=1))
    return msgspec.convert(found[0].body, of) if found else None
