"""Names of assets in the plain data of a DagSpec: conditions of schedules, inlets and outlets of tasks. Pure."""

from __future__ import annotations

from typing import Any, cast


def asset_names(condition: Any) -> set[str]:
    """Of a nested condition: {"all": [{"asset": {"name", …}}, {"any": […]}]}; of an outlet, {"asset": {…}}."""
    if isinstance(condition, dict):
        return _of_dict(cast("dict[str, Any]", condition))
    if isinstance(condition, list | tuple):
        return set[str]().union(*map(asset_names, cast("list[Any]", condition)))
    return set()


def _of_dict(condition: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    for key, value in condition.items():
        if key in ("asset", "alias") and isinstance(value, dict):
            named = cast("dict[str, Any]", value)
            found.add(str(named.get("name") or named.get("uri") or ""))
        elif key in ("all", "any"):
            found |= asset_names(value)
    return found - {""}
