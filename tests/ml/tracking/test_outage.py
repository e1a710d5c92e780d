"""A real MLflow server that is down, comes, goes and comes back: nothing that was logged is lost."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tradewind.authoring.metrics import log_metric
from tradewind.ml.registry.register import register
from tradewind.ml.tracking import outage, spool, tags
from tradewind.ml.tracking.deliver import deliver
from tradewind.ml.tracking.logged import log_artifact, log_params
from tradewind.ml.tracking.models import ModelError, log_model

mlflow = pytest.importorskip("mlflow")
pytestmark = [pytest.mark.xdist_group("mlflow"), pytest.mark.timeout(600)]
START_SECONDS = 240


class Server:
    """`mlflow server`, started and stopped as a test goes on; its data stay."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.uri = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(self.port)]
        command += ["--workers", "1", "--backend-store-uri", f"sqlite:///{self._folder / 'server.db'}"]
        command += ["--artifacts-destination", str(self._folder / "files")]
        with open(self._folder / "log", "ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        give_up = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, (self._folder / "log").read_text()
            assert time.monotonic() < give_up, (self._folder / "log").read_text()
            time.sleep(0.2)  # it cannot tell us when it is there

    def stop(self) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(60)
            self._process = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.uri}/health", timeout=2):
                return True
        except OSError:
            return False


@pytest.fixture
def server(tmp_path: Path) -> Generator[Server]:
    new = Server(tmp_path)
    yield new
    new.stop()


class Constant:
    def predict(self, features: Any) -> Any:
        return [1] * len(features)


def test_a_server_that_is_down_and_one_that_goes_down_get_everything_in_the_end(
    tracking: Any, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One story, since a server takes long to start."""
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    file = tmp_path / "notes.txt"
    file.write_text("notes")

    # Down from the start: the try is tracked here, models and all; only the registry cannot be had.
    with tracking.trying("first") as tried:
        mlflow.set_tracking_uri(server.uri)
        with mlflow.start_run():
            mlflow.log_metric("loss", 0.5, 1)
        log_metric("loss", 0.25, 2)
        log_params({"depth": 3})
        log_artifact(file)
        log_model(Constant())
        with pytest.raises(ModelError, match="is down"):
            register(Constant(), "constant")
        local = tried.run_id()
    assert [one.run_id for one in spool.runs(tracking.place)] == [local]

    # There when the next try begins, and gone in its middle.
    server.start()
    with tracking.trying("second") as tried:
        mlflow.set_tracking_uri(server.uri)
        mlflow.log_metric("loss", 1.0, 1)
        there = tried.run_id()
        server.stop()
        mlflow.log_metric("loss", 0.5, 2)
        mlflow.log_params({"a": 1})
        log_metric("nan", float("nan"), 3)
        log_artifact(file)
    assert spool.servers(tracking.place) == [server.uri]

    # Back again: the next try that reaches it delivers, for all.
    server.start()
    with tracking.trying("third"):
        mlflow.set_tracking_uri(server.uri)
        mlflow.log_metric("loss", 1.0)
    assert spool.servers(tracking.place) == []

    client = mlflow.MlflowClient(tracking_uri=server.uri)
    experiments = [one.experiment_id for one in client.search_experiments()]
    (copy,) = client.search_runs(experiments, f"tags.`{tags.DELIVERED_FROM}` = '{local}'")
    assert [one.step for one in client.get_metric_history(copy.info.run_id, "loss")] == [1, 2]
    assert (copy.data.params, copy.info.status) == ({"depth": "3"}, "FINISHED")
    assert [one.path for one in client.list_artifacts(copy.info.run_id)] == ["notes.txt"]
    assert client.get_run(copy.data.tags[tags.PARENT]).data.tags[tags.RUN_KEY] == "flow/first"
    models = client.search_logged_models(experiments, f"source_run_id = '{copy.info.run_id}'")
    assert [one.name for one in models] == ["model"]
    cut = client.get_run(there)
    assert (cut.data.params, cut.info.status) == ({"a": "1"}, "FINISHED")
    assert [one.step for one in client.get_metric_history(there, "loss")] == [1, 2]
    assert [one.step for one in client.get_metric_history(there, "nan")] == [3]
    assert [one.path for one in client.list_artifacts(there)] == ["notes.txt"]
    assert deliver(tracking.place, server.uri).runs == {}


def test_a_line_that_was_cut_off_by_a_kill_is_left_out(tracking: Any) -> None:
    spool.keep_call(tracking.place, "http://gone", "log_param", ("run", mlflow.entities.Param("a", "1")), {})
    (file,) = (tracking.place.spool).glob("run*.jsonl")
    with open(file, "ab") as stream:
        stream.write(b'{"uri":"http')
    ((_, kept),) = [one for one in spool.calls(tracking.place) if one[0] == file]
    assert [one.params for one in kept] == [(("a", "1"),)]
    file.unlink()


def test_whoever_answers_is_up_whatever_they_say(tracking: Any) -> None:
    assert not outage.is_up("http://127.0.0.1:9")
    assert not outage.is_up("http://no such host")
