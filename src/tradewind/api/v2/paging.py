"""`limit`, `offset` and `order_by` as Airflow's lists take them, for lists of the store and for short ones at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, TypeVar

from msgspec import Meta, Struct

from tradewind.api.access.rights import Action, Resource
from tradewind.api.call import Call
from tradewind.api.problems import BadRequest
from tradewind.store.browse import Filter, Listing, Op, Page, Query

RowT = TypeVar("RowT", bound=Struct)
T = TypeVar("T")
MOST_ROWS = 100
"""On a page; whoever asks for more gets so many, as in Airflow."""
LAST_OFFSET = 1 << 40


class Paging(Struct, frozen=True, kw_only=True):
    limit: Annotated[int, Meta(ge=0)] = 50
    """Rows on a page; at most 100."""
    offset: Annotated[int, Meta(ge=0)] = 0
    """Rows to pass over."""


class Ordered(Paging, frozen=True, kw_only=True):
    order_by: tuple[str, ...] = ()
    """Attributes to sort by; `-` before one: the greatest first."""


def page_of(
    call: Call[Any, Any],
    listing: Listing[RowT],
    filters: Iterable[Filter | None],
    names: Mapping[str, str],
    resource: Resource | None = None,
) -> Page[RowT]:
    """The page that the query asks for. `names`: what may be sorted by, Airflow's name → the listing's. `resource`:
    which right makes a row visible, where rows belong to DAGs."""
    query = call.query
    order = _order(getattr(query, "order_by", ()), names)
    cursor = getattr(query, "cursor", None)
    wanted = Query(
        tuple(one for one in filters if one is not None),
        order,
        min(query.limit, MOST_ROWS),
        min(query.offset, LAST_OFFSET) if cursor is None else 0,
        cursor,
    )
    visible = call.visible(resource, Action.READ) if resource is not None else None
    return call.browser.page(listing, wanted, visible)


def cursors(page: Page[Any], asked: str | None) -> tuple[str | None, str | None]:
    """Of the pages after and before this one, where they were asked for."""
    return (None, None) if asked is None else (page.next, page.previous)


def cut(call: Call[Any, Any], rows: Sequence[T], names: Mapping[str, str]) -> list[T]:
    """The same of a few rows at hand."""
    query = call.query
    found = list(rows)
    for field in reversed(_order(getattr(query, "order_by", ()), names)):
        name = field.removeprefix("-")
        having = [row for row in found if getattr(row, name) is not None]
        lacking = [row for row in found if getattr(row, name) is None]
        having.sort(key=lambda row, name=name: getattr(row, name), reverse=field.startswith("-"))
        found = having + lacking
    return found[query.offset :][: min(query.limit, MOST_ROWS)]


def pattern(field: str, value: str | None) -> Filter | None:
    return None if value is None else Filter(field, Op.PATTERN, value)


def prefix(field: str, value: str | None) -> Filter | None:
    return None if value is None else Filter(field, Op.PREFIX, value)


def equal(field: str, value: object) -> Filter | None:
    return None if value is None else Filter(field, Op.EQ, value)


def bounds(field: str, gte: object, gt: object, lte: object, lt: object) -> list[Filter | None]:
    """Airflow's `…_gte`, `…_gt`, `…_lte`, `…_lt`."""
    pairs = ((Op.GE, gte), (Op.GT, gt), (Op.LE, lte), (Op.LT, lt))
    return [None if value is None else Filter(field, op, value) for op, value in pairs]


def fits(text: str, pattern_: str | None, prefix_: str | None) -> bool:
    """What `pattern` and `prefix` let through, of a text at hand."""
    if pattern_ is not None and not any(_is_like(text, one) for one in pattern_.split("|")):
        return False
    return prefix_ is None or any(text.startswith(one) for one in prefix_.split("|"))


def _is_like(text: str, wanted: str) -> bool:
    expression = "".join(".*" if one == "%" else "." if one == "_" else re.escape(one) for one in wanted)
    return re.search(expression, text, re.IGNORECASE | re.DOTALL) is not None


def _order(order_by: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    found: list[str] = []
    for one in order_by:
        sign, name = ("-", one[1:]) if one.startswith("-") else ("", one)
        if name not in names:
            raise BadRequest(
                f"this list cannot be ordered by {name!r}", hint=f"order_by is one of {', '.join(sorted(names))}"
            )
        found.append(sign + names[name])
    return tuple(found)
