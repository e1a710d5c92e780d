"""What machine-learning engineers get beyond Airflow: `from tradewind import ml`.

A name is imported when it is first used: a DAG file that uses one of them pays for that one.
"""

from __future__ import annotations

import importlib
from typing import Any

_HOMES: dict[str, str] = {
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
