"""`tradewind data`: profiles and checks, from the store alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from tradewind.cli.home import opened_store
from tradewind.model.entries import CheckFailure, ColumnProfile, DataChecked, ValueProfile
from tradewind.model.journal import JournalEntry
from tradewind.settings import load

from .conftest import FAILED, SUCCEEDED, Call

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def noted(call: Call) -> Call:
    def entry(said: Any, name: str, run_id: str, minutes: int) -> JournalEntry:
        at = NOW + timedelta(minutes=minutes)
        return JournalEntry(
            type(said).__name__, name, msgspec.to_builtins(said), at, "ann", "pipeline", run_id, "numbers", try_id="t"
        )

    def frame(mean: float) -> ValueProfile:
        age = ColumnProfile("age", "int64", 90, 10, mean=mean, quantiles={"0.5": 7.0}, histogram_counts=(0, 4, 8))
        return ValueProfile("h", 100, (age, ColumnProfile("who", "object", 100, top=(("ann", 60), ("bob", 40)))), 50)

    failures = (CheckFailure("age", "ge(0)", 2, ("-1", "-5")), CheckFailure("who", "isin", 1))
    with opened_store(load()) as store:
        store.write_entries(
            [
                entry(frame(5.0), "return_value", SUCCEEDED, 0),
                entry(frame(6.5), "return_value", FAILED, 1),
                entry(DataChecked(True, "block", 100, 0), "people", SUCCEEDED, 2),
                entry(DataChecked(False, "warn", 100, 3, failures), "people", FAILED, 3),
            ]
        )
    return call


def test_frames_of_a_run_are_listed(noted: Call) -> None:
    (row,) = noted("data", "profiles", "pipeline", SUCCEEDED, "-o", "json").json
    assert (row["task_id"], row["rows"], row["columns"], row["nulls"]) == ("numbers", 100, 2, 10)


def test_columns_are_shown_with_what_is_in_them(noted: Call) -> None:
    newest = noted("data", "show", "pipeline", "numbers").out
    assert all(one in newest for one in ("6.500", "▁▅█", "ann (60), bob (40)"))
    assert "100 rows, of which 50 were looked at" in newest
    older = noted("data", "show", "pipeline", "numbers", SUCCEEDED, "-o", "json").json
    assert older["columns"][0]["mean"] == 5.0


def test_a_column_is_followed_over_runs(noted: Call) -> None:
    rows = noted("data", "history", "pipeline", "numbers", "age", "-o", "json").json
    assert [(row["run_id"], row["mean"]) for row in rows] == [(FAILED, 6.5), (SUCCEEDED, 5.0)]


def test_what_checks_found_is_listed(noted: Call) -> None:
    rows = noted("data", "checks", "-o", "json").json
    assert [(row["run_id"], row["column"], row["failed_rows"]) for row in rows] == [
        (FAILED, "age", 2),
        (FAILED, "who", 1),
        (SUCCEEDED, "", 0),
    ]
    assert len(noted("data", "checks", "pipeline", "--bad", "-o", "json").json) == 2
    assert noted("data", "checks", "pipeline", SUCCEEDED, "-o", "json").json[0]["passed"] is True


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("show", "pipeline", "nope"), "task 'nope' of DAG 'pipeline' has no profile"),
        (("show", "pipeline", "numbers", "-k", "nope"), "has no profile"),
        (("history", "pipeline", "numbers", "nope"), "there are age, who"),
        (("profiles", "nope"), "there is no DAG"),
    ],
)
def test_what_is_not_there_is_told(noted: Call, words: tuple[str, ...], problem: str) -> None:
    called = noted("data", *words)
    assert (called.code, problem in called.err) == (1, True), called
