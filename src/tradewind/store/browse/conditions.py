"""From a filter to a condition in SQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, false, or_

from tradewind.store.browse.among import among, has_all, has_any, holds, like, not_among
from tradewind.store.browse.listing import Field, Kind, Listing
from tradewind.store.browse.query import BadFilterError, Filter, Op, UnknownFieldError
from tradewind.store.sql.coding import to_micros

LAST_LETTER = "\U0010ffff"
_MOST_WHOLE = 1 << 63


def condition(listing: Listing[Any], asked: Filter) -> ColumnElement[bool]:
    """Raises UnknownFieldError, BadFilterError."""
    field = listing.field(asked.field)
    if not field.is_filter:
        raise UnknownFieldError(f"{listing.name} cannot be filtered by {field.name!r}", hint="see the documentation")
    if asked.op not in _OF_KIND.get(field.kind, _OF_OTHERS):
        raise BadFilterError(f"{field.name!r} has no operation {asked.op.value!r}", hint="see the documentation")
    return _OPERATIONS[asked.op](field, asked.value)


def condition_on(column: ColumnElement[Any], field: Field, asked: Filter) -> ColumnElement[bool]:
    """The same of another column that has such values. Raises BadFilterError."""
    return _OPERATIONS[asked.op](replace(field, column=column), asked.value)


# ------------------------------------------------------------------------------------------ values


def _value(field: Field, value: Any) -> Any:
    """As the table has it. Raises BadFilterError where it is not of the field's kind."""
    match field.kind, value:
        case Kind.TEXT, str():
            return _text(field, value)
        case Kind.WHOLE, int() if not isinstance(value, bool) and -_MOST_WHOLE <= value < _MOST_WHOLE:
            return value
        case Kind.REAL, int() | float() if not isinstance(value, bool):
            return float(value)
        case Kind.INSTANT, datetime() if value.tzinfo is not None:
            return to_micros(value)
        case Kind.FLAG, bool():
            return int(value)
        case _:
            raise BadFilterError(f"{value!r} is no value of {field.name!r}", hint=f"give {_WORDS[field.kind]}")


_WORDS = {
    Kind.TEXT: "a text",
    Kind.WHOLE: "a whole number",
    Kind.REAL: "a number",
    Kind.INSTANT: "an instant with its time zone",
    Kind.FLAG: "true or false",
    Kind.TEXTS: "texts",
    Kind.PLAIN: "nothing",
    Kind.JSON: "nothing",
}


def _text(field: Field, value: Any) -> str:
    """Null characters are kept as in `store.postgres.connection`; SQLite has none in names either."""
    if not isinstance(value, str):
        raise BadFilterError(f"{value!r} is no text for {field.name!r}", hint="give a text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadFilterError(f"the text for {field.name!r} is not Unicode", hint="half a character is in it") from None
    return value.replace("\0", "\\0")


def _values(field: Field, values: Any) -> list[Any]:
    if isinstance(values, str | bytes) or not isinstance(values, Sequence | frozenset | set):
        raise BadFilterError(f"{field.name!r} is to be one of several values", hint="give a list")
    return list(cast("Sequence[Any]", values))


# ------------------------------------------------------------------------------------------ operations


def _compare(operator: str) -> Callable[[Field, Any], ColumnElement[bool]]:
    return lambda field, value: getattr(field.column, operator)(_value(field, value))


def _eq(field: Field, value: Any) -> ColumnElement[bool]:
    if value is None:
        return field.column.is_(None)
    return _with_index(field, [value], field.column == _value(field, value))


def _ne(field: Field, value: Any) -> ColumnElement[bool]:
    if value is None:
        return field.column.is_not(None)
    differs = field.column != _value(field, value)
    return or_(differs, field.column.is_(None))


def _in(field: Field, values: Any) -> ColumnElement[bool]:
    asked = _values(field, values)
    found: list[ColumnElement[bool]] = []
    if some := [_value(field, value) for value in asked if value is not None]:
        equal = field.column == some[0] if len(some) == 1 else among(field.column, some)
        found.append(_with_index(field, some, equal))
    if None in asked:
        found.append(field.column.is_(None))
    return or_(*found) if found else false()


def _not_in(field: Field, values: Any) -> ColumnElement[bool]:
    asked = _values(field, values)
    some = [_value(field, value) for value in asked if value is not None]
    differs = not_among(field.column, some) if some else None
    if None in asked:
        return field.column.is_not(None) if differs is None else and_(field.column.is_not(None), differs)
    return ~false() if differs is None else or_(differs, field.column.is_(None))


def _with_index(field: Field, values: Sequence[Any], equal: ColumnElement[bool]) -> ColumnElement[bool]:
    partial = field.partial
    return and_(equal, partial.condition) if partial and all(map(partial.covers, values)) else equal


def _pattern(field: Field, value: Any) -> ColumnElement[bool]:
    parts = _alternatives(field, value)
    return or_(*(like(field.column, f"%{part}%") for part in parts))


def _prefix(field: Field, value: Any) -> ColumnElement[bool]:
    """Texts are compared by their bytes, so that an index finds them."""
    parts = _alternatives(field, value)
    return or_(*(and_(field.column >= part, field.column < part + LAST_LETTER) for part in parts))


def _alternatives(field: Field, value: Any) -> list[str]:
    if field.kind is not Kind.TEXT:
        raise BadFilterError(f"{field.name!r} is no text", hint="compare it with a value")
    return [part.strip() for part in _text(field, value).split("|") if part.strip()] or [""]


def _is_null(field: Field, value: Any) -> ColumnElement[bool]:
    return field.column.is_(None) if value else field.column.is_not(None)


def _has_any(field: Field, values: Any) -> ColumnElement[bool]:
    return has_any(field.column, [_text(field, value) for value in _values(field, values)])


def _has_all(field: Field, values: Any) -> ColumnElement[bool]:
    return has_all(field.column, [_text(field, value) for value in _values(field, values)])


def _holds(field: Field, value: Any) -> ColumnElement[bool]:
    return holds(field.column, _text(field, value))


_OF_KIND = {Kind.TEXTS: {Op.HAS_ANY, Op.HAS_ALL}, Kind.PLAIN: {Op.HOLDS}}
_OF_OTHERS = set(Op) - {Op.HAS_ANY, Op.HAS_ALL, Op.HOLDS}
_OPERATIONS: dict[Op, Callable[[Field, Any], ColumnElement[bool]]] = {
    Op.EQ: _eq,
    Op.NE: _ne,
    Op.IN: _in,
    Op.NOT_IN: _not_in,
    Op.GE: _compare("__ge__"),
    Op.GT: _compare("__gt__"),
    Op.LE: _compare("__le__"),
    Op.LT: _compare("__lt__"),
    Op.PATTERN: _pattern,
    Op.PREFIX: _prefix,
    Op.IS_NULL: _is_null,
    Op.HAS_ANY: _has_any,
    Op.HAS_ALL: _has_all,
    Op.HOLDS: _holds,
}
