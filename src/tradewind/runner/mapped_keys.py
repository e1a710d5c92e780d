"""Which values of a task others map over: such a value has to be a list or a dict, and not too long.

Where the producer is itself mapped deeper than the asker, its instances are counted instead; each may push anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from tradewind.model.spec import Concatenated, DagSpec, Expansion, Filtered, FromTask, LengthSource, Literals, Zipped

NO_KEYS: frozenset[str] = frozenset()


def mapped_keys(spec: DagSpec, task_id: str) -> frozenset[str]:
    """Keys of this task's values that decide a length."""
    return _all_keys(_SameSpec(spec)).get(task_id, NO_KEYS)


class _SameSpec:
    """Caches by identity: to hash and compare a large spec by its content would cost more than a small task."""

    def __init__(self, spec: DagSpec) -> None:
        self.spec = spec

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SameSpec) and other.spec is self.spec

    def __hash__(self) -> int:
        return id(self.spec)


@lru_cache(maxsize=64)
def _all_keys(same: _SameSpec) -> dict[str, frozenset[str]]:
    levels = _Levels(same.spec)
    found: dict[str, set[str]] = {}
    for expansion, asker in levels.expansions():
        for source in _from_tasks(expansion):
            producer = levels.of_task(source.task_id)
            if len(producer) == _common_depth(producer, asker):
                found.setdefault(source.task_id, set()).add(source.key)
    return {task_id: frozenset(keys) for task_id, keys in found.items()}


class _Levels:
    """Mapped groups around each task and group, outermost first, and the task itself where it is mapped."""

    def __init__(self, spec: DagSpec) -> None:
        self._spec = spec
        self._groups = {group.group_id: group for group in spec.groups}
        self._tasks = {task.task_id: task for task in spec.tasks}

    def expansions(self) -> Iterator[tuple[Expansion, tuple[str, ...]]]:
        """Each expansion, with the mapped groups around what it multiplies."""
        for task in self._spec.tasks:
            if task.expansion is not None:
                yield task.expansion, self._around(task.group_id)
        for group in self._spec.groups:
            if group.expansion is not None:
                yield group.expansion, self._around(group.parent_id)

    def of_task(self, task_id: str) -> tuple[str, ...]:
        task = self._tasks[task_id]
        around = self._around(task.group_id)
        return around if task.expansion is None else (*around, task_id)

    def _around(self, group_id: str) -> tuple[str, ...]:
        found: list[str] = []
        while group_id:
            group = self._groups[group_id]
            if group.expansion is not None:
                found.append(f"{group_id}.")
            group_id = group.parent_id
        return tuple(reversed(found))


def _common_depth(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    depth = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        depth += 1
    return depth


def _from_tasks(expansion: Expansion) -> Iterator[FromTask]:
    for _, source in expansion.arguments:
        yield from _leaves(source)


def _leaves(source: LengthSource) -> Iterator[FromTask]:
    match source:
        case Literals():
            return
        case FromTask():
            yield source
        case Zipped(sources=sources) | Concatenated(sources=sources) | Filtered(sources=sources):
            for inner in sources:
                yield from _leaves(inner)
