"""What the pages on models, experiments, data, sweeps and costs read, and who may read it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from tests.api.ours.conftest import BAD, GOOD, Get, caller, copy_home, tradewind
from tests.api.server import ApiServer, running

from tradewind.api.access.rights import Action, Grant, Resource
from tradewind.model.entries import (
    AliasMoved,
    CacheOutcome,
    ColumnDrift,
    DriftReport,
    Environment,
    GateDecision,
    LoggedParams,
    ModelVersion,
    TrackedRun,
    TryUsage,
)
from tradewind.model.ids import RunKey
from tradewind.model.journal import JournalEntry
from tradewind.scheduler.clock import utc_now

AT = datetime(2025, 1, 1, tzinfo=UTC)


def entry(
    said: object, name: str = "", *, dag: str = "pipeline", run: str = GOOD, at: datetime = AT, try_id: str = ""
) -> JournalEntry:
    of_try = (dag, run, "score" if dag else "", (), try_id)
    return JournalEntry(type(said).__name__, name, msgspec.to_builtins(said), at, "ada", *of_try)


@pytest.fixture
def noted(own: ApiServer) -> ApiServer:
    own.store.write_entries(
        [
            entry(ModelVersion("1", "models:/churn/1", flavor="sklearn"), "churn"),
            entry(ModelVersion("2", "models:/churn/2", git_commit="abcdef0123456", snapshot="s"), "churn", run=BAD),
            entry(ModelVersion("1", "models:/secret/1"), "secret", dag="other", run="r"),
            entry(AliasMoved("champion", "1"), "churn", dag="", run=""),
            entry(AliasMoved("champion", "2", "1", "better"), "churn", dag="", run=""),
            entry(GateDecision("promote", "f1 rose"), "churn"),
            entry(LoggedParams({"depth": 3, "api_key": "hunter2"})),
            entry(Environment(git_commit="abcdef")),
            entry(DriftReport(True, 1.0, (ColumnDrift("x", "numeric", {"psi": 0.4}),), 10, 10), "daily"),
            entry(TryUsage(100.0, cpu_seconds=50.0, gpu_share=2.0, idle_gpu=True), "score", at=utc_now()),
        ]
    )
    return own


def test_a_journal_has_a_typed_list_for_each_kind(noted: ApiServer) -> None:
    get = caller(noted)
    (report,) = get("/journal/DriftReport", name="daily")["entries"]
    assert (report["dag_id"], report["said"]["columns"][0]["statistics"]) == ("pipeline", {"psi": 0.4})
    page = get("/journal/ModelVersion", limit=1)
    assert page["entries"][0]["name"] == "secret"
    assert get("/journal/ModelVersion", limit=2, before=page["next_before"])["entries"][0]["said"]["version"] == "2"
    assert [one["name"] for one in get("/journal/ModelVersion", newest="true")["entries"]] == ["churn", "secret"]


def test_a_model_has_its_versions_aliases_and_decisions(noted: ApiServer) -> None:
    get = caller(noted)
    churn, _ = get("/models")
    assert (churn["versions"], churn["aliases"], churn["gate"]["said"]["decision"]) == (2, {"champion": "2"}, "promote")
    page = get("/models/churn")
    assert [one["said"]["version"] for one in page["versions"]] == ["2", "1"]
    assert [one["said"]["old_version"] for one in page["moves"]] == ["1", ""]
    found = get("/models/churn/versions/2/lineage")
    assert {node["kind"] for node in found["nodes"]} == {"model", "task", "code"}
    get("/models/none", status=404)
    get("/models/churn/versions/9/lineage", status=404)


def test_lineage_leads_to_the_tasks_that_made_the_inputs(own: ApiServer) -> None:
    get = caller(own)
    values = get(f"/dags/pipeline/runs/{GOOD.replace(':', '%3A').replace('+', '%2B')}/values")["values"]
    table = next(one for one in values if one["task_id"] == "load")
    own.store.write_entries([entry(ModelVersion("1", "models:/m/1", inputs=(table["hash"],)), "m")])

    found = get("/models/m/versions/1/lineage")

    labels = {node["id"]: node["label"] for node in found["nodes"]}
    assert ("load", "return_value") in {(labels[before], labels[after]) for before, after in found["edges"]}
    value = next(node for node in found["nodes"] if node["kind"] == "value")
    assert value["path"].endswith("/tasks/load?tab=values&value=return_value")


def test_experiments_are_runs_with_what_they_were_given_and_measured(noted: ApiServer) -> None:
    rows = caller(noted)("/experiments", dag_id="pipeline")["runs"]
    good = next(row for row in rows if row["run_id"] == GOOD)
    assert (good["git_commit"], good["params"]["score.depth"]) == ("abcdef", 3)
    assert good["params"]["score.api_key"] == "***"
    assert good["metrics"]


def test_costs_are_told_by_day(noted: ApiServer) -> None:
    found = caller(noted)("/costs", days=90)["days"]
    today = [one for one in found if one["gpu_seconds"]]
    assert [(one["gpu_seconds"], one["idle_gpu_seconds"]) for one in today] == [(200.0, 200.0)]
    assert today[0]["cpu_seconds"] >= 50, "what the runs' own tries took is in it"


def test_who_may_see_one_dag_sees_its_entries_alone(noted: ApiServer) -> None:
    get = caller(noted)
    with noted.limited_to(Grant(Resource.XCOM, Action.READ, "pipeline"), Grant(Resource.TASK, Action.READ, "pipeline")):
        assert [one["name"] for one in get("/models")] == ["churn"]
        assert {one["name"] for one in get("/journal/ModelVersion")["entries"]} == {"churn"}
        get("/models/secret", status=404)
        assert {one["dag_id"] for one in get("/experiments")["runs"]} == {"pipeline"}
    with noted.limited_to(Grant(Resource.DAG, Action.READ)):
        get("/models", status=403)
        get("/costs", status=403)


def test_a_try_and_a_run_tell_what_was_noted_of_them(own: ApiServer) -> None:
    get = caller(own)
    (first, last) = own.store.tries(RunKey("pipeline", BAD), "score", ())
    of_last = {"run": BAD, "try_id": last.try_id}
    own.store.write_entries(
        [
            entry(LoggedParams({"depth": 3, "api_key": "hunter2"}), **of_last),
            entry(LoggedParams({"depth": 2}), run=BAD, try_id=first.try_id),
            entry(CacheOutcome(False, "k", why="the function changed"), "score", **of_last),
            entry(TrackedRun("http://t", "1", "parent", is_parent=True), run=BAD),
            entry(Environment(git_commit="abcdef"), run=BAD),
            entry(Environment(git_commit="012345"), run=GOOD),
        ]
    )
    task = f"/dags/pipeline/runs/{quote(BAD, safe='')}/tasks/score/journal"
    found = get(task)
    assert [one["said"]["params"] for one in found["params"]] == [{"depth": 3, "api_key": "***"}]
    assert (found["cache"]["said"]["why"], found["tracked"], found["artifacts"]) == ("the function changed", None, [])
    assert [one["said"]["params"] for one in get(task, try_=1)["params"]] == [{"depth": 2}]
    get(task, try_=9, status=404)
    run = f"/dags/pipeline/runs/{quote(BAD, safe='')}/journal"
    told = get(run)
    assert (told["environment"]["said"]["git_commit"], told["forked"]) == ("abcdef", None)
    assert told["tracked"]["said"]["mlflow_run_id"] == "parent"
    with own.limited_to(Grant(Resource.XCOM, Action.READ, "another")):
        get(task, status=403)
        get(run, status=403)


def test_bad_questions_are_refused(get: Get) -> None:
    get("/journal/ModelVersion", limit=0, status=422)
    get("/journal/Nonsense", status=404)
    get("/costs", days=0, status=422)


SECONDS = 300
REGISTER = """
import sys, mlflow
home = sys.argv[1]
client = mlflow.MlflowClient(f"sqlite:///{home}/mlflow.db", f"sqlite:///{home}/mlflow.db")
client.create_registered_model("churn")
for _ in range(2):
    client.create_model_version("churn", source=f"file://{home}/model")
