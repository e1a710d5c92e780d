"""What may be asked of a listing, and what comes back."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Generic, TypeVar

from msgspec import Struct

from tradewind.model.errors import TradewindError

RowT = TypeVar("RowT", bound=Struct)
MOST_ROWS = 1000
"""On one page."""


class Op(StrEnum):
    EQ = "eq"
    NE = "ne"
    """Also true of what has no value."""
    IN = "in"
    """A value of a sequence; None among them is what has no value."""
    NOT_IN = "not_in"
    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"
    PATTERN = "pattern"
    """Airflow's `*_pattern`: whatever the case, `%` is any text and `_` any letter, wherever in the value it occurs;
    `a|b` is either."""
    PREFIX = "prefix"
    """Begins with this text, as it is; `a|b` is either."""
    IS_NULL = "is_null"
    """With the value False: has a value."""
    HAS_ANY = "has_any"
    """Of a list (tags, owners): it has one of these."""
    HAS_ALL = "has_all"
    HOLDS = "holds"
    """Of plain data: this text is in it somewhere, as a key or as a value."""


class Filter(Struct, frozen=True):
    """`value`: of the field's own type (an instant is an aware datetime, a flag a bool); for IN and HAS a sequence."""

    field: str
    op: Op
    value: Any = True


class Query(Struct, frozen=True):
    """All filters have to hold. Pages by `cursor` stay right while rows come and go; those by `offset` need not."""

    filters: tuple[Filter, ...] = ()
    order_by: tuple[str, ...] = ()
    """Fields, `-field` for the greatest first; what has no value comes last either way. Empty: the listing's own."""
    limit: int = 50
    offset: int = 0
    """Left out where there is a cursor."""
    cursor: str | None = None
    """A page's `next` or `previous`, with the same filters and order."""
    with_total: bool = True


class Page(Struct, Generic[RowT], frozen=True):
    rows: tuple[RowT, ...]
    total: int | None = None
    """Of all rows that the filters let through; None where it was not asked for."""
    is_total_exact: bool = True
    """False: there are more than anybody wants counted (see `Browser`), and this is an estimate."""
    next: str | None = None
    """Cursor of the page after this one; None where there is none."""
    previous: str | None = None


class QueryError(TradewindError):
    """A list cannot be filtered, sorted or cut as was asked."""


class UnknownFieldError(QueryError):
    """The listing has no such field, or none that can be filtered or sorted by."""


class BadFilterError(QueryError):
    """The operation, or its value, does not fit the field."""


class BadCursorError(QueryError):
    """The cursor is damaged, or of another list or order."""
