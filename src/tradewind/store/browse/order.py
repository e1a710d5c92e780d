"""In which order rows come, and what comes after one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, false, or_, true

from tradewind.store.browse.among import Gathered
from tradewind.store.browse.listing import Field, Kind, Listing
from tradewind.store.browse.query import BadCursorError, UnknownFieldError
from tradewind.store.schema.core import run


@dataclass(frozen=True)
class Term:
    """`name` or `-name`. What has no value comes last either way; first where the whole order is turned round."""

    field: Field
    is_descending: bool
    may_lack: bool
    """There may be rows without a value."""
    is_turned: bool = False
    is_gathered: bool = False
    """Its index is not to be used; see `among.Gathered`."""

    @property
    def text(self) -> str:
        return f"-{self.field.name}" if self.is_descending else self.field.name

    @property
    def turned(self) -> Term:
        return replace(self, is_turned=not self.is_turned)

    @property
    def falls(self) -> bool:
        return self.is_descending != self.is_turned


Order = tuple[Term, ...]


@dataclass(frozen=True)
class Stretch:
    """Rows that one statement reads on one index: those with a value of the first term, or those without."""

    condition: ColumnElement[bool]
    order: tuple[ColumnElement[Any], ...]


def order_of(listing: Listing[Any], asked: Sequence[str]) -> Order:
    """By what is asked for and then by the key, in the direction of the first: an index may serve them both.

    Raises UnknownFieldError."""
    found: dict[str, Term] = {}
    for text in asked or listing.order:
        field = listing.field(text.removeprefix("-"))
        if not field.is_sort:
            raise UnknownFieldError(f"{listing.name} cannot be sorted by {field.name!r}", hint="see the documentation")
        found.setdefault(field.name, Term(field, text.startswith("-"), listing.may_lack(field)))
    falls = next(iter(found.values())).is_descending
    for name in listing.key:
        found.setdefault(name, Term(listing.field(name), falls, may_lack=False))
    order = tuple(found.values())
    return tuple(map(_by_the_run, order)) if is_led_by_run(listing, order) else order


def is_led_by_run(listing: Listing[Any], order: Order) -> bool:
    """Rows of runs in an order of the runs: then runs are gone through, and the rows of each looked up."""
    lead = order[0].field.column
    return listing.base is not run and listing.run is not None and isinstance(lead, Column) and lead.table is run


def _by_the_run(term: Term) -> Term:
    """A run's number as `run` has it, so that going through runs in order is seen to give the whole order."""
    field = term.field
    return replace(term, field=Field(field.name, run.c.id, field.kind)) if field.name == "run_number" else term


def stretches(order: Order, values: Sequence[Any] | None) -> list[Stretch]:
    """One after another they are the rows in order; those after the row that has these values, where some are given."""
    first = order[0]
    if not first.may_lack:
        return [Stretch(_after(order, values) if values else true(), _by(order))]
    column = first.field.column
    present = first.field.has_value_only_if
    has_value = column.is_not(None) if present is None else and_(column.is_not(None), present)
    with_value = Stretch(has_value, (_way(first), *_by(order[1:])))
    without = Stretch(column.is_(None), _by(order[1:]))
    both = [without, with_value] if first.is_turned else [with_value, without]
    if values is None:
        return both
    here = both.index(without if values[0] is None else with_value)
    rest = _after(order, values)
    begun = Stretch(and_(both[here].condition, rest), both[here].order)
    return [begun, *both[here + 1 :]]


def check_values(order: Order, values: Sequence[Any]) -> None:
    """Raises BadCursorError: somebody has made a cursor up."""
    for term, value in zip(order, values, strict=True):
        kinds = _TYPES.get(term.field.kind, (int,))
        if value is None and term.may_lack:
            continue
        if not isinstance(value, kinds) or (isinstance(value, int) and not -(1 << 63) <= value < 1 << 63):
            raise BadCursorError("the cursor is damaged", hint="begin again without one")


_TYPES: dict[Kind, tuple[type, ...]] = {Kind.TEXT: (str,), Kind.REAL: (float, int)}


def _by(order: Order) -> tuple[ColumnElement[Any], ...]:
    return tuple(_by_one(term) for term in order)


def _by_one(term: Term) -> ColumnElement[Any]:
    if not term.may_lack:
        return _way(term)
    return _way(term).nulls_first() if term.is_turned else _way(term).nulls_last()


def _way(term: Term) -> Any:
    column: Any = Gathered(term.field.column) if term.is_gathered else term.field.column
    return column.desc() if term.falls else column.asc()


def gathered(order: Order, run_number: ColumnElement[Any]) -> Order:
    """Of rows that are looked up by their runs. By the number of the run they come in order anyway."""
    first = order[0]
    return order if first.field.column is run_number else (replace(first, is_gathered=True), *order[1:])


def _after(order: Order, values: Sequence[Any]) -> ColumnElement[bool]:
    """Of the first term only the rows with the value's like (with one, or without) are meant; see `stretches`."""
    term, value = order[0], values[0]
    rest = _after_any(order[1:], values[1:])
    column = term.field.column
    if value is None:
        return rest
    bound = column <= value if term.falls else column >= value  # says nothing new, but an index can use it
    return and_(bound, or_(_beyond(term, value), and_(column == value, rest)))


def _after_any(order: Order, values: Sequence[Any]) -> ColumnElement[bool]:
    if not order:
        return false()
    term, value = order[0], values[0]
    rest = _after_any(order[1:], values[1:])
    column = term.field.column
    if value is None:
        later = column.is_not(None) if term.is_turned else false()
        return or_(later, and_(column.is_(None), rest))
    later = _beyond(term, value)
    if term.may_lack and not term.is_turned:
        later = or_(later, column.is_(None))
    return or_(later, and_(column == value, rest))


def _beyond(term: Term, value: Any) -> ColumnElement[bool]:
    column = term.field.column
    return column < value if term.falls else column > value
