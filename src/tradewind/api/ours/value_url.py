"""Where the bytes of a value are."""

from __future__ import annotations

from tradewind.api.ours.bodies.values import ValueInfo
from tradewind.api.ours.paths import ROOT, path_text
from tradewind.model.ids import path_to_text


def value_url(info: ValueInfo) -> str:
    """Of the same origin."""
    path = path_text("dags", info.dag_id, "runs", info.run_id, "tasks", info.task_id, "values", info.key)
    where = f"?map={path_to_text(info.map_path)}" if info.map_path else ""
    return f"{ROOT}{path}/raw{where}"
