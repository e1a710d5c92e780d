"""Validating a frame, and pandera's list of failures as ours: which rows are bad, and what is wrong, with examples."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple, cast

from tradewind.authoring.secrets import redact
from tradewind.model.entries import CheckFailure

EXAMPLES = 5
LONGEST_EXAMPLE = 60
MASK = "***"


class Examined(NamedTuple):
    frame: Any
    """As the schema left it (coerced, with defaults) where it passed, else as it was."""
    failures: tuple[CheckFailure, ...]
    bad_rows: frozenset[int]
    """Places of the rows that fail a check of rows."""
    whole: tuple[str, ...]
    """What fails of the data as a whole (a missing column, a wrong type): no row is to blame."""

    @property
    def passed(self) -> bool:
        return not self.failures


def examine(container: Any, frame: Any, *, hidden_columns: Collection[str] = ()) -> Examined:
    """`hidden_columns`: no examples of what is in them."""
    from pandera.errors import SchemaErrors  # imported already, by whoever wrote the schema

    is_pandas = hasattr(frame, "iloc")
    keeps_index = is_pandas and getattr(container, "index", None) is not None
    # Failures name rows by their label, and labels may be there twice: without them a row's name is its place.
    looked_at = frame.reset_index(drop=True) if is_pandas and not keeps_index else frame
    try:
        checked = container.validate(looked_at, lazy=True)
    except SchemaErrors as error:
        found = list(_cases(cast("Any", error).failure_cases))
        rows = _places(frame, found) if keeps_index else frozenset(row for _, _, _, row in found if row is not None)
        whole = tuple(dict.fromkeys(_sentence(case) for case in found if case[3] is None))
        return Examined(frame, tuple(_grouped(found, set(hidden_columns))), rows, whole)
    if is_pandas and not keeps_index and len(checked) == len(frame):
        checked.index = frame.index
    return Examined(checked, (), frozenset(), ())


def _cases(table: Any) -> Iterator[tuple[str, str, Any, Any]]:
    """(column, check, what failed, its row or None)."""
    columns = {name: _list(table[name]) for name in ("column", "check", "failure_case", "index")}
    for column, check, case, row in zip(*columns.values(), strict=True):
        yield _text(column), _text(check), case, None if _is_missing(row) else _row(row)


def _list(column: Any) -> list[Any]:
    return column.to_list()


def _row(row: Any) -> Any:
    return int(row) if isinstance(row, float) or hasattr(row, "__index__") else row


def _places(frame: Any, found: list[tuple[str, str, Any, Any]]) -> frozenset[int]:
    """Where the schema checks the index itself, labels stay: every row with such a label is bad."""
    labels = [row for _, _, _, row in found if row is not None]
    return frozenset(int(place) for place in frame.index.isin(labels).nonzero()[0])


def _grouped(found: list[tuple[str, str, Any, Any]], hidden: set[str]) -> Iterator[CheckFailure]:
    groups: dict[tuple[str, str], list[tuple[Any, Any]]] = {}
    for column, check, case, row in found:
        groups.setdefault((column, check), []).append((case, row))
    for (column, check), cases in groups.items():
        rows = {row for _, row in cases if row is not None}
        examples = dict.fromkeys(_example(case, column, hidden) for case, _ in cases[: EXAMPLES * 20])
        yield CheckFailure(column, check, len(rows), tuple(examples)[:EXAMPLES])


def _example(case: Any, column: str, hidden: set[str]) -> str:
    if column in hidden:
        return MASK
    shown = str(redact({column or "value": str(case)})[column or "value"])
    return shown if len(shown) <= LONGEST_EXAMPLE else shown[: LONGEST_EXAMPLE - 1] + "…"


def _sentence(case: tuple[str, str, Any, Any]) -> str:
    column, check, what, _ = case
    if check == "column_in_dataframe":
        return f"column {what!r} is missing"
    if check == "column_in_schema":
        return f"column {what!r} is not in the schema"
    return f"{f'column {column!r}' if column else 'the data'} fails {check} ({redact(str(what))[:LONGEST_EXAMPLE]})"


def _text(value: Any) -> str:
    return "" if _is_missing(value) else str(value)


def _is_missing(value: Any) -> bool:
    return (
        value is None or (isinstance(value, float) and value != value) or type(value).__name__ in {"NAType", "NaTType"}
    )
