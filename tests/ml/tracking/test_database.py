"""MLflow's database in a home that has none yet, wanted by several tries at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tradewind.ml.tracking.database import make_database
from tradewind.ml.tracking.place import Place, mlflow_module

pytest.importorskip("mlflow")
pytestmark = [pytest.mark.xdist_group("mlflow"), pytest.mark.timeout(600)]

OPEN = """
from pathlib import Path
from tradewind.ml.tracking.database import make_database
from tradewind.ml.tracking.place import Place, mlflow_module
import sys
home = Path(sys.argv[1])
place = Place(f"sqlite:///{home / 'mlflow.db'}", home)
mlflow = mlflow_module("mlflow.store.tracking.sqlalchemy_store")
print("ready", flush=True)
sys.stdin.readline()
make_database(place, place.uri, place.artifact_folder.as_uri())
client = mlflow_module().MlflowClient(tracking_uri=place.uri)
print(client.get_experiment_by_name("Default").artifact_location, flush=True)
"""


def test_processes_that_want_it_at_the_same_time_find_it_whole(tmp_path: Path) -> None:
    home = tmp_path / "hö me"
    home.mkdir()
    (home / "mlflow.db.0123.making").write_text("of a process that was killed")
    started = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "MLFLOW_DISABLE_TELEMETRY": "true"},
        )
        for _ in range(2)
    ]
    for one in started:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    said = [one.communicate("\n")[0].strip() for one in started]
    assert [one.returncode for one in started] == [0, 0]
    assert said == [f"{(home / 'mlflow-artifacts').as_uri()}/0"] * 2
    assert [one.name for one in home.iterdir() if one.is_file()] == ["mlflow.db"], "nothing of the making is left"


def test_a_database_of_the_authors_is_made_as_mlflow_makes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`MlflowClient("sqlite:///mine.db")` in a process that has been tracked: nobody says where its files go."""
    monkeypatch.chdir(tmp_path)
    uri = f"sqlite:///{tmp_path / 'mine.db'}"
    make_database(Place(f"sqlite:///{tmp_path / 'home' / 'mlflow.db'}", tmp_path / "home"), uri)
    client = mlflow_module().MlflowClient(tracking_uri=uri)
    assert client.get_experiment_by_name("Default").artifact_location == str(tmp_path / "mlruns" / "0")
