"""SageMaker and Databricks: what their providers are given, and what is said where there is none. No cloud is asked."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tradewind.ml.deploying.databricks import DatabricksTarget
from tradewind.ml.deploying.sagemaker import SageMakerTarget
from tradewind.ml.deploying.target import DeploymentFailedError, ModelFiles
from tradewind.ml.tracking.place import Place

HOOK = "airflow.providers.databricks.hooks.databricks"


@pytest.fixture
def files(tmp_path: Path) -> ModelFiles:
    (tmp_path / "MLmodel").touch()
    return ModelFiles("churn of all", "4", tmp_path, Place("sqlite://", tmp_path))


def test_what_the_operator_of_sagemaker_is_given(files: ModelFiles) -> None:
    target = SageMakerTarget("churn", "image", "role", "bucket")
    assert target.config(files, "20260101000000") == {
        "Model": {
            "ModelName": "churn-of-all-4-20260101000000",
            "PrimaryContainer": {
                "Image": "image",
                "ModelDataUrl": "s3://bucket/tradewind/churn-of-all/4/model.tar.gz",
            },
            "ExecutionRoleArn": "role",
        },
        "EndpointConfig": {
            "EndpointConfigName": "churn-of-all-4-20260101000000",
            "ProductionVariants": [
                {
                    "VariantName": "AllTraffic",
                    "ModelName": "churn-of-all-4-20260101000000",
                    "InitialInstanceCount": 1,
                    "InstanceType": "ml.m5.large",
                }
            ],
        },
        "Endpoint": {"EndpointName": "churn", "EndpointConfigName": "churn-of-all-4-20260101000000"},
    }


@pytest.mark.parametrize(
    ("target", "module", "package"),
    [
        (SageMakerTarget("e", "i", "r", "b"), "airflow.providers.amazon", "apache-airflow-providers-amazon"),
        (DatabricksTarget("e"), "airflow.providers.databricks", "apache-airflow-providers-databricks"),
    ],
    ids=["sagemaker", "databricks"],
)
def test_the_package_that_is_missing_is_named(
    target: Any, module: str, package: str, files: ModelFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(DeploymentFailedError) as caught:
        target.put(files)
    assert caught.value.hint == f"pip install {package}"


class Workspace:
    """The calls about serving endpoints, as Databricks documents them, over HTTP; and the hook that leads there."""

    def __init__(self) -> None:
        self.config: dict[str, Any] | None = None
        workspace = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                is_known = self.headers["Authorization"] == "Bearer token"
                said = workspace.answer(self.command, self.path, json.loads(body or b"{}"))
                self.send_response(200 if is_known else 403)
                self.end_headers()
                self.wfile.write(json.dumps(said).encode())

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, format: str, *args: Any) -> None:
                """Not among the tests' output."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def answer(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        if (method, path) == ("GET", "/api/2.0/serving-endpoints"):
            return {"endpoints": [{"name": "churn"}] if self.config else []}
        if (method, path) == ("POST", "/serving-endpoints/churn/invocations"):
            return {"predictions": [1]}
        if method == "GET":
            return {"config": self.config, "state": {"ready": "READY", "config_update": "NOT_UPDATING"}}
        self.config = None if method == "DELETE" else body.get("config", body)
        return {}

    def _endpoint_url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/{path}"

    def _get_token(self, raise_error: bool) -> str:
        return "token"


@pytest.fixture
def workspace(monkeypatch: pytest.MonkeyPatch) -> Generator[Workspace]:
    made = Workspace()
    for name in (HOOK.rsplit(".", 1)[0], HOOK.rsplit(".", 2)[0]):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    module: Any = ModuleType(HOOK)
    module.DatabricksHook = lambda databricks_conn_id: made
    monkeypatch.setitem(sys.modules, HOOK, module)
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def test_an_endpoint_of_databricks_is_made_asked_and_taken_back(workspace: Workspace, files: ModelFiles) -> None:
    target = DatabricksTarget("churn", entity="main.default.churn")
    placed = target.put(files)
    assert workspace.config is not None
    assert workspace.config["served_entities"][0]["entity_name"] == "main.default.churn"
    with target.answering(files, placed) as predict:
        assert predict([{"a": 1}]) == [1]
    first = workspace.config
    workspace.config = {"served_entities": [{"entity_name": "main.default.churn", "entity_version": "3"}]}
    again = target.put(files)
    assert again.old_version == "3"
    target.undo(again)
    assert workspace.config["served_entities"][0]["entity_version"] == "3"
    target.undo(placed)
    assert workspace.config is None
    assert first["served_entities"][0]["entity_version"] == "4"
