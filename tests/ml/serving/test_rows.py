"""Bodies that become rows, and what is said of those that do not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.ml.serving.columns import Column
from tradewind.ml.serving.predicting import ModelFailedError, predict
from tradewind.ml.serving.rows import BadRequestError, frame_of, plain, suspects
from tradewind.ml.serving.sources import Loaded

np = pytest.importorskip("numpy")
pd = pytest.importorskip("pandas")
MOST_ROWS = 5


class Sum:
    def predict(self, features: Any) -> Any:
        return np.asarray(features, dtype=float).sum(axis=1)


class Wide(Sum):
    n_features_in_ = 2


class Broken:
    def predict(self, features: Any) -> Any:
        raise RuntimeError("out of order")


TYPED = Loaded("m", "1", Sum(), (Column("a", "number", dtype="float64"), Column("n", "integer", dtype="int64")))
UNTYPED = Loaded("m", "1", Sum(), (Column("a"), Column("b")))
NAMELESS = Loaded("m", "1", Wide())


def answered(loaded: Loaded, body: str) -> list[Any]:
    return predict(loaded, frame_of(body.encode(), MOST_ROWS))


@pytest.mark.parametrize(
    "body",
    [
        '{"columns": ["n", "a"], "rows": [[2, 1], [4, 3]]}',
        '{"records": [{"a": 1, "n": 2, "more": "x"}, {"n": 4, "a": 3}]}',
        '[{"a": 1, "n": 2}, {"a": 3, "n": 4}]',
        "[[1, 2], [3, 4]]",
        '{"dataframe_split": {"columns": ["a", "n"], "index": [0, 1], "data": [[1, 2], [3, 4]]}}',
        '{"dataframe_records": [{"a": 1, "n": 2}, {"a": 3, "n": 4}]}',
        '{"instances": [[1, 2], [3, 4]]}',
        '{"inputs": {"a": [1, 3], "n": [2, 4]}}',
    ],
)
def test_the_same_rows_in_all_their_shapes(body: str) -> None:
    assert answered(TYPED, body) == [3.0, 7.0]


@pytest.mark.parametrize(
    ("loaded", "body", "said"),
    [
        (TYPED, "{", "the body is not JSON"),
        (TYPED, "", "the body is not JSON"),
        (TYPED, "{}", "the body has none of records"),
        (TYPED, "3", "the body is a list of rows, not int"),
        (TYPED, '{"records": 3}', "records is a list of rows, not int"),
        (TYPED, "[]", "there are no rows"),
        (TYPED, "[3]", "row 0 is no list"),
        (TYPED, '[{"a": 1}, 3]', "row 0 is no list"),
        (TYPED, '[{"a": 1}]', "the column 'n' is missing"),
        (TYPED, '{"inputs": {"a": [1], "n": [1, 2]}}', "columns are lists of the same length: a: 1, n: 2"),
        (TYPED, '{"columns": ["a", "a"], "rows": [[1, 2]]}', "a name is there twice"),
        (TYPED, '{"columns": ["a", "n"], "rows": [[1, 2], [1]]}', "row 1 has 1 values, not 2"),
        (
            TYPED,
            '[{"a": "old", "n": 1}, {"a": "7", "n": 1}]',
            "column 'a' is number: row 0 has 'old' (and 1 more rows)",
        ),
        (TYPED, '[{"a": [1], "n": 1}]', "column 'a' is number: row 0 has [1]"),
        (TYPED, '[{"a": 1, "n": 1.5}]', "column 'n' is integer: row 0 has 1.5"),
        (TYPED, '[{"a": 1, "n": null}]', "column 'n' is integer"),
        (TYPED, "[[1, 2, 3]]", "the model takes 2 columns (a, n), not 3"),
        (TYPED, json.dumps([[1, 2]] * 6), "6 rows are more than 5 at once"),
        (UNTYPED, '[{"a": "old", "b": 1}]', "column 'a' is no number: row 0 has 'old'"),
        (NAMELESS, "[[1, 2, 3]]", "the model takes 2 columns, not 3"),
    ],
)
def test_what_is_wrong_is_said(loaded: Loaded, body: str, said: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        answered(loaded, body)
    assert said in " | ".join(caught.value.problems)


def test_what_the_model_does_wrong_is_not_the_rows_fault() -> None:
    with pytest.raises(ModelFailedError, match="out of order"):
        answered(Loaded("m", "1", Broken()), "[[1]]")


def test_no_number_is_null_in_what_is_answered() -> None:
    assert plain(np.array([[1.0, float("nan")], [float("inf"), 2.0]])) == [[1.0, None], [None, 2.0]]
    assert plain(pd.Series([np.int64(3)])) == [3]
    assert plain((np.float32(0.5), "a", None)) == [0.5, "a", None]


@given(st.binary(max_size=40) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["records", "rows", "columns", "inputs", "a", "n"]), inner, max_size=3),
    max_leaves=8,
).map(lambda one: json.dumps(one).encode()))  # fmt: skip
def test_any_body_at_all_is_answered_or_refused(body: bytes) -> None:
    try:
        found = predict(TYPED, frame_of(body, MOST_ROWS))
    except (BadRequestError, ModelFailedError):
        return
    assert 0 < len(found) <= MOST_ROWS


def test_what_a_model_may_have_refused() -> None:
    frame = pd.DataFrame({"a": [1.0, None], "b": ["x", "y"], "region": ["x", "y"]})
    columns = (Column("a", "number"), Column("region", "text"))
    assert suspects(frame, columns) == ["column 'a' has no value in row 1", "column 'b' is no number: row 0 has 'x'"]
