"""Cutting one page out of a list, by offset or at a cursor, and saying where the pages beside it are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from tradewind.store.browse import statements
from tradewind.store.browse.cursor import Cursor, from_text, to_text
from tradewind.store.browse.deep import leapt
from tradewind.store.browse.listing import Listing
from tradewind.store.browse.order import Order, Stretch, check_values, stretches
from tradewind.store.browse.query import Page, Query, RowT
from tradewind.store.browse.totals import Total

Condition = ColumnElement[bool]
Found = list[Sequence[Any]]


def cut(
    connection: Connection,
    listing: Listing[RowT],
    conditions: Sequence[Condition],
    order: Order,
    query: Query,
    total: Total | None,
) -> Page[RowT]:
    """Raises BadCursorError."""
    texts = tuple(term.text for term in order)
    start = None if not query.cursor else from_text(query.cursor, listing.name, texts)
    if start is not None:
        check_values(order, start.values)
    is_backward = start is not None and start.is_backward
    way = tuple(term.turned for term in order) if is_backward else order
    offset = query.offset if start is None else 0
    found = _read(
        connection, listing, conditions, way, None if start is None else start.values, query.limit + 1, offset
    )
    has_more = len(found) > query.limit
    found = found[: query.limit]
    if is_backward:
        found.reverse()
    has_next, has_previous = (True, has_more) if is_backward else (has_more, start is not None or offset > 0)
    width = len(listing.shown)

    def beside(row: Sequence[Any], *, backward: bool) -> str:
        return to_text(Cursor(listing.name, texts, tuple(row[width:]), backward))

    at_least = offset + len(found) + has_next
    return Page(
        rows=tuple(listing.made(row) for row in found),
        total=None if total is None else total.count if total.is_exact else max(total.count, at_least),
        is_total_exact=total is None or total.is_exact,
        next=beside(found[-1], backward=False) if found and has_next else None,
        previous=beside(found[0], backward=True) if found and has_previous else None,
    )


def _read(
    connection: Connection,
    listing: Listing[Any],
    conditions: Sequence[Condition],
    order: Order,
    after: Sequence[Any] | None,
    limit: int,
    offset: int,
) -> Found:
    """Stretch by stretch, until there are enough."""
    found: Found = []
    for stretch in stretches(order, after):
        wanted = limit - len(found)
        leap = leapt(connection, listing, conditions, order, stretch, offset) if offset else None
        here, left = ([*conditions, leap[0]], leap[1]) if leap is not None else (conditions, offset)
        some = connection.execute(statements.rows(listing, here, order, stretch, wanted, left)).all()
        found.extend(some)
        if len(found) == limit:
            break
        if offset:
            passed = offset if some else connection.execute(_size(listing, conditions, stretch)).scalar_one()
            offset = max(0, offset - passed)
    return found


def _size(listing: Listing[Any], conditions: Sequence[Condition], stretch: Stretch) -> Select[Any]:
    every = [*conditions, stretch.condition]
    return select(func.count()).select_from(statements.source(listing, statements.tables_in(every))).where(*every)
