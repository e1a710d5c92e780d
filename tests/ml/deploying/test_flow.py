"""A DAG file that trains, promotes and deploys, run for real; and one that waits for requests to be logged."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from tradewind.cli.serve import tell_of_part
from tradewind.ml.serving.log_folder import log_name, log_uri

from ..running import Home

for needed in ("mlflow", "sklearn", "pandas"):
    pytest.importorskip(needed)
pytestmark = [pytest.mark.xdist_group("mlflow"), pytest.mark.timeout(300)]

FLOWS = """
    from pathlib import Path

    from airflow.sdk import dag, task
    from tradewind import ml

    ROOT = Path(__file__).parent

    @dag(params={"expected": 2.0})
    def ship():
        @task
        def train():
            import pandas as pd
            from sklearn.linear_model import LinearRegression
            model = LinearRegression().fit(pd.DataFrame({"a": [0.0, 1.0]}), [0.0, 2.0])
            return ml.register(model, "line")

        @task
        def deployed_by_hand():
            test = ml.SmokeTest([{"a": 1.0}], expect=[3.0])
            return ml.deploy_now("line", target=ml.FolderTarget(str(ROOT / "srv")), smoke_test=test).state

        promote = ml.promote("line", train())
        test = ml.SmokeTest([{"a": 1.0}], expect=[2.0])
        deploy = ml.deploy("line", promote.output, target=ml.FolderTarget(str(ROOT / "srv")), smoke_test=test)
        deploy >> deployed_by_hand()

    ship()

    @dag(schedule=ml.OnRequests("line"))
    def watch():
        @task
        def look():
            assert ml.request_log("line").empty

        look()

    watch()
"""


def test_train_promote_deploy_and_a_second_deployment_that_is_taken_back(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.write(textwrap.dedent(FLOWS))
    assert home.run("ship") == {
        "train": "success",
        "promote": "success",
        "deploy": "success",
        "deployed_by_hand": "failed",
    }
    found = [(one.body["version"], one.body["state"], one.body["old_version"]) for one in home.entries("Deployed")]
    assert found == [("1", "rolled_back", "1"), ("1", "deployed", "")]
    assert (tmp_path / "srv" / "current" / "MLmodel").is_file()
    assert "row 0:" in home.last_error("ship")
    assert "version 1 is used again" in home.last_error("ship")


def test_a_part_of_the_request_log_is_an_event_for_those_who_wait(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.write(textwrap.dedent(FLOWS))
    assert home.run("watch") == {"look": "success"}
    with home.store() as store:
        assert store.consumers_of(log_name("line"), log_uri("line")) == ["watch"]
    assert tell_of_part(home.settings, "line", tmp_path / "part.jsonl", rows=3)
    assert not tell_of_part(home.settings, "nobody's", tmp_path / "part.jsonl", rows=3)
