"""What differs between two versions of a DAG, as data. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from tradewind.model.spec import DagSpec, TaskSpec

NOT_COMPARED = frozenset({"tasks", "line", "spec_version", "file"})


class Difference(Struct, frozen=True):
    """One argument: its value before and after; None: it was not given."""

    name: str
    before: Any
    after: Any


class SpecDifference(Struct, frozen=True):
    arguments: tuple[Difference, ...]
    """Of the DAG itself, its schedule among them."""
    tasks_added: tuple[str, ...]
    tasks_removed: tuple[str, ...]
    tasks_changed: dict[str, tuple[Difference, ...]]

    @property
    def is_empty(self) -> bool:
        return not (self.arguments or self.tasks_added or self.tasks_removed or self.tasks_changed)


def compare(old: DagSpec, new: DagSpec) -> SpecDifference:
    before = {task.task_id: task for task in old.tasks}
    after = {task.task_id: task for task in new.tasks}
    changed = {name: _differences(before[name], task) for name, task in after.items() if name in before}
    return SpecDifference(
        arguments=_differences(old, new),
        tasks_added=tuple(name for name in after if name not in before),
        tasks_removed=tuple(name for name in before if name not in after),
        tasks_changed={name: found for name, found in changed.items() if found},
    )


def with_fields(found: SpecDifference, fields: Mapping[str, tuple[Difference, ...]]) -> SpecDifference:
    """With arguments of operators that specs do not have, but for those that are told of already."""
    changed = dict(found.tasks_changed)
    for task_id, more in fields.items():
        told = {one.name.rpartition(".")[2] for one in changed.get(task_id, ())}
        changed[task_id] = (*changed.get(task_id, ()), *(one for one in more if one.name not in told))
    return msgspec.structs.replace(found, tasks_changed={name: parts for name, parts in changed.items() if parts})


def _differences(old: DagSpec | TaskSpec, new: DagSpec | TaskSpec) -> tuple[Difference, ...]:
    before, after = _flat(msgspec.to_builtins(old)), _flat(msgspec.to_builtins(new))
    names = [*before, *(name for name in after if name not in before)]
    return tuple(
        Difference(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    )


def _flat(plain: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested structs as `retry.retries`; what an author wrote as one value (params, assets, extra) stays one."""
    found: dict[str, Any] = {}
    for name, value in plain.items():
        if name in NOT_COMPARED and not prefix:
            continue
        if name in ("retry", "schedule", "resources", "reuse") and isinstance(value, dict):
            found |= _flat(value, f"{name}.")  # pyright: ignore[reportUnknownArgumentType]  # builtins of a Struct
        else:
            found[prefix + name] = value
    return found
