"""Whether a column's value is among many, and whether a list of texts has some: one parameter each, however many values
there are, so that the statement stays the same (and prepared)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, Float, LargeBinary, Text, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from tradewind.store.sql.coding import encode_json


class Several(TypeDecorator[Any]):
    """Values as one parameter: an array for PostgreSQL, JSON for SQLite."""

    impl = Text
    cache_ok = True

    def __init__(self, of: type[TypeEngine[Any]] = Text) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Any) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(self.of()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        return list(value) if dialect.name == "postgresql" else encode_json(list(value)).decode()


class Asked(FunctionElement[bool]):
    """A condition as it stands: SQLAlchemy would say `… = 1` on SQLite, and then no index is used."""

    inherit_cache = True
    type = Boolean()

    def self_group(self, against: Any = None) -> Any:
        return self


class Among(Asked):
    inherit_cache = True


class NotAmong(Asked):
    inherit_cache = True


class Like(Asked):
    """Whatever the case of ASCII letters; `%` and `_` as in SQL, and no letter that takes that away."""

    inherit_cache = True


class Holds(Asked):
    """Bytes that have these bytes in them."""

    inherit_cache = True


class HasAny(Asked):
    inherit_cache = True


class HasAll(Asked):
    inherit_cache = True


class Gathered(FunctionElement[Any]):
    """The same value, but PostgreSQL finds no index to read rows in its order by: few rows are left, and they are to be
    looked up and sorted. It would take them to be spread evenly, and read half the table where they are not."""

    inherit_cache = True

    def __init__(self, of: ColumnElement[Any]) -> None:
        super().__init__(of)
        self.type = of.type


class AsItIs(FunctionElement[Any]):
    """The same value, but no index is used for it: where the one that would be is the wrong one."""

    inherit_cache = True

    def __init__(self, of: ColumnElement[Any]) -> None:
        super().__init__(of)
        self.type = of.type

    def self_group(self, against: Any = None) -> Any:
        return self


def among(column: ColumnElement[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """`values`: all of one type."""
    return Among(column, bindparam(None, list(values), Several(_TYPES[type(values[0])]), unique=True))


def not_among(column: ColumnElement[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    return NotAmong(column, bindparam(None, list(values), Several(_TYPES[type(values[0])]), unique=True))


def has_any(column: ColumnElement[Any], values: Sequence[str]) -> ColumnElement[bool]:
    return HasAny(column, bindparam(None, list(values), Several(), unique=True))


def has_all(column: ColumnElement[Any], values: Sequence[str]) -> ColumnElement[bool]:
    return HasAll(column, bindparam(None, list(values), Several(), unique=True))


def holds(column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    return Holds(column, bindparam(None, text.encode(), LargeBinary(), unique=True))


def like(column: ColumnElement[Any], pattern: str) -> ColumnElement[bool]:
    return Like(column, bindparam(None, pattern, Text(), unique=True))


_TYPES: dict[type, type[TypeEngine[Any]]] = {str: Text, int: BigInteger, float: Float}


def _parts(element: FunctionElement[bool], compiler: Any, more: Any) -> tuple[str, str]:
    column, values = element.clauses
    return compiler.process(column, **more), compiler.process(values, **more)


@compiles(Among, "sqlite")
def _among_in_sqlite(element: Among, compiler: Any, **more: Any) -> str:
    column, values = _parts(element, compiler, more)
    return f"({column} IN (SELECT value FROM json_each({values})))"


@compiles(Among, "postgresql")
def _among_in_postgres(element: Among, compiler: Any, **more: Any) -> str:
    column, values = _parts(element, compiler, more)
    return f"({column} = ANY ({values}))"


@compiles(NotAmong, "sqlite")
def _not_among_in_sqlite(element: NotAmong, compiler: Any, **more: Any) -> str:
    column, values = _parts(element, compiler, more)
    return f"({column} NOT IN (SELECT value FROM json_each({values})))"


@compiles(NotAmong, "postgresql")
def _not_among_in_postgres(element: NotAmong, compiler: Any, **more: Any) -> str:
    column, values = _parts(element, compiler, more)
    return f"({column} <> ALL ({values}))"


@compiles(Like, "sqlite")
def _like_in_sqlite(element: Like, compiler: Any, **more: Any) -> str:
    column, pattern = _parts(element, compiler, more)
    return f"({column} LIKE {pattern})"


@compiles(Like, "postgresql")
def _like_in_postgres(element: Like, compiler: Any, **more: Any) -> str:
    column, pattern = _parts(element, compiler, more)
    return f"({column} ILIKE {pattern} ESCAPE '')"


@compiles(Holds, "sqlite")
def _holds_in_sqlite(element: Holds, compiler: Any, **more: Any) -> str:
    column, data = _parts(element, compiler, more)
    return f"(instr({column}, {data}) > 0)"


@compiles(Holds, "postgresql")
def _holds_in_postgres(element: Holds, compiler: Any, **more: Any) -> str:
    column, data = _parts(element, compiler, more)
    return f"(position(CAST({data} AS bytea) IN {column}) > 0)"


@compiles(AsItIs, "sqlite")
def _as_it_is_in_sqlite(element: AsItIs, compiler: Any, **more: Any) -> str:
    return f"(+{compiler.process(next(iter(element.clauses)), **more)})"


@compiles(AsItIs, "postgresql")
def _as_it_is_in_postgres(element: AsItIs, compiler: Any, **more: Any) -> str:
    return compiler.process(next(iter(element.clauses)), **more)


@compiles(Gathered, "sqlite")
def _gathered_in_sqlite(element: Gathered, compiler: Any, **more: Any) -> str:
    return compiler.process(next(iter(element.clauses)), **more)


@compiles(Gathered, "postgresql")
def _gathered_in_postgres(element: Gathered, compiler: Any, **more: Any) -> str:
    nothing = "|| ''" if isinstance(element.type, Text) else "+ 0"
    return f"({compiler.process(next(iter(element.clauses)), **more)} {nothing})"


@compiles(HasAny, "sqlite")
def _any_in_sqlite(element: HasAny, compiler: Any, **more: Any) -> str:
    texts, values = _parts(element, compiler, more)
    return f"(EXISTS (SELECT 1 FROM json_each({texts}) h WHERE h.value IN (SELECT value FROM json_each({values}))))"


@compiles(HasAll, "sqlite")
def _all_in_sqlite(element: HasAll, compiler: Any, **more: Any) -> str:
    texts, values = _parts(element, compiler, more)
    missing = f"SELECT 1 FROM json_each({values}) w WHERE w.value NOT IN (SELECT value FROM json_each({texts}))"
    return f"(NOT EXISTS ({missing}))"


@compiles(HasAny, "postgresql")
def _any_in_postgres(element: HasAny, compiler: Any, **more: Any) -> str:
    texts, values = _parts(element, compiler, more)
    return f"jsonb_exists_any({texts}, {values})"


@compiles(HasAll, "postgresql")
def _all_in_postgres(element: HasAll, compiler: Any, **more: Any) -> str:
    texts, values = _parts(element, compiler, more)
    return f"jsonb_exists_all({texts}, {values})"
