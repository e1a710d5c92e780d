"""The kinds of columns our tables are made of, and the metadata they belong to."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, MetaData, Text, text

metadata = MetaData()

Instant = BigInteger().with_variant(Integer, "sqlite")
"""Microseconds since 1970, UTC."""
Words = Text().with_variant(Text(collation="C"), "postgresql")
"""Compared by its bytes, as SQLite does it."""
RowId = BigInteger().with_variant(Integer, "sqlite")


def row_id() -> Column[int]:
    return Column("id", RowId, primary_key=True)


def of_run(*, key: bool = False) -> Column[int]:
    return Column("run", RowId, ForeignKey("run.id", ondelete="CASCADE"), nullable=False, primary_key=key)


def of_try(*, key: bool = False) -> Column[str]:
    return Column("try_id", Words, ForeignKey("try.try_id", ondelete="CASCADE"), nullable=False, primary_key=key)


def text_of(name: str, *, null: bool = False, key: bool = False) -> Column[str]:
    return Column(name, Words, nullable=null, primary_key=key)


def whole(name: str, *, null: bool = False, key: bool = False) -> Column[int]:
    return Column(name, RowId, nullable=null, primary_key=key)


def at(name: str, *, null: bool = True) -> Column[int]:
    return Column(name, Instant, nullable=null)


def blob(name: str, *, null: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=null)


def empty(name: str) -> Column[str]:
    """A text that is "" unless something is said."""
    return Column(name, Words, nullable=False, server_default=text("''"))


def zero(name: str) -> Column[int]:
    return Column(name, RowId, nullable=False, server_default=text("0"))


def of_asset(*, key: bool = False) -> Column[int]:
    return Column("asset", RowId, ForeignKey("asset.id", ondelete="CASCADE"), nullable=False, primary_key=key)
