"""Profiles of frames: the same facts whichever library the frame is of, and nothing that a frame may hold breaks it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import msgspec
import numpy
import pandas
import polars
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradewind import ml
from tradewind.ml.profiling.column_profile import histogram_of_sorted
from tradewind.ml.profiling.frames import NotAFrameError
from tradewind.ml.profiling.sampling import places

DATA = {
    "age": [31.0, None, 18.0, 44.0],
    "city": ["Kyoto", "Lima", None, "Lima"],
    "paid": [True, False, True, True],
    "at": [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3, 4)],
}
MAKERS = {"pandas": pandas.DataFrame, "polars": polars.DataFrame, "arrow": pyarrow.table}


def by_name(profile):
    return {column.column: column for column in profile.columns}


@pytest.mark.parametrize("library", MAKERS)
def test_each_library_gives_the_same_facts(library):
    found = ml.profile(MAKERS[library](DATA))
    columns = by_name(found)
    assert (found.rows, found.sampled_rows) == (4, 0)
    age, city, paid, at = (columns[name] for name in DATA)
    assert (age.count, age.nulls, age.distinct, age.minimum, age.maximum, age.mean) == (4, 1, 3, 18, 44, 31)
    assert age.quantiles["0.5"] == 31
    assert sum(age.histogram_counts) == 3
    assert (city.nulls, city.distinct, city.top) == (1, 2, (("Lima", 2), ("Kyoto", 1)))
    assert paid.top == (("True", 3), ("False", 1))
    assert at.minimum == datetime(2026, 1, 1, tzinfo=UTC).timestamp()


ODD = {
    "no columns": pandas.DataFrame(index=range(3)),
    "no rows": pandas.DataFrame({"a": pandas.Series([], dtype=float), "b": pandas.Series([], dtype=object)}),
    "all missing": pandas.DataFrame({"a": [float("nan")] * 3, "b": [None] * 3, "c": pandas.array([None] * 3, "Int64")}),
    "mixed objects": pandas.DataFrame({"a": [1, "x", None, 2.5, object()]}),
    "nested": pandas.DataFrame({"a": [[1, 2], [3], None], "b": [{"x": 1}, {}, None]}),
    "names twice": pandas.DataFrame([[1, "x"], [2, "y"]], columns=["a", "a"]),
    "infinite": pandas.DataFrame({"a": [1.0, numpy.inf, -numpy.inf]}),
    "only infinite": pandas.DataFrame({"a": [numpy.inf]}),
    "large": pandas.DataFrame({"a": [1.7e308, -1.7e308]}),
    "decimals": pandas.DataFrame({"a": [Decimal("1.5"), Decimal("2.5"), None]}),
    "complex": pandas.DataFrame({"a": [1 + 2j, 3j]}),
    "categories": pandas.DataFrame({"a": pandas.Categorical(["x", None, "x"], categories=["x", "never"])}),
    "spans": pandas.DataFrame(
        {"a": pandas.to_timedelta([1, 2, None], "h"), "b": pandas.period_range("2026", periods=3)}
    ),
    "zones": pandas.DataFrame({"a": pandas.date_range("2026", periods=3, tz="Asia/Tokyo")}),
    "levels": pandas.DataFrame({("a", "b"): [1], ("a", "c"): [2]}),
    "numbers as names": pandas.DataFrame({0: [1], 1: [2]}),
    "polars nested": polars.DataFrame({"a": [[1], None], "b": [{"x": 1}, None], "c": [None, None], "d": [b"x", None]}),
    "polars times": polars.DataFrame({"a": [timedelta(1), None], "b": [datetime(2026, 1, 1).time(), None]}),
    "polars types": polars.DataFrame(
        {"a": polars.Series(["x", None], dtype=polars.Categorical), "b": [Decimal(1), None]}
    ),
    "arrow": pyarrow.table({"a": pyarrow.array(["x", None]).dictionary_encode(), "b": [[1], None], "c": [b"x", None]}),
    "arrow batch": pyarrow.record_batch({"a": [Decimal(1), None], "b": [timedelta(1), None], "n": pyarrow.nulls(2)}),
}


@pytest.mark.parametrize("name", ODD)
def test_whatever_a_frame_holds_has_a_profile(name):
    found = ml.profile(ODD[name])
    assert len(found.columns) == ODD[name].shape[1] if hasattr(ODD[name], "shape") else ODD[name].num_columns
    json.loads(msgspec.json.encode(found))


def test_odd_columns_say_what_is_there():
    missing = by_name(ml.profile(ODD["all missing"]))
    assert [(column.count, column.nulls, column.mean) for column in missing.values()] == [(3, 3, None)] * 3
    assert by_name(ml.profile(ODD["nested"]))["a"].nulls == 1
    assert by_name(ml.profile(ODD["decimals"]))["a"].mean == 2.0
    assert by_name(ml.profile(ODD["infinite"]))["a"].maximum == 1.0
    assert [column.column for column in ml.profile(ODD["names twice"]).columns] == ["a", "a"]
    assert by_name(ml.profile(ODD["categories"]))["a"].top == (("x", 2),)


def test_a_large_frame_is_sampled_and_says_so():
    frame = pandas.DataFrame({"a": numpy.arange(200_000), "b": ["x", "y"] * 100_000})
    found = ml.profile(frame, sample_rows=10_000)
    a, b = found.columns
    assert (found.rows, found.sampled_rows, a.count) == (200_000, 10_000, 10_000)
    assert abs(a.mean - 99_999.5) < 100, "one row of each stretch: far closer than at random"
    assert abs(dict(b.top)["x"] - 5_000) < 500, "the period of the data is not met at one phase"


def test_what_is_no_frame_is_refused_with_what_to_do():
    with pytest.raises(NotAFrameError, match=r"needs a DataFrame, not builtins\.list"):
        ml.profile([1, 2])
    assert ml.profile(pandas.Series([1, 2], name="s")).columns[0].column == "s"
    assert ml.profile(polars.LazyFrame({"a": [1]})).rows == 1


@settings(deadline=None)
@given(st.integers(1, 10_000), st.integers(1, 500))
def test_places_are_rows_in_order_and_none_twice(rows, wanted):
    wanted = min(rows, wanted)
    found = places(rows, wanted)
    assert len(set(found.tolist())) == wanted
    assert (numpy.diff(found) > 0).all()
    assert 0 <= found[0] <= found[-1] < rows


@settings(deadline=None)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=50))
def test_a_histogram_counts_every_value_once(values):
    edges, counts = histogram_of_sorted(numpy.sort(values))
    assert sum(counts) == len(values)
    assert len(edges) == len(counts) + 1
    assert (edges[0], edges[-1]) == (min(values), max(values))
