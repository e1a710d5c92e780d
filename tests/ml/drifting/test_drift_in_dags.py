"""Drift in DAG files, run for real: references that outlive runs, alarms, gates, reports to read."""

from __future__ import annotations

import json

import pytest
from tests.ml.running import Home

from tradewind.artifacts import ArtifactStore
from tradewind.model.ids import RunKey
from tradewind.purge import delete_runs

FLOWS = """
import numpy, pandas
from datetime import timedelta
from tradewind import ml
from airflow.sdk import DAG, Param, task

def frame(shift):
    rng = numpy.random.default_rng(int(shift * 10))
    return pandas.DataFrame({"age": rng.normal(40 + shift, 10, 400), "city": rng.choice(["Lima", "Oslo"], 400)})

with DAG("learn", default_args={"aids": [ml.profiled()]}):
    @task
    def load():
        return frame(0)

    @task
    def keep(data):
        ml.set_reference("orders", data, sample_rows=300)

    keep(load())

with DAG("watch", params={"shift": Param(0.0)}):
    @task
    def look(**context):
        return ml.drift("orders", frame(context["params"]["shift"]), classifier=False)

    @task
    def retrain():
        pass

    @task
    def rest():
        pass

    report = look()
    ml.drift_gate(report) >> retrain()
    ml.drift_gate(report, steady="rest", cooldown=timedelta(hours=1), task_id="slow_gate") >> rest()

with DAG("retrain", schedule=ml.OnDrift("orders", cooldown=timedelta(hours=6))):
    @task
    def train():
        pass
    train()

with DAG("as_a_task"):
    @task
    def empty():
        return frame(0)[:0]

    ml.drift("orders", empty())
"""


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path)
    home.write(FLOWS)
    return home


def test_a_reference_an_alarm_and_a_gate(home):
    home.run("learn")
    (profile,) = home.entries("ValueProfile")
    assert (profile.name, profile.body["rows"]) == ("return_value", 400)
    (reference,) = home.entries("ReferenceSet", name="orders")
    assert (reference.body["rows"], reference.body["sampled_rows"]) == (400, 300)

    assert home.run("watch") == {
        "look": "success",
        "drift_gate": "success",
        "retrain": "skipped",
        "slow_gate": "success",
        "rest": "success",
    }
    with home.store() as store:
        assert store.waiting_events("retrain") == []

    states = home.run("watch", shift=8.0)
    assert (states["retrain"], states["rest"]) == ("success", "skipped")
    newest = home.entries("DriftReport", name="orders")[0].body
    assert (newest["drifted"], newest["triggered"], newest["held_why"]) == (True, True, "")
    with home.store() as store:
        (event,) = store.waiting_events("retrain")
        assert event.extra == {"monitor": "orders", "share": 0.5, "columns": ["age"]}

    states = home.run("watch", shift=9.0)
    assert (states["retrain"], states["rest"]) == ("success", "success"), "the slow gate is shut for an hour"
    newest = home.entries("DriftReport", name="orders")[0].body
    assert (newest["drifted"], newest["triggered"]) == (True, False)
    assert newest["held_why"].startswith("retrain was triggered at ")
    assert "its cooldown runs until" in newest["held_why"]
    with home.store() as store:
        assert len(store.waiting_events("retrain")) == 1


def test_reports_and_references_outlive_their_runs(home):
    home.run("learn")
    home.run("watch", shift=8.0)
    files = ArtifactStore(home.settings.artifact_url)
    body = home.entries("DriftReport", name="orders")[0].body
    kept = [*body["figures"], body["markdown"], body["html"]]
    with files.local(kept[0]) as picture, files.local(kept[2]) as page:
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert "<h1>Drift of orders</h1>" in page.read_text()
    with home.store() as store:
        runs = [RunKey(run.dag_id, run.run_id) for run in store.runs(limit=10)]
        delete_runs(home.settings, store, runs)
        assert store.runs(limit=1) == []
    assert all(map(files.exists, kept))
    assert home.run("watch", shift=0.0)["look"] == "success"


def test_without_a_reference_or_rows_the_task_says_what_to_do(home):
    assert home.run("watch")["look"] == "failed"
    assert "there is no reference 'orders'" in home.last_error("watch")
    assert "ml.set_reference('orders', good_data)" in home.last_error("watch")
    home.run("learn")
    assert home.run("as_a_task")["drift_orders"] == "failed"
    assert "the current data has no rows" in home.last_error("as_a_task")


def test_the_terminal_lists_shows_and_tells_the_history(home, monkeypatch):
    from click.testing import CliRunner

    from tradewind.cli.main import tradewind

    home.run("learn")
    home.run("watch", shift=8.0)

    def ask(*words):
        return CliRunner().invoke(tradewind, ["--home", str(home.settings.home), "drift", *words])

    (row,) = json.loads(ask("list", "-o", "json").output)
    assert (row["monitor"], row["of"], row["found"], row["triggered"]) == ("orders", "data", "drifted", True)
    shown = ask("show", "orders").output
    assert "1 of 2 columns drifted: age" in shown
    assert "█" in shown
    assert [one["column"] for one in json.loads(ask("show", "orders", "-o", "json").output)] == ["age", "city"]
    assert len(json.loads(ask("history", "orders", "-o", "json").output)) == 1
    missing = ask("show", "nobody")
    assert missing.exit_code == 1
    assert "there is no monitor 'nobody'" in str(missing.exception)
