"""How many rows there are: counted exactly up to what anybody wants to know, and no more often than it is worth."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection

from tradewind.store.browse import statements
from tradewind.store.browse.listing import Listing

EXACT_UP_TO = 1_000_000
EXACT_UP_TO_WHERE_COSTLY = 50_000
LARGE = 50_000
"""A total of more is kept for a while: nobody sees that it is a few rows behind, and counting so many takes long."""
KEPT_SECONDS = 5.0
MOST_KEPT = 256


class Total(Struct, frozen=True):
    count: int
    is_exact: bool


class Totals:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Any, tuple[float, Total]] = OrderedDict()

    def of(self, connection: Connection, listing: Listing[Any], conditions: Sequence[ColumnElement[bool]]) -> Total:
        touched = statements.tables_in(conditions)
        is_costly = any(joined.is_costly and joined.table in touched for joined in listing.joins)
        most = EXACT_UP_TO_WHERE_COSTLY if is_costly else EXACT_UP_TO
        statement = statements.count(listing, conditions, most + 1)
        compiled = statement.compile(connection)
        key = (str(compiled), repr(compiled.params))
        now = time.monotonic()
        with self._lock:
            at, kept = self._kept.get(key, (0.0, None))
        if kept is not None and now - at < KEPT_SECONDS:
            return kept
        count = connection.execute(statement).scalar_one()
        total = Total(min(count, most), count <= most) if conditions else Total(count, True)
        if count > LARGE:
            self._keep(key, now, total)
        return total

    def _keep(self, key: Any, now: float, total: Total) -> None:
        with self._lock:
            self._kept[key] = (now, total)
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
