"""What a DAG's summary (JSON text in a column of bytes) says, as columns that both databases can filter by."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from tradewind.store.schema.core import dag


class OfSummary(FunctionElement[str]):
    """One text."""

    inherit_cache = True
    type = Text()


class TextsOfSummary(FunctionElement[str]):
    """A list of texts, as JSON."""

    inherit_cache = True
    type = Text()


# The name is part of the text of the statement, not a parameter: statements are kept by their text.


def of_summary(name: str) -> ColumnElement[Any]:
    return OfSummary(dag.c.summary, literal_column(name))


def texts_of_summary(name: str) -> ColumnElement[Any]:
    return TextsOfSummary(dag.c.summary, literal_column(name))


@compiles(OfSummary, "sqlite")
@compiles(TextsOfSummary, "sqlite")
def _in_sqlite(element: FunctionElement[str], compiler: Any, **more: Any) -> str:
    column, name = element.clauses
    return f"json_extract(CAST({compiler.process(column, **more)} AS TEXT), '$.{name.name}')"  # pyright: ignore


@compiles(OfSummary, "postgresql")
def _text_in_postgres(element: FunctionElement[str], compiler: Any, **more: Any) -> str:
    column, name = element.clauses
    return f"({_as_json(compiler.process(column, **more))} ->> '{name.name}') COLLATE \"C\""  # pyright: ignore


@compiles(TextsOfSummary, "postgresql")
def _texts_in_postgres(element: FunctionElement[str], compiler: Any, **more: Any) -> str:
    column, name = element.clauses
    return f"({_as_json(compiler.process(column, **more))} -> '{name.name}')"  # pyright: ignore


def _as_json(column: str) -> str:
    """PostgreSQL's JSON knows no null characters: one of them in a description would have the whole list fail."""
    return f"CAST(replace(convert_from({column}, 'UTF8'), '\\u0000', '\\ufffd') AS jsonb)"
