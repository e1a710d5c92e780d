"""Composed reads for lists: any listing, filtered, sorted and cut into pages in SQL, for many threads at once.

`listings` has the tables of what can be listed; a `Browser` answers a `Query` about one of them with a `Page`."""

from tradewind.store.browse.browser import Browser
from tradewind.store.browse.listing import Field, Kind, Listing
from tradewind.store.browse.query import (
    BadCursorError,
    BadFilterError,
    Filter,
    Op,
    Page,
    Query,
    QueryError,
    UnknownFieldError,
)

__all__ = [
    "BadCursorError",
    "BadFilterError",
    "Browser",
    "Field",
    "Filter",
    "Kind",
    "Listing",
    "Op",
    "Page",
    "Query",
    "QueryError",
    "UnknownFieldError",
]
