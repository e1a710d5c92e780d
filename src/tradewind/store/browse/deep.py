"""Coming to a page deep down by its offset: over the index of the order's first field alone, which holds nothing of the
rows that are passed over, and from there on by the whole order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, select

from tradewind.store.browse import statements
from tradewind.store.browse.listing import Listing
from tradewind.store.browse.order import Order, Stretch

DEEP_ROWS = 10_000
"""From here on it is worth a statement of its own."""
WINDOW_ROWS = 1_000
"""As many rows may share a value of the first field; else the way is gone as always."""
Condition = ColumnElement[bool]


def leapt(
    connection: Connection,
    listing: Listing[Any],
    conditions: Sequence[Condition],
    order: Order,
    stretch: Stretch,
    offset: int,
) -> tuple[Condition, int] | None:
    """A condition that leaves out most of the rows before the offset, and how many are left to pass over. None where
    that would not be quicker, or there are not so many rows."""
    column = order[0].field.column
    if offset < DEEP_ROWS or not _is_worth_it(listing, conditions, order, stretch):
        return None
    values = connection.execute(
        select(column)
        .select_from(listing.base)
        .where(*conditions, stretch.condition)
        .order_by(stretch.order[0])
        .limit(WINDOW_ROWS + 1)
        .offset(offset - WINDOW_ROWS)
    ).scalars()
    found = list(values)
    if len(found) <= WINDOW_ROWS or found[0] == found[-1]:
        return None
    bound = found[-1]
    beyond = column <= bound if order[0].falls else column >= bound
    return beyond, WINDOW_ROWS - found.index(bound)


def _is_worth_it(listing: Listing[Any], conditions: Sequence[Condition], order: Order, stretch: Stretch) -> bool:
    """The first field is a column of the list's own table, and none of its key, whose index has the whole order."""
    first = order[0]
    key = [listing.field(name).column for name in listing.key]
    is_plain = isinstance(first.field.column, Column) and not first.is_gathered
    is_by_it = len(stretch.order) == len(order) > 1
    if not (is_plain and is_by_it) or any(first.field.column is one for one in key):
        return False
    return statements.tables_in([*conditions, stretch.condition, first.field.column]) == {listing.base}
