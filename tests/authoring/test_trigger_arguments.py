"""Arguments of triggers through the store's JSON and back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.authoring.trigger_arguments import UnwritableArgumentError, read_arguments, write_arguments, write_value

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.datetimes(timezones=st.just(UTC))
    | st.datetimes()
    | st.dates()
    | st.timedeltas()
    | st.decimals(allow_nan=False)
    | st.uuids()
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text() | st.integers() | st.just("$"), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(VALUES | st.sets(st.integers()) | st.frozensets(st.text()))
def test_what_comes_back_is_what_was_given(value: Any) -> None:
    written = json.loads(json.dumps(write_arguments({"x": value}, "trigger T")))
    found = read_arguments(written)["x"]
    assert found == value
    assert type(found) is type(value)


class Colour(Enum):
    RED = "red"


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        (Colour.RED, "red"),
        (Path("/data"), Path("/data")),
        (time(3, 4), time(3, 4)),
        (date(2025, 3, 1), date(2025, 3, 1)),
        (Decimal("1.50"), Decimal("1.50")),
        (UUID(int=5), UUID(int=5)),
        (timedelta(days=-1, microseconds=3), timedelta(days=-1, microseconds=3)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_kinds_of_plain_data(given_value: Any, expected: Any) -> None:
    assert read_arguments(write_arguments({"x": given_value}, "T"))["x"] == expected


def test_an_instant_keeps_its_zone_so_that_days_are_counted_from_there() -> None:
    berlin = datetime(2025, 3, 29, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    found = read_arguments(write_arguments({"x": berlin}, "T"))["x"]
    assert (found + timedelta(days=1)).isoformat() == "2025-03-30T12:00:00+02:00"


def test_what_cannot_be_written_is_named_with_its_place() -> None:
    with pytest.raises(UnwritableArgumentError, match=r"argument 'a' of trigger T\['b'\]\[1\] is a builtins\.object"):
        write_arguments({"a": {"b": [1, object()]}}, "trigger T")


def test_a_value_that_holds_itself_is_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(UnwritableArgumentError, match="holds itself"):
        write_value(loop, "the payload")
