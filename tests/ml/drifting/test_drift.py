"""Drift by simulation: same data few alarms, changed data an alarm; and everything odd that data may be."""

from __future__ import annotations

import numpy
import pandas
import polars
import pyarrow
import pytest
from msgspec import structs

from tradewind import ml
from tradewind.ml.drifting.errors import NoReferenceError, NothingToCompareError
from tradewind.ml.drifting.examine import DriftPlan, examine
from tradewind.ml.drifting.figures import picture_of
from tradewind.ml.drifting.report import html_of, markdown_of
from tradewind.ml.profiling.frames import NotAFrameError

NAN = float("nan")


def sample(seed, rows=800, columns=6, **changes):
    rng = numpy.random.default_rng(seed)
    data = {f"n{number}": rng.normal(size=rows) for number in range(columns)}
    data["city"] = rng.choice(["Lima", "Kyoto", "Oslo"], rows, p=[0.5, 0.3, 0.2])
    data["paid"] = rng.random(rows) < 0.4
    data |= {name: change(rng, rows) for name, change in changes.items()}
    return pandas.DataFrame(data)


def compared(before, now, **options):
    found = ml.drift(before, now, classifier=options.pop("classifier", False), figures=False, **options)
    return found, {one.column: one for one in found.columns}


def alarms(plan, seeds, **changes):
    return sum(
        examine(sample(seed), sample(seed + 10_000, **changes), plan, classifier=False).drifted for seed in seeds
    )


@pytest.mark.parametrize("correction", ["holm", "bh"])
def test_no_drift_few_alarms(correction):
    """40 comparisons of 8 columns: without a least size 5 % may alarm, which is two."""
    by_p_value_alone = DriftPlan(correction=correction, min_psi=0.0)
    assert alarms(by_p_value_alone, range(40)) <= 7
    assert alarms(DriftPlan(correction=correction), range(40)) == 0


def test_without_correction_many_columns_alarm_for_nothing():
    assert alarms(DriftPlan(correction="none", min_psi=0.0), range(30)) > 6


SHIFTS = {
    "mean": {"n0": lambda rng, rows: rng.normal(0.5, size=rows)},
    "spread": {"n0": lambda rng, rows: rng.normal(scale=2, size=rows)},
    "shape": {"n0": lambda rng, rows: rng.exponential(size=rows) - 1},
    "missing": {"n0": lambda rng, rows: numpy.where(rng.random(rows) < 0.3, NAN, rng.normal(size=rows))},
    "shares": {"city": lambda rng, rows: rng.choice(["Lima", "Kyoto", "Oslo"], rows, p=[0.2, 0.3, 0.5])},
    "new category": {"city": lambda rng, rows: rng.choice(["Lima", "Kyoto", "Oslo", "Rome"], rows)},
    "boolean": {"paid": lambda rng, rows: rng.random(rows) < 0.7},
}


@pytest.mark.parametrize("shift", SHIFTS)
def test_what_changed_alarms_and_nothing_else(shift):
    for seed in range(5):
        found, columns = compared(sample(seed), sample(seed + 500, **SHIFTS[shift]))
        assert found.drifted
        assert [name for name, one in columns.items() if one.drifted] == list(SHIFTS[shift])


def test_the_classifier_sees_what_no_column_shows():
    rng = numpy.random.default_rng(1)
    before, same = (pandas.DataFrame(rng.normal(size=(1500, 2)), columns=["a", "b"]) for _ in range(2))
    now = before.sample(frac=1.0, random_state=1).reset_index(drop=True)
    now["b"] = now["a"] * 0.9 + now["b"].to_numpy() * 0.44
    found, columns = compared(before, now, classifier=True)
    assert not columns["a"].drifted
    assert not columns["b"].drifted
    assert columns["(all columns)"].drifted
    assert found.drifted
    calm, columns = compared(before, same, classifier=True)
    assert not calm.drifted
    assert 0.4 < columns["(all columns)"].statistics["roc_auc"] < 0.6


@pytest.mark.parametrize("make", [pandas.DataFrame, polars.DataFrame, pyarrow.table], ids=["pandas", "polars", "arrow"])
def test_each_library_finds_the_same(make):
    before, now = ({"a": list(range(shift, shift + 300)), "c": ["x", "y", None] * 100} for shift in (0, 150))
    found, columns = compared(make(before), make(now), classifier=True)
    assert columns["a"].statistics["ks"] == 0.5
    assert columns["a"].drifted
    assert not columns["c"].drifted
    assert found.share == 0.5


def test_libraries_may_be_mixed():
    found, _ = compared(pandas.DataFrame({"a": range(100)}), polars.DataFrame({"a": range(100)}), classifier=True)
    assert not found.drifted


MISSING = pandas.DataFrame({"a": [NAN] * 50, "b": range(50)})
THERE = pandas.DataFrame({"a": [1.0, 2.0] * 25, "b": range(50)})


