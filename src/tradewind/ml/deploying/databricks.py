"""`ml.DatabricksTarget`: a serving endpoint of Databricks, by the hook of Airflow's provider."""

from __future__ import annotations

import importlib
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec

from tradewind.ml.deploying.smoke import rows_as_json
from tradewind.ml.deploying.target import DeploymentFailedError, ModelFiles, Placed, Predict

PROVIDER = "apache-airflow-providers-databricks"
POLL_SECONDS, CALL_SECONDS = 10.0, 60.0


@dataclass(frozen=True)
class DatabricksTarget:
    """An endpoint is made, or updated. The model has to be in the registry of Databricks: MLFLOW_TRACKING_URI names a
    workspace, or `entity` the model in Unity Catalog (`catalog.schema.model`), with the same version numbers."""

    endpoint: str
    entity: str = ""
    workload_size: str = "Small"
    scale_to_zero: bool = True
    databricks_conn_id: str = "databricks_default"
    timeout_seconds: float = 1800.0
    kind: str = "databricks"

    @property
    def place(self) -> str:
        return self.endpoint

    def config(self, files: ModelFiles) -> dict[str, Any]:
        """Body of the call that makes or updates the endpoint's configuration."""
        served = {
            "entity_name": self.entity or files.name,
            "entity_version": files.version,
            "workload_size": self.workload_size,
            "scale_to_zero_enabled": self.scale_to_zero,
        }
        return {"served_entities": [served]}

    def put(self, files: ModelFiles) -> Placed:
        hook = self._hook()
        old = self._old(hook)
        if old is None:
            _call(hook, "POST", "api/2.0/serving-endpoints", {"name": self.endpoint, "config": self.config(files)})
        else:
            _call(hook, "PUT", f"api/2.0/serving-endpoints/{self.endpoint}/config", self.config(files))
        placed = Placed(self.endpoint, self.config(files), old, _version_of(old))
        try:
            self._wait(hook)
        except Exception:
            self.undo(placed)
            raise
        return placed

    @contextmanager
    def answering(self, files: ModelFiles, placed: Placed) -> Generator[Predict]:
        hook = self._hook()

        def predict(rows: Any) -> list[Any]:
            body = msgspec.json.decode(rows_as_json(rows))
            return list(_call(hook, "POST", f"serving-endpoints/{self.endpoint}/invocations", body)["predictions"])

        yield predict

    def undo(self, placed: Placed) -> None:
        hook = self._hook()
        if placed.old is None:
            _call(hook, "DELETE", f"api/2.0/serving-endpoints/{self.endpoint}", {})
            return
        _call(hook, "PUT", f"api/2.0/serving-endpoints/{self.endpoint}/config", placed.old)
        self._wait(hook)

    def _old(self, hook: Any) -> dict[str, Any] | None:
        listed = _call(hook, "GET", "api/2.0/serving-endpoints", {}).get("endpoints", [])
        if not any(one.get("name") == self.endpoint for one in listed):
            return None
        found = _call(hook, "GET", f"api/2.0/serving-endpoints/{self.endpoint}", {})
        kept = ("entity_name", "entity_version", "workload_size", "scale_to_zero_enabled")
        entities = found.get("config", {}).get("served_entities", [])
        return {"served_entities": [{key: one[key] for key in kept if key in one} for one in entities]}

    def _wait(self, hook: Any) -> None:
        end = time.monotonic() + self.timeout_seconds
        while True:
            state = _call(hook, "GET", f"api/2.0/serving-endpoints/{self.endpoint}", {}).get("state", {})
            if state.get("config_update") == "UPDATE_FAILED":
                raise DeploymentFailedError(f"Databricks could not bring the endpoint {self.endpoint} up: {state}")
            if state.get("ready") == "READY" and state.get("config_update") == "NOT_UPDATING":
                return
            if time.monotonic() > end:
                raise DeploymentFailedError(f"the endpoint {self.endpoint} was not ready in time: {state}")
            time.sleep(POLL_SECONDS)

    def _hook(self) -> Any:
        try:
            module: Any = importlib.import_module("airflow.providers.databricks.hooks.databricks")
        except ImportError as error:
            raise DeploymentFailedError(
                f"Databricks is reached through Airflow's provider, which cannot be imported here: {error}",
                hint=f"pip install {PROVIDER}",
            ) from error
        return module.DatabricksHook(databricks_conn_id=self.databricks_conn_id)


def _call(hook: Any, method: str, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The hook says where and by which token; its own call knows no PUT, and no path outside of `/api`."""
    headers = {"Authorization": f"Bearer {hook._get_token(raise_error=True)}", "Content-Type": "application/json"}
    content = msgspec.json.encode(body) if method in ("POST", "PUT") else None
    request = urllib.request.Request(hook._endpoint_url(path), content, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=CALL_SECONDS) as answer:
            return msgspec.json.decode(answer.read() or b"{}")
    except urllib.error.HTTPError as error:
        text = error.read().decode(errors="replace")[:2000]
        raise DeploymentFailedError(f"Databricks answered {error.code} to {method} {path}: {text}") from error


def _version_of(old: Mapping[str, Any] | None) -> str:
    entities = (old or {}).get("served_entities", [])
    return str(entities[0].get("entity_version", "")) if entities else ""
