"""What a driver has to offer: `sqlite3.Connection` does as it is, psycopg through a thin adapter.

Statements are written once, in SQL that both know, with `?` or `?1` for values.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any, Protocol, runtime_checkable


class Cursor(Protocol):
    @property
    def rowcount(self) -> int: ...

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Cursor: ...

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> object: ...


@runtime_checkable
class Pipelining(Protocol):
    """A connection that can send many statements before it reads the first answer."""

    def pipeline(self) -> AbstractContextManager[None]: ...

    def sync(self) -> None:
        """From here on the answers to all that was sent are there."""
        ...


class Database(ABC):
    """One connection, and the ways to use it."""

    @abstractmethod
    def close(self) -> None: ...

    def now(self) -> datetime:
        """The clock that all who share this database go by: here, that of the only host."""
        return datetime.now(UTC)

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]:
        """A transaction: all or nothing. What is read inside stays true until the commit."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def _reading_at_once(self) -> AbstractContextManager[Connection]:
        """One consistent view over several selects."""

    @abstractmethod
    def revision(self) -> str:
        """Revision of the schema."""

    @abstractmethod
    def _damage(self) -> list[str]:
        """What is wrong with the database itself, a sentence each."""
