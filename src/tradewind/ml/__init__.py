"""What machine-learning engineers get beyond Airflow: `from tradewind import ml`.

A name is imported when it is first used: a DAG file that uses one of them pays for that one.
"""

from __future__ import annotations

import importlib
from typing import Any

_HOMES: dict[str, str] = {
    "log_metric": "tradewind.authoring.metrics",
    "log_metrics": "tradewind.authoring.metrics",
    "log_params": "tradewind.ml.tracking.logged",
    "log_figure": "tradewind.ml.tracking.logged",
    "log_table": "tradewind.ml.tracking.logged",
    "log_artifact": "tradewind.ml.tracking.logged",
    "log_model": "tradewind.ml.tracking.models",
    "mlflow": "tradewind.ml.tracking.aid",
    "register": "tradewind.ml.registry.register",
    "load_model": "tradewind.ml.registry.load",
    "move_alias": "tradewind.ml.registry.moving",
    "promote": "tradewind.ml.registry.promote",
    "gate": "tradewind.ml.gates.gate",
    "Rule": "tradewind.ml.gates.rules",
    "NotebookOperator": "tradewind.ml.notebook",
    "checkpoint": "tradewind.ml.checkpointing.checkpoint",
    "retry_on": "tradewind.ml.retrying.policy",
    "halve": "tradewind.ml.retrying.changes",
    "double": "tradewind.ml.retrying.changes",
    "scale": "tradewind.ml.retrying.changes",
    "use": "tradewind.ml.retrying.changes",
    "NaNLoss": "tradewind.ml.retrying.failures",
    "check_loss": "tradewind.ml.retrying.failures",
    "Cache": "tradewind.ml.cache",
    "OnDegradation": "tradewind.ml.monitoring.schedules",
    "OnDrift": "tradewind.ml.monitoring.schedules",
    "check": "tradewind.ml.checks.check",
    "contract": "tradewind.ml.checks.contract",
    "drift": "tradewind.ml.drifting.drift",
    "drift_gate": "tradewind.ml.drifting.gate",
    "monitor": "tradewind.ml.monitoring.monitor",
    "profile": "tradewind.ml.profiling.profile",
    "profiled": "tradewind.ml.profiling.aid",
    "reference": "tradewind.ml.drifting.reference",
    "set_reference": "tradewind.ml.drifting.reference",
    "OnRequests": "tradewind.ml.serving.logged",
    "shadow_gate": "tradewind.ml.gates.shadow",
    "request_log": "tradewind.ml.serving.logged",
    "deploy": "tradewind.ml.deploying.deploy",
    "deploy_now": "tradewind.ml.deploying.deploy",
    "SmokeTest": "tradewind.ml.deploying.smoke",
    "FolderTarget": "tradewind.ml.deploying.folder",
    "MlflowTarget": "tradewind.ml.deploying.mlflow_server",
    "DockerTarget": "tradewind.ml.deploying.docker",
    "SageMakerTarget": "tradewind.ml.deploying.sagemaker",
    "DatabricksTarget": "tradewind.ml.deploying.databricks",
    "torchrun": "tradewind.ml.gang.torchrun",
    "uniform": "tradewind.ml.sweeping.spaces",
    "loguniform": "tradewind.ml.sweeping.spaces",
    "int": "tradewind.ml.sweeping.short_names",
    "choice": "tradewind.ml.sweeping.spaces",
    "sweep": "tradewind.ml.sweeping.sweep",
    "report": "tradewind.ml.sweeping.trying",
}
"""Name → the module it is from."""


def __getattr__(name: str) -> Any:
    if (home := _HOMES.get(name)) is None:
        raise AttributeError(f"module 'tradewind.ml' has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
