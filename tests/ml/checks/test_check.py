"""Checks of frames against pandera schemas, outside of any task."""

from __future__ import annotations

import pandas
import pandera.pandas as pa
import pandera.polars as pp
import polars
import pyarrow
import pytest

from tradewind import ml
from tradewind.ml.checks.errors import DataCheckFailed, SchemaError, SchemaMatchesNothingError
from tradewind.ml.checks.examine import examine
from tradewind.model.errors import DagFileError

GOOD = {"age": [31, 18], "city": ["Lima", "Kyoto"]}
BAD = {"age": [31, -5, 18], "city": ["Lima", "Kyoto", None]}
PANDAS = pa.DataFrameSchema({"age": pa.Column(int, pa.Check.ge(0)), "city": pa.Column(str)}, name="people")
POLARS = pp.DataFrameSchema({"age": pp.Column(int, pp.Check.ge(0)), "city": pp.Column(str)}, name="people")
MAKERS = {"pandas": (PANDAS, pandas.DataFrame), "polars": (POLARS, polars.DataFrame)}


class People(pa.DataFrameModel):
    age: int = pa.Field(ge=0, coerce=True)


@pytest.mark.parametrize("library", MAKERS)
class TestBothLibraries:
    def test_good_data_comes_back(self, library):
        schema, frame = MAKERS[library]
        checked = ml.check(frame(GOOD), schema)
        assert checked.to_dict(**({"orient": "list"} if library == "pandas" else {"as_series": False})) == GOOD

    def test_bad_data_blocks_with_examples(self, library):
        schema, frame = MAKERS[library]
        with pytest.raises(DataCheckFailed) as failed:
            ml.check(frame(BAD), schema)
        text = str(failed.value)
        assert "the data breaks 'people': 2 of 3 rows are bad" in text
        assert "column 'age' fails greater_than_or_equal_to(0) in 1 rows, such as -5" in text
        assert "column 'city' fails not_nullable" in text

    def test_a_warning_goes_on_with_the_data_as_it_is(self, library):
        schema, frame = MAKERS[library]
        assert len(ml.check(frame(BAD), schema, on_failure="warn")) == 3

    def test_quarantine_goes_on_with_the_good_rows(self, library):
        schema, frame = MAKERS[library]
        left = ml.check(frame(BAD), schema, on_failure="quarantine")
        assert left["age"].to_list() == [31]

    def test_what_fails_as_a_whole_is_not_set_aside(self, library):
        schema, frame = MAKERS[library]
        with pytest.raises(DataCheckFailed, match="column 'city' is missing"):
            ml.check(frame({"age": [1, 2]}), schema, on_failure="quarantine")

    def test_where_every_row_is_bad_nothing_goes_on(self, library):
        schema, frame = MAKERS[library]
        with pytest.raises(DataCheckFailed, match="every row is bad"):
            ml.check(frame({"age": [-1, -2], "city": ["x", "y"]}), schema, on_failure="quarantine")

    @pytest.mark.parametrize("action", ["block", "warn", "quarantine"])
    def test_a_schema_that_matches_no_column_is_an_error(self, library, action):
        schema, frame = MAKERS[library]
        with pytest.raises(SchemaMatchesNothingError, match=r"about age, city; the data has Age, City"):
            ml.check(frame({"Age": [1], "City": ["x"]}), schema, on_failure=action)

    def test_no_rows_are_good_rows(self, library):
        schema, frame = MAKERS[library]
        empty = frame(GOOD)[:0]
        assert len(ml.check(empty, schema, on_failure="quarantine")) == 0


def test_labels_that_are_there_twice_do_not_take_good_rows_along():
    frame = pandas.DataFrame({"age": [1, -2, 3], "city": ["a", "b", "c"]}, index=[7, 7, 7])
    left = ml.check(frame, PANDAS, on_failure="quarantine")
    assert left["age"].to_list() == [1, 3]
    assert left.index.to_list() == [7, 7]


def test_a_schema_of_the_index_looks_at_labels():
    schema = pa.DataFrameSchema({"age": pa.Column(int)}, index=pa.Index(int, pa.Check.ge(0)))
    left = ml.check(pandas.DataFrame({"age": [1, 2]}, index=[-1, 5]), schema, on_failure="quarantine")
    assert left.index.to_list() == [5]


def test_a_model_class_is_a_schema_and_coerces():
    assert ml.check(pandas.DataFrame({"age": ["3", "4"]}), People)["age"].dtype == "int64"
    left = ml.check(pandas.DataFrame({"age": ["3", "x"]}), People, on_failure="quarantine")
    assert left["age"].to_list() == [3]


def test_arrow_tables_and_lazy_frames_are_read_for_the_schema():
    assert len(ml.check(pyarrow.table(GOOD), POLARS)) == 2
    assert len(ml.check(pyarrow.table(GOOD), PANDAS)) == 2
    assert len(ml.check(polars.LazyFrame(GOOD), POLARS)) == 2


def test_a_pattern_that_matches_is_a_match():
    schema = pa.DataFrameSchema({"x_.*": pa.Column(float, regex=True, required=False)})
    assert len(ml.check(pandas.DataFrame({"x_1": [1.0]}), schema)) == 1
    with pytest.raises(SchemaMatchesNothingError):
        ml.check(pandas.DataFrame({"y": [1.0]}), schema)


def test_examples_of_hidden_columns_and_secrets_are_masked():
    schema = pa.DataFrameSchema(
        {"mail": pa.Column(str, pa.Check.str_contains("@")), "password": pa.Column(str, pa.Check.str_length(8))}
    )
    frame = pandas.DataFrame({"mail": ["nobody", "a@b"], "password": ["short", "long enough"]})
    failures = {one.column: one for one in examine(schema, frame, hidden_columns={"mail"}).failures}
    assert failures["mail"].examples == ("***",)
    assert failures["password"].examples == ("***",)


@pytest.mark.parametrize(
    ("schema", "options", "says"),
    [
        ({"age": int}, {}, "needs a schema of pandera, not builtins.dict"),
        (PANDAS, {"on_failure": "explode"}, "cannot 'explode'"),
        (PANDAS, {"on_failure": "branch"}, "names the tasks for bad data"),
        (PANDAS, {"to": "mend"}, "is for checks that branch"),
    ],
    ids=["no schema", "action", "branch to nowhere", "to without branch"],
)
def test_wrong_use_is_told(schema, options, says):
    with pytest.raises((SchemaError, DagFileError), match=says):
        ml.check(pandas.DataFrame(GOOD), schema, **options)


def test_the_wrong_librarys_schema_is_told():
    with pytest.raises(SchemaError, match="for polars, but the data is a frame of pandas"):
        ml.check(pandas.DataFrame(GOOD), POLARS)
