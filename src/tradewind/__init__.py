"""Tradewind: Airflow's authoring language, executed in milliseconds, for machine-learning engineers.

Names are imported when they are first used, so that `import tradewind` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tradewind.authoring.assets import Asset, AssetAlias, AssetAll, AssetAny, Dataset, Metadata
    from tradewind.authoring.connections import Connection
    from tradewind.authoring.context import get_current_context
    from tradewind.authoring.dag import DAG
    from tradewind.authoring.dag_decorator import dag
    from tradewind.authoring.edges import Label, chain, chain_linear, cross_downstream
    from tradewind.authoring.group_decorator import task_group
    from tradewind.authoring.groups import TaskGroup
    from tradewind.authoring.hook import BaseHook
    from tradewind.authoring.metrics import log_metric
    from tradewind.authoring.notifier import BaseNotifier
    from tradewind.authoring.operator import BaseOperator
    from tradewind.authoring.params import Param, ParamsDict
    from tradewind.authoring.sensor import BaseSensorOperator, PokeReturnValue
    from tradewind.authoring.taskflow import setup, task, teardown
    from tradewind.authoring.variables import Variable
    from tradewind.authoring.xcom_arg import XComArg
    from tradewind.model.states import TriggerRule, WeightRule

__version__ = "0.1.0"

_HOMES: dict[str, tuple[str, ...]] = {
    "tradewind.authoring.assets": ("Asset", "AssetAlias", "AssetAll", "AssetAny", "Dataset", "Metadata"),
    "tradewind.authoring.connections": ("Connection",),
    "tradewind.authoring.context": ("get_current_context",),
    "tradewind.authoring.dag": ("DAG",),
    "tradewind.authoring.dag_decorator": ("dag",),
    "tradewind.authoring.edges": ("Label", "chain", "chain_linear", "cross_downstream"),
    "tradewind.authoring.group_decorator": ("task_group",),
    "tradewind.authoring.groups": ("TaskGroup",),
    "tradewind.authoring.hook": ("BaseHook",),
    "tradewind.authoring.notifier": ("BaseNotifier",),
    "tradewind.authoring.operator": ("BaseOperator",),
    "tradewind.authoring.params": ("Param", "ParamsDict"),
    "tradewind.authoring.sensor": ("BaseSensorOperator", "PokeReturnValue"),
    "tradewind.authoring.taskflow": ("setup", "task", "teardown"),
    "tradewind.authoring.metrics": ("log_metric",),
    "tradewind.authoring.variables": ("Variable",),
    "tradewind.authoring.xcom_arg": ("XComArg",),
    "tradewind.model.states": ("TriggerRule", "WeightRule"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "DAG",
    "Asset",
    "AssetAlias",
    "AssetAll",
    "AssetAny",
    "BaseHook",
    "BaseNotifier",
    "BaseOperator",
    "BaseSensorOperator",
    "Connection",
    "Dataset",
    "Label",
    "Metadata",
    "Param",
    "ParamsDict",
    "PokeReturnValue",
    "TaskGroup",
    "TriggerRule",
    "Variable",
    "WeightRule",
    "XComArg",
    "__version__",
    "chain",
    "chain_linear",
    "cross_downstream",
    "dag",
    "get_current_context",
    "log_metric",
    "setup",
    "task",
    "task_group",
    "teardown",
]


def __getattr__(name: str) -> Any:
    if (home := _HOME_OF.get(name)) is None:
        raise AttributeError(f"module 'tradewind' has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
