"""Whether a column's value is among many, and whether a list of texts has some: one parameter each, however many values
there are, so that the statement stays the same (and prepared)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, Float, Text, bindparam
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


class Among(FunctionElement[bool]):
    inherit_cache = True
    type = Boolean()


class HasAny(Among):
    pass


class HasAll(Among):
    pass


def among(column: ColumnElement[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """`values`: all of one type."""
    return Among(column, bindparam(None, list(values), Several(_TYPES[type(values[0])]), unique=True))


def has_any(column: ColumnElement[Any], values: Sequence[str]) -> ColumnElement[bool]:
    return HasAny(column, bindparam(None, list(values), Several(), unique=True))


def has_all(column: ColumnElement[Any], values: Sequence[str]) -> ColumnElement[bool]:
    return HasAll(column, bindparam(None, list(values), Several(), unique=True))


_TYPES: dict[type, type[TypeEngine[Any]]] = {str: Text, int: BigInteger, float: Float}


def _parts(element: Among, compiler: Any, more: Any) -> tuple[str, str]:
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
