"""The statements a page is made of: keys of its rows first, on as few tables as the question touches, then the rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import Column, ColumnElement, FromClause, Integer, Select, Table, func, literal_column, select
from sqlalchemy.sql.visitors import iterate

from tradewind.store.browse.among import AsItIs
from tradewind.store.browse.listing import Listing
from tradewind.store.browse.order import Order, Stretch, is_led_by_run
from tradewind.store.schema.core import run

Condition = ColumnElement[bool]


def tables_in(clauses: Iterable[ColumnElement[Any]]) -> set[Table]:
    """Whose columns they mention."""
    parts = (part for clause in clauses for part in iterate(clause))
    return {cast("Column[Any]", part).table for part in parts if isinstance(part, Column)}


def source(listing: Listing[Any], touched: set[Table], *, by_run: bool = False) -> FromClause:
    """The base with those of its joins that are touched, and what they hang on. `by_run`: runs come first, and the base
    is looked up for each; SQLite would not think of it."""
    needed = set(touched)
    for joined in reversed(listing.joins):
        if joined.table in needed:
            needed |= tables_in([joined.on])
    found: FromClause = listing.base
    for joined in listing.joins:
        if joined.table in needed:
            on = listing.run == AsItIs(run.c.id) if by_run and joined.table is run else joined.on
            found = found.join(joined.table, on, isouter=joined.may_lack)
    return found


def rows(
    listing: Listing[Any], conditions: Sequence[Condition], order: Order, stretch: Stretch, limit: int, offset: int
) -> Select[*tuple[Any, ...]]:
    """Columns: those of `listing.shown`, then the values of the order."""
    every = [*conditions, stretch.condition]
    terms = [term.field.column.label(f"o{place}") for place, term in enumerate(order)]
    keys = [listing.field(name).column.label(f"k{place}") for place, name in enumerate(listing.key)]
    touched = tables_in([*every, *(term.field.column for term in order)])
    inner = (
        select(*keys, *terms)
        .select_from(source(listing, touched, by_run=is_led_by_run(listing, order)))
        .where(*every)
        .order_by(*stretch.order)
        .limit(limit)
        .offset(offset or None)
        .subquery("page")
    )
    whole: FromClause = inner
    same = [listing.field(name).column == inner.c[f"k{place}"] for place, name in enumerate(listing.key)]
    whole = whole.join(listing.base, _all(same))
    for joined in listing.joins:
        whole = whole.join(joined.table, joined.on, isouter=joined.may_lack)
    shown = [field.column.label(f"c{place}") for place, field in enumerate(listing.shown)]
    return (
        select(*shown, *(inner.c[f"o{place}"] for place in range(len(order))))
        .select_from(whole)
        .order_by(*stretch.order)
    )


def count(listing: Listing[Any], conditions: Sequence[Condition], most: int) -> Select[Any]:
    """How many rows, counted up to `most`. Without conditions all of them: that is quick."""
    touched = source(listing, tables_in(conditions))
    if not conditions:
        return select(func.count()).select_from(touched)
    some = select(_ONE).select_from(touched).where(*conditions).limit(most).subquery()
    return select(func.count()).select_from(some)


_ONE: ColumnElement[Any] = literal_column("1", Integer)


def _all(conditions: Sequence[Condition]) -> Condition:
    found = conditions[0]
    for one in conditions[1:]:
        found = found & one
    return found
