"""pandas, polars and pyarrow: everything a frame knows comes back; numbers are mapped and can be changed."""

from __future__ import annotations

import mmap

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradewind.artifacts import ArtifactStore, decode, encode
from tradewind.model.errors import ValueStoreError

ROWS = 2_000


def wide() -> pd.DataFrame:
    numbers = np.arange(ROWS)
    days = pd.date_range("2025-01-01", periods=ROWS, freq="h")
    frame = pd.DataFrame(
        {
            "float": np.linspace(0, 1, ROWS),
            "small": numbers.astype("i2"),
            "flag": numbers % 2 == 0,
            "text": [f"row {number}" for number in numbers],
            "time": days,
            "local": days.tz_localize("UTC").tz_convert("Europe/Berlin"),
            "took": pd.to_timedelta(numbers, unit="s"),
            "kind": pd.Categorical(np.where(numbers % 3 == 0, "a", "b"), categories=["b", "a", "unused"], ordered=True),
            "maybe": pd.array([1, None] * (ROWS // 2), dtype="Int64"),
            "truth": pd.array([True, None] * (ROWS // 2), dtype="boolean"),
            "object_none": pd.Series(["x", None] * (ROWS // 2), dtype=object),
            "object_nan": pd.Series(["x", np.nan] * (ROWS // 2), dtype=object),
            "arrow": pd.array([1.5, None] * (ROWS // 2), dtype="float64[pyarrow]"),
            "period": pd.period_range("2000-01", periods=ROWS, freq="D"),
            "span": pd.interval_range(0, ROWS),
        }
    )
    frame.loc[3, "float"] = np.nan
    frame.loc[4, ["time", "local", "took"]] = pd.NaT
    frame.loc[5, ["kind", "text"]] = None
    return frame


FRAMES = {
    "wide": wide(),
    "time index": wide().set_index("time"),
    "two levels": wide().set_index(["small", "text"]),
    "category index": wide().set_index("kind")[["float"]],
    "object index": pd.DataFrame({"a": [1, 2]}, index=pd.Index(["x", "y"], dtype=object, name="key")),
    "gaps in the index": wide().iloc[::7],
    "no rows": wide().head(0),
    "no columns": pd.DataFrame(index=[1, 2]),
    "nothing": pd.DataFrame(),
    "labels in levels": pd.DataFrame({("a", 1): [1], ("a", 2): [2.5]}),
    "same label twice": pd.DataFrame([[1, "x"]], columns=["x", "x"]),
    "numbers as labels": pd.DataFrame({0: [1], 2.5: [2], None: [3]}),
    "named labels": pd.DataFrame([[1.0]], columns=pd.Index(["a"], name="letters")),
    "half floats": pd.DataFrame({"a": np.array([1, 2], dtype="f2")}),
}
NOT_FOR_ARROW = {
    "lists": pd.DataFrame({"a": [[1], [2, 3]], "n": [1.0, 2.0]}),
    "mixed objects": pd.DataFrame({"a": [1, "x", None]}),
    "two kinds of missing": pd.DataFrame({"a": pd.Series(["x", None, np.nan], dtype=object)}),
    "complex": pd.DataFrame({"a": [1 + 2j]}),
    "sparse": pd.DataFrame({"a": pd.arrays.SparseArray([0, 0, 1])}),
}


@pytest.mark.parametrize("name", [*FRAMES, *NOT_FOR_ARROW])
@pytest.mark.parametrize("limit", [1 << 24, 0], ids=["inline", "file"])
def test_frames_come_back_the_same(trip, name, limit):
    frame = {**FRAMES, **NOT_FOR_ARROW}[name].copy()
    frame.attrs = {"source": {"file": "x.csv"}}
    again, encoded = trip(frame, limit)
    pd.testing.assert_frame_equal(again, frame, check_freq=True)
    assert again.attrs == frame.attrs
    assert type(again.index) is type(frame.index)
    assert encoded.codec == ("arrow" if name in FRAMES else "cloudpickle")
    assert encoded.shape == frame.shape


@pytest.mark.parametrize("column", wide().columns)
def test_series_come_back_the_same(trip, column):
    series = wide()[column]
    again, encoded = trip(series)
    pd.testing.assert_series_equal(again, series)
    assert encoded.codec == "arrow"


INDEXES = [
    pd.Index([3, 1, 2], name="n"),
    pd.Index(["a", "b"]),
    pd.Index([1.5, np.nan]),
    pd.RangeIndex(2, 10, 3, name="r"),
    pd.MultiIndex.from_product([[1, 2], ["a", "b"]], names=["x", None]),
    pd.date_range("2025", periods=3, freq="MS", tz="Europe/Berlin"),
    pd.timedelta_range("1h", periods=3),
    pd.period_range("2025", periods=3, freq="Q"),
    pd.CategoricalIndex(["a", "b"], ordered=True),
    pd.interval_range(0, 3),
]


@pytest.mark.parametrize("index", INDEXES, ids=lambda index: type(index).__name__)
def test_indexes_come_back_the_same(trip, index):
    again, _ = trip(index)
    pd.testing.assert_index_equal(again, index, exact=True)
    assert getattr(again, "freq", None) == getattr(index, "freq", None)


def test_a_frame_of_a_library_built_on_pandas_keeps_its_class(trip):
    again, encoded = trip(Special({"a": [1]}))
    assert (type(again), encoded.codec) == (Special, "cloudpickle")


class Special(pd.DataFrame):
    @property
    def _constructor(self) -> type:
        return Special


@pytest.mark.parametrize("column", ["float", "small", "flag", "time", "took"])
def test_numbers_are_mapped(trip, column):
    again, _ = trip(wide(), 0)
    assert isinstance(root_of(again[column].to_numpy()), mmap.mmap)


def root_of(array: object) -> object:
    """The object that owns the memory: through views, and the block pandas made of the array."""
    while isinstance(array, np.ndarray | memoryview):
        array = array.base if isinstance(array, np.ndarray) else array.obj
    return array


def test_a_task_may_change_its_frame(trip, store):
    frame = wide()
    again, encoded = trip(frame, 0)
    again.loc[again["float"] > 0.5, "small"] = 0
    again["float"] += 1
    again.iloc[0, 0] = 99
    again["new"] = again["float"] * 2
    again.to_numpy()
    pd.testing.assert_frame_equal(decode(encoded, store), frame)


def test_says_what_it_is(trip):
    _, encoded = trip(pd.DataFrame({"age": [1, 2], "name": ["x", "y"]}))
    assert encoded.schema == {"age": "int64", "name": "str"}
    assert "age" in encoded.preview
    assert encoded.length is None


numbers = st.lists(st.floats(width=32) | st.just(float("nan")), max_size=5)
texts = st.lists(st.text(st.characters(codec="utf-8"), max_size=5) | st.none(), max_size=5)


@settings(max_examples=40)
@given(numbers, texts)
def test_any_numbers_and_texts(floats, words):
    store = ArtifactStore("/nonexistent")
    for series in (pd.Series(floats, dtype="f8"), pd.Series(words, dtype=object), pd.Series(words, dtype="str")):
        again = decode(encode(series, store, inline_limit_bytes=1 << 30), store)
        pd.testing.assert_series_equal(again, series)


POLARS = pl.DataFrame({"n": range(ROWS), "s": ["x", None] * (ROWS // 2)}).with_columns(
    pl.col("s").cast(pl.Categorical).alias("c"), pl.lit([1, 2]).alias("l")
)


@pytest.mark.parametrize("limit", [1 << 24, 0], ids=["inline", "file"])
class TestPolars:
    def test_frames(self, trip, limit):
        again, encoded = trip(POLARS, limit)
        assert again.equals(POLARS)
        assert again.schema == POLARS.schema
        assert encoded.codec == "arrow"

    def test_large_frames(self, trip, limit):
        frame = pl.DataFrame({"n": range(50_000)})
        again, encoded = trip(frame, limit)
        assert again.equals(frame)
        assert encoded.shape == (50_000, 1)

    def test_series(self, trip, limit):
        again, _ = trip(POLARS["s"], limit)
        assert again.equals(POLARS["s"], check_names=True)

    def test_lazy_frames_arrive_with_their_data(self, trip, limit):
        again, _ = trip(POLARS.lazy().filter(pl.col("n") < 10), limit)
        assert isinstance(again, pl.LazyFrame)
        assert again.collect().shape == (10, 4)

    def test_objects_are_refused_as_polars_refuses_them(self, trip, limit):
        with pytest.raises(ValueStoreError, match="polars"):
            trip(pl.Series("o", [{1}, {2}], dtype=pl.Object), limit)


TABLE = pa.table({"a": [1, None], "d": pa.array(["x", "y"]).dictionary_encode()}, metadata={"k": "v"})


@pytest.mark.parametrize("value", [TABLE, TABLE.to_batches()[0], pa.concat_tables([TABLE, TABLE])], ids=type)
def test_pyarrow(trip, value):
    again, encoded = trip(value, 0)
    assert again.equals(value, check_metadata=True)
    assert (type(again), encoded.codec) == (type(value), "arrow")


def test_pyarrow_tables_lie_in_the_mapped_file(trip):
    before = pa.total_allocated_bytes()
    again, _ = trip(pa.table({"a": np.arange(100_000)}), 0)
    assert again.num_rows == 100_000
    assert pa.total_allocated_bytes() - before < 100_000
