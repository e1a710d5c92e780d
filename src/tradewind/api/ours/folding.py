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
    """A group, or a mapped task."""

    __slots__ = ("counts", "ended_at", "reused", "started_at", "try_number")

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.started_at: int | None = None
        self.ended_at: int | None = None
        self.try_number = 0
        self.reused = 0

    def add(self, cell: Cell) -> None:
        self.counts[cell.state] = self.counts.get(cell.state, 0) + cell.instances
        started, ended = cell.started_at, cell.ended_at
        if started is not None and (self.started_at is None or started < self.started_at):
            self.started_at = started
        if ended is not None and (self.ended_at is None or ended > self.ended_at):
            self.ended_at = ended
        self.try_number = max(self.try_number, cell.try_number)
        self.reused += cell.reused

    def as_json(self) -> str:
        counts = msgspec.json.encode(self.counts).decode()
        is_reused = self.reused > 0 and self.reused == sum(self.counts.values())
        start = _cell_json(worst(self.counts), self.started_at, self.ended_at, self.try_number, is_reused=is_reused)
        return f'{start[:-1]},"counts":{counts}}}'


class Folded:
    """The cells of one run."""

    def __init__(self) -> None:
        self._single: dict[str, Cell] = {}
        self.nodes: dict[str, Node] = {}

    def add(self, cell: Cell, groups: tuple[str, ...]) -> None:
        """Most tasks have one instance: of them nothing is folded."""
        task_id = cell.task_id
        if cell.is_mapped or task_id in self._single or task_id in self.nodes:
            self._fold(task_id, cell)
        else:
            self._single[task_id] = cell
        for group_id in groups:
            group = self.nodes.get(group_id)
            if group is None:
                group = self.nodes[group_id] = Node()
            group.add(cell)

    def as_json(self) -> bytes:
        parts = [f"{_name(name)}:{_single_json(one)}" for name, one in self._single.items()]
        parts += [f"{_name(name)}:{node.as_json()}" for name, node in self.nodes.items()]
        return f"{{{','.join(parts)}}}".encode()

    def _fold(self, task_id: str, cell: Cell) -> None:
        node = self.nodes.get(task_id)
        if node is None:
            node = self.nodes[task_id] = Node()
            if (first := self._single.pop(task_id, None)) is not None:
                node.add(first)
        node.add(cell)


def folded_cells(cells: Iterable[Cell], above: Mapping[str, tuple[str, ...]]) -> dict[int, Folded]:
    """Run → its cells. `above`: task → the groups it is in."""
    found: dict[int, Folded] = {}
    for cell in cells:
        folded = found.get(cell.run)
        if folded is None:
            folded = found[cell.run] = Folded()
        folded.add(cell, above.get(cell.task_id, ()))
    return found


def _single_json(one: Cell) -> str:
    return _cell_json(one.state, one.started_at, one.ended_at, one.try_number, is_reused=one.reused > 0)


def _cell_json(state: str, started_at: int | None, ended_at: int | None, try_number: int, *, is_reused: bool) -> str:
    start = "" if started_at is None else f',"started_at":"{_instant(started_at)}"'
    end = "" if ended_at is None else f',"ended_at":"{_instant(ended_at)}"'
    tries = f',"try_number":{try_number}' if try_number else ""
    reused = ',"reused":true' if is_reused else ""
    return f'{{"state":"{state}"{start}{end}{tries}{reused}}}'


@functools.lru_cache(maxsize=20_000)
def _name(text: str) -> str:
    return msgspec.json.encode(text).decode()


@functools.lru_cache(maxsize=10_000)
def _minute(minutes: int) -> str:
    """Of whole minutes there are few, however many tasks: seconds would each be made anew."""
    return datetime.fromtimestamp(minutes * 60, UTC).strftime("%Y-%m-%dT%H:%M:")


def _instant(micros: int) -> str:
    minutes, rest = divmod(micros, 60_000_000)
    return f"{_minute(minutes)}{rest // 1_000_000:02d}.{rest % 1_000_000:06d}Z"
