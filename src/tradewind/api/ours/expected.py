"""How many task instances a run will have, as far as is known: a task instance has a row only once it is due. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from tradewind.api.ours.nodes import groups_above
from tradewind.model.spec import DagSpec


def expected_instances(spec: DagSpec, lengths: Mapping[str, int]) -> dict[str, int]:
    """Task id → instances. `lengths` are of mapped tasks, and of mapped groups by their id with a dot behind it. What
    is mapped and has none yet counts as one."""
    above = groups_above(spec)
    return {task.task_id: _instances(task.task_id, above.get(task.task_id, ()), lengths) for task in spec.tasks}


def _instances(task_id: str, groups: tuple[str, ...], lengths: Mapping[str, int]) -> int:
    """Its own, else those of the innermost mapped group that it is in."""
    known = (lengths[node] for node in (task_id, *(f"{group}." for group in groups)) if lengths.get(node))
    return next(known, 1)
