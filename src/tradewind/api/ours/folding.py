"""Cells of the grid from counts of instances: mapped tasks and groups show the worst of what is below. Pure."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import msgspec

from tradewind.model.states import TaskState
from tradewind.store.facets.views import Cell

WORST_FIRST = (
    TaskState.FAILED,
    TaskState.UPSTREAM_FAILED,
    TaskState.UP_FOR_RETRY,
    TaskState.RUNNING,
    TaskState.UP_FOR_RESCHEDULE,
    TaskState.DEFERRED,
    TaskState.QUEUED,
    TaskState.SCHEDULED,
    TaskState.NONE,
    TaskState.SUCCESS,
    TaskState.SKIPPED,
    TaskState.REMOVED,
)
_RANK = {str(state): place for place, state in enumerate(WORST_FIRST)}


def worst(states: Iterable[str]) -> str:
    """Of some states, the one a person has to know of."""
    return min(states, key=lambda state: _RANK.get(state, 0), default=str(TaskState.NONE))


class Node:
    """One cell: of a task, or of a group."""

    __slots__ = ("counts", "ended_at", "is_folded", "started_at", "try_number")

    def __init__(self, *, is_folded: bool) -> None:
        self.is_folded = is_folded
        self.counts: dict[str, int] = {}
        self.started_at: int | None = None
        self.ended_at: int | None = None
        self.try_number = 0

    def add(self, cell: Cell) -> None:
        self.counts[cell.state] = self.counts.get(cell.state, 0) + cell.instances
        if cell.started_at is not None and (self.started_at is None or cell.started_at < self.started_at):
            self.started_at = cell.started_at
        if cell.ended_at is not None and (self.ended_at is None or cell.ended_at > self.ended_at):
            self.ended_at = cell.ended_at
        self.try_number = max(self.try_number, cell.try_number)

    def as_json(self) -> str:
        state = next(iter(self.counts)) if len(self.counts) == 1 else worst(self.counts)
        text = f'{{"state":"{state}"'
        if self.started_at is not None:
            text += f',"started_at":"{_instant(self.started_at)}"'
        if self.ended_at is not None:
            text += f',"ended_at":"{_instant(self.ended_at)}"'
        if self.try_number:
            text += f',"try_number":{self.try_number}'
        if self.is_folded:
            text += f',"counts":{msgspec.json.encode(self.counts).decode()}'
        return text + "}"


class Folded:
    """The cells of one run."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}

    def add(self, cell: Cell, groups: tuple[str, ...]) -> None:
        node = self.nodes.get(cell.task_id)
        if node is None:
            node = self.nodes[cell.task_id] = Node(is_folded=cell.is_mapped)
        node.is_folded = node.is_folded or cell.is_mapped
        node.add(cell)
        for group_id in groups:
            group = self.nodes.get(group_id)
            if group is None:
                group = self.nodes[group_id] = Node(is_folded=True)
            group.add(cell)

    def as_json(self) -> bytes:
        return ("{" + ",".join([f"{_name(name)}:{node.as_json()}" for name, node in self.nodes.items()]) + "}").encode()


def folded_cells(cells: Iterable[Cell], above: Mapping[str, tuple[str, ...]]) -> dict[int, Folded]:
    """Run → its cells. `above`: task → the groups it is in."""
    found: dict[int, Folded] = {}
    for cell in cells:
        folded = found.get(cell.run)
        if folded is None:
            folded = found[cell.run] = Folded()
        folded.add(cell, above.get(cell.task_id, ()))
    return found


@functools.lru_cache(maxsize=20_000)
def _name(text: str) -> str:
    return msgspec.json.encode(text).decode()


@functools.lru_cache(maxsize=10_000)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _instant(micros: int) -> str:
    seconds, rest = divmod(micros, 1_000_000)
    return f"{_second(seconds)}.{rest:06d}Z"
