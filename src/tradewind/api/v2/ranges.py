"""What Airflow's lists of runs and of task instances take alike: ranges, patterns, cursors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from tradewind.api.access.rights import Resource
from tradewind.api.call import Call
from tradewind.api.problems import BadRequest, Invalid
from tradewind.api.v2.paging import LAST_OFFSET, MOST_ROWS, Paging
from tradewind.store.browse import Filter, Listing, Op, Page, Query
from tradewind.store.browse.query import RowT

EVERY = "~"
"""Instead of a DAG's or a run's id: any."""
TOTAL_WITH_CURSOR = 1_000_000
"""Airflow's `total_entries_limit`: a total of so many means at least so many."""
MICROSECONDS = 1_000_000
LONGEST_SECONDS = 1e11
_OPS = {"gte": Op.GE, "gt": Op.GT, "lte": Op.LE, "lt": Op.LT}


class Ranges(Paging, frozen=True, kw_only=True):
    run_after_gte: datetime | None = None
    run_after_gt: datetime | None = None
    run_after_lte: datetime | None = None
    run_after_lt: datetime | None = None
    logical_date_gte: datetime | None = None
    logical_date_gt: datetime | None = None
    logical_date_lte: datetime | None = None
    logical_date_lt: datetime | None = None
    start_date_gte: datetime | None = None
    start_date_gt: datetime | None = None
    start_date_lte: datetime | None = None
    start_date_lt: datetime | None = None
    end_date_gte: datetime | None = None
    end_date_gt: datetime | None = None
    end_date_lte: datetime | None = None
    end_date_lt: datetime | None = None
    updated_at_gte: datetime | None = None
    updated_at_gt: datetime | None = None
    updated_at_lte: datetime | None = None
    updated_at_lt: datetime | None = None
    duration_gte: float | None = None
    """Seconds, as the next three."""
    duration_gt: float | None = None
    duration_lte: float | None = None
    duration_lt: float | None = None


RANGES = {
    "run_after": "run_after",
    "logical_date": "logical_date",
    "start_date": "started_at",
    "end_date": "ended_at",
    "updated_at": "updated_at",
    "duration": "duration",
}
"""Airflow's name → the listing's."""


def in_ranges(query: Any, ranges: Mapping[str, str] = RANGES) -> list[Filter]:
    """Of a query or a body. An instant without a zone is one of UTC, as in Airflow.

    Raises Invalid."""
    found: list[Filter] = []
    for name, field in ranges.items():
        for suffix, op in _OPS.items():
            value = getattr(query, f"{name}_{suffix}", None)
            if value is not None:
                found.append(Filter(field, op, _value(value)))
    return found


def _value(value: datetime | float) -> datetime | int:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if not -LONGEST_SECONDS < value < LONGEST_SECONDS:
        raise Invalid("a duration is a number of seconds")
    return round(value * MICROSECONDS)


def matching(query: Any, fields: Mapping[str, str]) -> list[Filter]:
    """`…_pattern` and `…_prefix_pattern` of these names; `~` is anything."""
    found: list[Filter] = []
    for name, field in fields.items():
        for suffix, op in (("pattern", Op.PATTERN), ("prefix_pattern", Op.PREFIX)):
            value = getattr(query, f"{name}_{suffix}", None)
            if value is not None and value != EVERY:
                found.append(Filter(field, op, value))
    return found


def one_of(field: str, values: Iterable[Any]) -> list[Filter]:
    """Nothing where nothing is asked for."""
    asked = tuple(values)
    return [Filter(field, Op.IN, asked)] if asked else []


def among(name: str, values: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """A misspelt state would let nothing through, which looks like an answer. Raises Invalid."""
    asked, words = tuple(values), tuple(known)
    if wrong := [value for value in asked if value not in words]:
        raise Invalid(f"{wrong[0][:80]!r} is no value of {name}", hint=f"one of {', '.join(words)}")
    return asked


def named(field: str, value: str) -> list[Filter]:
    """A DAG's or a run's id in a path; `~` is any."""
    return [] if value == EVERY else [Filter(field, Op.EQ, value)]


def listed(
    call: Call[Any, Any],
    listing: Listing[RowT],
    filters: Iterable[Filter],
    order: tuple[str, ...],
    resource: Resource,
    *,
    limit: int,
    offset: int,
    cursor: str | None = None,
) -> Page[RowT]:
    """`cursor=""`: the first page of those that cursors lead through."""
    query = Query(
        tuple(filters), order, min(limit, MOST_ROWS), min(offset, LAST_OFFSET) if cursor is None else 0, cursor
    )
    return call.browser.page(listing, query, call.visible(resource))


def order_of(order_by: Iterable[str], names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Airflow's names → the listing's, one or several for each. Raises BadRequest."""
    found: list[str] = []
    for one in order_by:
        sign, name = ("-", one[1:]) if one.startswith("-") else ("", one)
        if name not in names:
            raise BadRequest(
                f"this list cannot be ordered by {name[:80]!r}", hint=f"order_by is one of {', '.join(sorted(names))}"
            )
        found += [sign + field for field in names[name]]
    return tuple(found)