"""


@pytest.fixture(scope="module")
def registered(made_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiServer]:
    """Two versions of a model in a real registry, and the journal that says so."""
    home = tmp_path_factory.mktemp("registered") / "home"
    copy_home(made_home, home)
    # By a process of its own: in this one, tests of tracking may have joined MLflow to a home or a server of theirs.
    with pytest.MonkeyPatch.context() as patch:
        for name in ("MLFLOW_TRACKING_URI", "MLFLOW_REGISTRY_URI"):
            patch.delenv(name, raising=False)
        subprocess.run([sys.executable, "-c", REGISTER, str(home)], check=True, timeout=SECONDS)
        yield from _serving(home)


def _serving(home: Path) -> Iterator[ApiServer]:
    with running(home) as server:
        versions = [entry(ModelVersion(number, f"models:/churn/{number}"), "churn") for number in ("1", "2")]
        server.store.write_entries(versions)
        yield server


@pytest.mark.timeout(600)  # MLflow makes its database, and is imported by process after process
def test_an_alias_is_moved_and_moved_back_in_the_registry(registered: ApiServer, tmp_path: Path) -> None:
    get = caller(registered)

    def from_afar(*words: str) -> str:
        login = {"TRADEWIND_URL": registered.url, "TRADEWIND_TOKEN": registered.token}
        done = tradewind(tmp_path / "elsewhere", "models", *words, **login)
        return done.stdout + done.stderr

    change = {"alias": "champion", "version": "1", "reason": "the first"}
    assert from_afar("promote", "churn", "1", "--reason", "the first").strip() == "champion of churn: none → 1"
    better = {**change, "version": "2", "reason": "better", "expected": "1"}
    assert get("/models/churn/alias", method="POST", body=better)["old_version"] == "1"
    refused = get("/models/churn/alias", method="POST", body=better, status=409)
    assert "is version 2 by now" in refused["detail"]
    assert get("/models/churn")["aliases"] == {"champion": "2"}
    assert get("/models/churn/rollback", method="POST", body={"reason": "complaints"})["is_rollback"]
    page = get("/models/churn")
    assert (page["aliases"]["champion"], page["moves"][0]["who"]) == ("1", "admin")
    get("/models/none/rollback", method="POST", body={}, status=404)
    assert "there is no registered model 'none'" in from_afar("rollback", "none")
    with registered.limited_to(Grant(Resource.XCOM, Action.READ)):
        get("/models/churn/rollback", method="POST", body={}, status=403)
