"""A column of a frame, as profiles and drift see it."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias

ColumnKind: TypeAlias = Literal["number", "time", "category", "nested", "empty"]


class Read(NamedTuple):
    """What is read of a column."""

    dtype: str
    kind: ColumnKind
    """`empty`: every value is missing, and the type does not say what they would be."""
    values: Any
    """Without the missing ones: float64 of numbers and instants (seconds since 1970), a list of texts of categories,
    None of nested ones."""
    present: int
    rows: int
    """With the missing ones."""


class Column(NamedTuple):
    name: str
    read: Read

    @property
    def kind(self) -> ColumnKind:
        return self.read.kind

    @property
    def values(self) -> Any:
        return self.read.values

    @property
    def rows(self) -> int:
        return self.read.rows

    @property
    def nulls(self) -> int:
        return self.read.rows - self.read.present
