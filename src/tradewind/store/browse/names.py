"""Patterns for ids of DAGs and tasks, asked of the ids that there are instead of every row: there are hundreds of the
ids, and any number of rows. The ids are found by leaping over an index, so that each costs one look-up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Column, Connection, case, func, select

from tradewind.store.browse.conditions import condition_on
from tradewind.store.browse.listing import Listing
from tradewind.store.browse.query import Filter, Op
from tradewind.store.schema.core import run, task_instance

MOST_NAMES = 2_000
"""Where there are more, every row is asked: the look-ups would cost more than they save."""
LED_BY = (run.c.dag_id, task_instance.c.task_id)
"""Columns that an index begins with."""


def with_names(connection: Connection, listing: Listing[Any], filters: Sequence[Filter]) -> tuple[Filter, ...]:
    """The same filters, said of names where a pattern was asked for."""
    return tuple(named for one in filters for named in _named(connection, listing, one))


def _named(connection: Connection, listing: Listing[Any], asked: Filter) -> list[Filter]:
    """Runs are looked up by the ids of their DAGs. Task ids are said only where none fits, or all do: of some the
    databases know how many rows they have as little as of a pattern."""
    field = listing.by_name.get(asked.field)
    column = next((one for one in LED_BY if field is not None and one is field.column), None)
    if asked.op is not Op.PATTERN or field is None or column is None:
        return [asked]
    names = _names(connection, listing, asked, column)
    if len(names) > MOST_NAMES:
        return [asked]
    fitting = tuple(name for name, fits in names.items() if fits)
    if len(fitting) == len(names) and not listing.may_lack(field):
        return []
    return [replace(asked, op=Op.IN, value=fitting)] if column is run.c.dag_id or not fitting else [asked]


def _names(connection: Connection, listing: Listing[Any], asked: Filter, column: Column[Any]) -> dict[str, bool]:
    """Each value of the column, and whether it fits; at most one more than MOST_NAMES."""
    first = select(func.min(column).label("name")).cte("names", recursive=True)
    next_one = select(func.min(column)).where(column > first.c.name).scalar_subquery()
    names = first.union_all(select(next_one).where(first.c.name.is_not(None)))
    fits = case((condition_on(names.c.name, listing.field(asked.field), asked), 1), else_=0)
    rows = connection.execute(select(names.c.name, fits).limit(MOST_NAMES + 2)).all()
    return {name: bool(is_fit) for name, is_fit in rows if name is not None}
