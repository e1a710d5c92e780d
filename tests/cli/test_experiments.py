"""`tradewind experiments` and what of `models` needs no MLflow: from the store alone."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tradewind.cli.home import opened_store
from tradewind.model.entries import AliasMoved, LoggedArtifact, LoggedParams, ModelVersion
from tradewind.model.journal import JournalEntry
from tradewind.settings import load

from .conftest import FAILED, SUCCEEDED, Call

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def logged(call: Call, home: Path) -> Call:
    """Both runs have logged something, and made two versions of a model."""

    def entry(said: Any, name: str, run_id: str) -> JournalEntry:
        kind, body = type(said).__name__, msgspec.to_builtins(said)
        return JournalEntry(kind, name, body, NOW, "ann", "pipeline", run_id, "train", try_id=f"try of {run_id}")

    entries = [
        entry(LoggedParams({"depth": 3, "rate": 0.1}), "", SUCCEEDED),
        entry(LoggedParams({"depth": 5, "rate": 0.1}), "", FAILED),
        entry(LoggedArtifact("figure", "ab/cd.png", "image/png", 3), "roc.png", SUCCEEDED),
        entry(ModelVersion("1", "models:/churn/1", inputs=("h",), metrics={"auc": 0.9}), "churn", SUCCEEDED),
        entry(AliasMoved("challenger", "1"), "churn", SUCCEEDED),
        entry(AliasMoved("champion", "1"), "churn", SUCCEEDED),
        entry(ModelVersion("2", "models:/churn/2"), "churn", FAILED),
        entry(AliasMoved("challenger", "2"), "churn", FAILED),
        entry(AliasMoved("champion", "2", "1", "better"), "churn", FAILED),
    ]
    with opened_store(load()) as store:
        store.write_entries(entries)
    return call


def test_runs_with_what_they_logged_sorted_by_it(logged: Call) -> None:
    rows = logged("experiments", "list", "pipeline", "--sort", "depth", "-o", "json").json
    assert [row["run_id"] for row in rows] == [FAILED, SUCCEEDED]
    assert rows[0]["params"]["depth"] == 5
    rows = logged("experiments", "list", "pipeline", "--sort", "-depth", "-o", "json").json
    assert [row["run_id"] for row in rows] == [SUCCEEDED, FAILED]


def test_what_a_run_logged(logged: Call) -> None:
    shown = logged("experiments", "show", "pipeline", SUCCEEDED, "-o", "json").json
    assert shown["files"] == ["train: roc.png (figure)"]
    assert shown["params"]["rate"] == 0.1


def test_only_what_differs_is_compared(logged: Call) -> None:
    rows = logged("experiments", "compare", "pipeline", SUCCEEDED, FAILED, "-o", "json").json
    (depth,) = [row for row in rows if row["name"] == "depth"]
    assert (depth[SUCCEEDED], depth[FAILED]) == (3, 5)
    assert "rate" not in [row["name"] for row in rows]
    every = logged("experiments", "compare", "pipeline", SUCCEEDED, FAILED, "--all", "-o", "json").json
    assert "rate" in [row["name"] for row in every]


def test_export_as_csv(logged: Call) -> None:
    rows = list(csv.DictReader(io.StringIO(logged("experiments", "export", "pipeline").out)))
    assert {row["run_id"]: row["param.depth"] for row in rows} == {SUCCEEDED: "3", FAILED: "5"}


def test_a_dag_that_is_not_there(logged: Call) -> None:
    said = logged("experiments", "list", "pipelin")
    assert said.code == 1
    assert "pipeline" in said.err


def test_nothing_waits_for_delivery(logged: Call) -> None:
    assert "nothing waits" in logged("experiments", "deliver").out


def test_models_by_the_record_of_moves(logged: Call) -> None:
    (row,) = logged("models", "list", "-o", "json").json
    assert (row["model"], row["champion"], row["challenger"], row["versions"]) == ("churn", "2", "", 2)
    shown = logged("models", "show", "churn", "-o", "json").json
    assert [(one["version"], one["aliases"]) for one in shown["versions"]] == [("2", "champion"), ("1", "archived")]
    assert shown["moves"][0]["reason"] == "better"


def test_the_lineage_of_a_version(logged: Call) -> None:
    shown = logged("models", "lineage", "churn", "archived", "-o", "json").json
    assert (shown["version"], shown["run_id"], shown["metrics"]) == ("1", SUCCEEDED, {"auc": 0.9})
    assert "its task is gone" in logged("models", "lineage", "churn", "1").out


@pytest.mark.parametrize("arguments", [("show", "gone"), ("lineage", "gone")], ids=["show", "lineage"])
def test_a_model_that_is_not_there(logged: Call, arguments: tuple[str, ...]) -> None:
    said = logged("models", *arguments)
    assert said.code == 1
    assert "there are: churn" in said.err


def test_a_version_that_is_not_there(logged: Call) -> None:
    assert "its versions: 2, 1" in logged("models", "lineage", "churn", "9").err


def test_without_models_it_says_how_one_is_made(call: Call) -> None:
    assert "ml.register" in call("models", "list").out