@pytest.mark.parametrize(
    ("before", "now", "drifted", "reason"),
    [
        (MISSING, MISSING, False, "every value is missing, in the reference as well"),
        (THERE, MISSING, True, "every value is missing now"),
        (MISSING, THERE, True, "the reference has no value of it"),
    ],
    ids=["both", "now", "reference"],
)
def test_columns_without_values_are_reported_as_such(before, now, drifted, reason):
    _, columns = compared(before, now, classifier=True)
    assert (columns["a"].drifted, columns["a"].reason) == (drifted, reason)
    assert not columns["b"].drifted


def test_columns_that_come_go_or_change_their_type():
    before = pandas.DataFrame({"gone": [1, 2], "same": [1, 2], "type": [1.5, 2.5], "nested": [[1], [2]]})
    now = pandas.DataFrame({"new": [1, 2], "same": [1, 2], "type": ["a", "b"], "nested": [[1], [2]]})
    _, columns = compared(before, now)
    assert (columns["gone"].drifted, columns["gone"].reason) == (True, "the column is missing now")
    assert (columns["new"].drifted, columns["new"].reason) == (False, "a new column: the reference does not have it")
    assert columns["type"].drifted
    assert "the type changed: float64 before" in columns["type"].reason
    assert columns["nested"].reason == "nested values are not compared"


def test_categories_that_come_and_go_are_named():
    _, columns = compared(pandas.DataFrame({"c": ["a", "b"] * 50}), pandas.DataFrame({"c": ["b", "<new>"] * 50}))
    assert columns["c"].reason == "new categories: <new>; no longer there: a"
    assert columns["c"].drifted


def test_a_constant_that_changed_is_drift():
    _, columns = compared(pandas.DataFrame({"a": [1.0] * 50}), pandas.DataFrame({"a": [2.0] * 50}))
    assert columns["a"].drifted


def test_infinite_values_count_as_missing():
    before = pandas.DataFrame({"a": [1.0, 2.0] * 50})
    _, columns = compared(before, pandas.DataFrame({"a": [1.0, 2.0, numpy.inf, -numpy.inf] * 25}))
    assert columns["a"].nulls == (0.0, 0.5)
    assert columns["a"].drifted


def test_time_goes_on_and_that_is_no_drift_unless_it_is_asked_for():
    before, now = (pandas.DataFrame({"at": pandas.date_range(year, periods=100)}) for year in ("2024", "2025"))
    assert not compared(before, now)[0].drifted
    assert compared(before, now, columns=["at"])[0].drifted


def test_names_that_are_there_twice_are_told_apart():
    frame = pandas.DataFrame([[1, 2.0], [2, 3.0]] * 20, columns=["a", "a"])
    found, columns = compared(frame, frame, classifier=True)
    assert set(columns) == {"a", "a (2)", "(all columns)"}
    assert not found.drifted


FRAME = pandas.DataFrame({"a": [1, 2]})


@pytest.mark.parametrize(
    ("before", "now", "options", "error", "says"),
    [
        (FRAME[:0], FRAME, {}, NothingToCompareError, "the reference has no rows"),
        (FRAME, FRAME[:0], {}, NothingToCompareError, "the current data has no rows"),
        (FRAME, FRAME.rename(columns={"a": "b"}), {}, NothingToCompareError, "no column in common: a; b"),
        (FRAME, FRAME, {"columns": ["z"]}, NothingToCompareError, "columns= names z, which neither"),
        (FRAME, FRAME, {"columns": "b"}, NothingToCompareError, "columns= names b, which neither"),
        ("never set", FRAME, {}, NoReferenceError, "there is no reference 'never set'"),
        (FRAME, [1], {}, NotAFrameError, "needs a DataFrame"),
        (FRAME, FRAME, {"correction": "hope"}, ValueError, "holm, bh, none"),
    ],
    ids=[
        "empty reference",
        "empty data",
        "nothing in common",
        "no such column",
        "a text",
        "no reference",
        "a list",
        "correction",
    ],
)
def test_what_cannot_be_compared_is_told(before, now, options, error, says):
    with pytest.raises(error, match=says):
        ml.drift(before, now, **options)


def test_reports_are_whole_whatever_columns_are_called():
    names = {"<script>alert(1)</script>": [1.0] * 30, "a|b": ["x"] * 30, "$x_{": ["y"] * 30, "価格": range(30)}
    now = pandas.DataFrame(names)
    now["a|b"] = "<b>"
    found = ml.drift(pandas.DataFrame(names), now, name="odd <name>", classifier=False)
    page = html_of(found, "odd <name>", b"png")
    assert "<script>" not in page
    assert "odd &lt;name&gt;" in page
    assert "a\\|b" in markdown_of(found, "odd")
    assert picture_of(found, "$odd_{").startswith(b"\x89PNG")


def test_a_report_without_a_bar_to_draw_has_a_picture_all_the_same():
    found = ml.drift(MISSING[["a"]], MISSING[["a"]], classifier=False)
    assert picture_of(structs.replace(found), "").startswith(b"\x89PNG")
