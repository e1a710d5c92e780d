"""All that a database holds, as a stream: from one kind of database to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import BinaryIO, Protocol, TypeAlias

Progress: TypeAlias = Callable[[str, int], None]
"""`progress(table, rows)`: so many have been carried so far."""


class Archive(Protocol):
    def export_all(self, into: BinaryIO, progress: Progress) -> Mapping[str, int]:
        """Every row of every table as it is at one instant; secrets stay encrypted. Returns table → rows."""
        ...

    def import_all(self, source: BinaryIO, progress: Progress) -> Mapping[str, int]:
        """All of it in one transaction. Returns table → rows.

        Raises ArchiveError where the file is damaged, of another revision, or the database is not empty."""
        ...
