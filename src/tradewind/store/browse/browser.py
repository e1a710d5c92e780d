"""Answers questions about listings. Thread-safe."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, and_, false, or_, select

from tradewind.store.browse import statements
from tradewind.store.browse.among import AsItIs, among
from tradewind.store.browse.conditions import condition
from tradewind.store.browse.cutting import cut
from tradewind.store.browse.listing import Listing
from tradewind.store.browse.names import with_names
from tradewind.store.browse.order import gathered, is_led_by_run, order_of
from tradewind.store.browse.pool import ReadPool
from tradewind.store.browse.query import MOST_ROWS, BadFilterError, Filter, Page, Query, RowT
from tradewind.store.browse.totals import Totals
from tradewind.store.schema.core import run

CONNECTIONS = 8
FEW_RUNS = 2000
"""Where the filters leave no more runs than this, rows are looked up by run; else read in order and filtered."""
Condition = ColumnElement[bool]


class Browser:
    """`visible`: ids of the DAGs whose rows the caller may see, None for those of all; applied in SQL, so that totals
    and pages are right. Every method raises QueryError for what cannot be asked, and StoreError where the database
    cannot be read."""

    def __init__(self, pool: ReadPool) -> None:
        self._pool = pool
        self._totals = Totals()

    @classmethod
    def open(cls, url: str, *, connections: int = CONNECTIONS) -> Browser:
        """`url`: of a database that `open_store` has made. Opens nothing before it is asked."""
        return cls(ReadPool(url, connections))

    def close(self) -> None:
        self._pool.close()

    def page(self, listing: Listing[RowT], query: Query, visible: Collection[str] | None) -> Page[RowT]:
        """Raises QueryError, StoreError."""
        if not 0 <= query.limit <= MOST_ROWS or not 0 <= query.offset < 1 << 62:
            raise BadFilterError("no such page", hint=f"ask for up to {MOST_ROWS} rows, from 0 on")
        order = order_of(listing, query.order_by)
        _conditions(listing, query.filters, visible)  # what cannot be asked needs no connection
        with self._pool.connection() as connection:
            conditions = _conditions(listing, with_names(connection, listing, query.filters), visible)
            number = run.c.id if is_led_by_run(listing, order) else listing.run
            narrow, wide, is_gathered = _narrowed(connection, listing, conditions, number)
            total = self._totals.of(connection, listing, [*narrow, *wide]) if query.with_total else None
            if total is not None and total.count == 0:
                return Page((), 0)
            if is_gathered and number is not None:
                order = gathered(order, number)
            return cut(connection, listing, [*narrow, *map(AsItIs, wide)], order, query, total)

    def all(
        self,
        listing: Listing[RowT],
        filters: Iterable[Filter],
        visible: Collection[str] | None,
        *,
        order_by: tuple[str, ...] = (),
        limit: int = MOST_ROWS,
    ) -> tuple[RowT, ...]:
        """Rows alone."""
        return self.page(listing, Query(tuple(filters), order_by, limit, with_total=False), visible).rows

    def first(
        self, listing: Listing[RowT], *filters: Filter, visible: Collection[str] | None, order_by: tuple[str, ...] = ()
    ) -> RowT | None:
        found = self.all(listing, filters, visible, order_by=order_by, limit=1)
        return found[0] if found else None

    def count(self, listing: Listing[Any], filters: Iterable[Filter], visible: Collection[str] | None) -> int:
        with self._pool.connection() as connection:
            asked = with_names(connection, listing, tuple(filters))
            narrow, wide, _ = _narrowed(connection, listing, _conditions(listing, asked, visible), listing.run)
            return self._totals.of(connection, listing, [*narrow, *wide]).count

    def read(self, statement: Executable) -> Sequence[Any]:
        """Rows of a composed select over `store.schema`'s tables: for what is no list. What the caller may see is the
        statement's business. At most a few thousand rows, please: they are fetched at once."""
        with self._pool.connection() as connection:
            return connection.execute(statement).all()


def _conditions(listing: Listing[Any], filters: Sequence[Filter], visible: Collection[str] | None) -> list[Condition]:
    found = [condition(listing, one) for one in filters]
    if listing.where is not None:
        found.append(listing.where)
    if visible is not None and listing.dag_id is not None:
        seen = among(listing.dag_id, sorted(visible)) if visible else false()
        found.append(or_(seen, listing.dag_id.is_(None)) if listing.is_seen_without_dag else seen)
    return found


def _narrowed(
    connection: Connection,
    listing: Listing[Any],
    conditions: list[Condition],
    number: ColumnElement[Any] | None,
) -> tuple[list[Condition], list[Condition], bool]:
    """Conditions that may be looked up by, those to go through rows in order with, and whether runs are looked up.

    SQLite does not know how many rows a filter lets through, and PostgreSQL not where they lie: where the filters on
    runs leave few runs, their numbers take the filters' place; where they leave many, looking those up and sorting
    their rows would take longer than reading rows until there are enough."""
    if number is None or listing.base is run:
        return conditions, [], False
    of_runs: list[Condition] = []
    others: list[Condition] = []
    for one in conditions:
        (of_runs if statements.tables_in([one]) == {run} else others).append(one)
    if not of_runs:
        return conditions, [], False
    found = connection.execute(select(run.c.id).where(and_(*of_runs)).limit(FEW_RUNS + 1)).scalars().all()
    if len(found) > FEW_RUNS:
        return others, of_runs, False
    if len(found) == 1:
        return [number == found[0], *others], [], True
    return [among(number, found) if found else false(), *others], [], True
