"""What can be listed: a row type, where its values come from, and what may be filtered and sorted by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, Generic

from sqlalchemy import Column, ColumnElement, Table, case

from tradewind.store.browse.query import RowT, UnknownFieldError
from tradewind.store.sql.coding import decode_json, from_micros, plain_data


class Kind(StrEnum):
    TEXT = "text"
    WHOLE = "whole"
    REAL = "real"
    INSTANT = "instant"
    """Microseconds in the table, a datetime in the row."""
    FLAG = "flag"
    """0 and 1 in the table, a bool in the row."""
    TEXTS = "texts"
    """A JSON list of texts: for HAS_ANY and HAS_ALL, or shown as a tuple."""
    PLAIN = "plain"
    """msgpack, shown as what it holds; filtered by HOLDS alone."""
    JSON = "json"


@dataclass(frozen=True, eq=False)
class Partial:
    """An index that holds some values of a field only. It is used where its own condition is said besides."""

    covers: Callable[[Any], bool]
    condition: ColumnElement[bool]


@dataclass(frozen=True, eq=False)
class Field:
    name: str
    column: ColumnElement[Any]
    kind: Kind = Kind.TEXT
    is_filter: bool = True
    is_sort: bool = True
    partial: Partial | None = None
    has_value_only_if: ColumnElement[bool] | None = None
    """Condition of the partial index that the field is sorted by."""
    read: Callable[[Any], Any] | None = None
    """How a value of the table becomes one of the row, where the kind does not say."""


@dataclass(frozen=True, eq=False)
class Joined:
    """A table of which there is one row for each row of the list, or none (then `may_lack`)."""

    table: Table
    on: ColumnElement[bool]
    may_lack: bool = False
    is_costly: bool = False
    """To look up a row of it for each row of the list takes long: totals are exact up to fewer rows then."""


@dataclass(frozen=True, eq=False)
class Listing(Generic[RowT]):
    name: str
    row: type[RowT]
    """Its fields, by name, are those of `fields` that are shown."""
    base: Table
    """Each of its rows is a row of the list; the fields of `key` are its own."""
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    """Fields that no two rows share: every order ends with them, so that pages never overlap."""
    order: tuple[str, ...]
    """Where no other is asked for."""
    dag_id: ColumnElement[Any] | None = None
    """The DAG a row belongs to: what callers may see is decided by it. None: rows of no DAG."""
    is_seen_without_dag: bool = False
    """Whether rows whose `dag_id` is null are for everybody; else they are for those who may see every DAG."""
    run: ColumnElement[Any] | None = None
    """Number of the row's run (`run.id`), where rows belong to one and `run` is joined."""
    joins: tuple[Joined, ...] = ()
    """What else is known of a row. A table that a question does not touch is left out of the work on many rows."""
    where: ColumnElement[bool] | None = None
    """What all its rows have in common."""

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def shown(self) -> tuple[Field, ...]:
        """In the order of the row's fields."""
        return tuple(self.by_name[name] for name in self.row.__struct_fields__)

    def may_lack(self, field: Field) -> bool:
        """Whether a row may have no value of it: its column may be null, or the whole row of its table missing."""
        column = field.column
        if not isinstance(column, Column) or column.nullable:
            return True
        return any(joined.may_lack and joined.table is column.table for joined in self.joins)

    def field(self, name: str) -> Field:
        """Raises UnknownFieldError."""
        try:
            return self.by_name[name]
        except KeyError:
            raise UnknownFieldError(
                f"{self.name} have no field {name!r}", hint=f"there are {', '.join(sorted(self.by_name))}"
            ) from None

    @cached_property
    def _readers(self) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
        readers = ((place, field.read or READERS.get(field.kind)) for place, field in enumerate(self.shown))
        return tuple((place, reader) for place, reader in readers if reader is not None)

    def made(self, values: Any) -> RowT:
        """A row of the table, its columns those of `shown`, as one of ours."""
        found = list(values)
        for place, read in self._readers:
            found[place] = read(found[place])
        return self.row(*found[: len(self.shown)])


def _instant(value: int | None) -> datetime | None:
    return from_micros(value)


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _texts(value: bytes | str | None) -> tuple[str, ...]:
    return () if value is None else tuple(decode_json(value))


def _json(value: bytes | str | None) -> Any:
    return None if value is None else decode_json(value)


READERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.INSTANT: _instant,
    Kind.FLAG: _flag,
    Kind.TEXTS: _texts,
    Kind.PLAIN: plain_data,
    Kind.JSON: _json,
}


def flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """A condition as 0 or 1, on both databases."""
    return case((condition, 1), else_=0)


def fields_of(*columns: Column[Any], **named: Column[Any]) -> tuple[Field, ...]:
    """A field for each column, its kind from the column's type; keywords give another name than the column's."""
    pairs = [*((f"{column.key}", column) for column in columns), *named.items()]
    return tuple(_field(name, column) for name, column in pairs)


def _field(name: str, column: Column[Any]) -> Field:
    kind = _kind_of(name, column)
    return Field(name, column, kind, is_sort=kind is not Kind.PLAIN)


def _kind_of(name: str, column: Column[Any]) -> Kind:
    kinds = {"LargeBinary": Kind.PLAIN, "Text": Kind.TEXT, "Float": Kind.REAL}
    if (kind := kinds.get(type(column.type).__name__)) is not None:
        return kind
    if name.startswith(("is_", "has_")) or name in _FLAGS:
        return Kind.FLAG
    return Kind.INSTANT if name in _INSTANTS or name.endswith(_INSTANT_ENDS) else Kind.WHOLE


_FLAGS = {"multiple", "include_deferred", "on_latest_version"}
_INSTANTS = {"at", "logical_date", "run_after", "from_date", "to_date", "respond_by", "lease_until"}
_INSTANT_ENDS = ("_at", "_date", "_start", "_end", "_after", "_until", "_since")
