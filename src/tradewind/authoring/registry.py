"""Which DAG and task group are open (`with DAG(...)`), and which DAGs a file made while it was executed.

State is per thread. `detached()` hides the open DAG, so that an operator made at run time (an instance of a mapped
task) registers itself nowhere.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tradewind.authoring.dag import DAG
    from tradewind.authoring.groups import TaskGroup
    from tradewind.authoring.task import AbstractTask


class Collected:
    """The DAGs that came to be while a file was executed."""

    def __init__(self) -> None:
        self.created: list[DAG] = []
        self.entered: list[DAG] = []

    def dags(self, namespace: Mapping[str, Any] | None = None) -> list[DAG]:
        """The file's DAGs by Airflow's rule, in the order of their making: those at its top level (`namespace` is its
        globals) and those entered by `with` or made by `@dag`, unless `auto_register=False`. Without a namespace, all
        that were created count as top-level."""
        entered = [dag for dag in self.entered if dag.auto_register]
        top = self.created if namespace is None else [dag for dag in namespace.values() if _is_dag(dag)]
        wanted = {id(dag): dag for dag in [*entered, *top] if not dag.is_subdag}
        ordered = [dag for dag in self.created if id(dag) in wanted]
        known = {id(dag) for dag in ordered}
        return ordered + [dag for key, dag in wanted.items() if key not in known]


def _is_dag(value: Any) -> bool:
    return isinstance(value, DagMarker)


class DagMarker:
    """Base of DAG, known here without importing it."""


class _State(threading.local):
    def __init__(self) -> None:
        self.dags: list[DAG | None] = []
        self.groups: list[TaskGroup | None] = []
        self.collections: list[Collected] = []
        self.works: list[tuple[AbstractTask, list[AbstractTask]]] = []


_state = _State()


@contextmanager
def collecting() -> Generator[Collected]:
    """Collect what a DAG file makes while it is executed inside this block. Open DAGs of an outer file are hidden."""
    collected = Collected()
    _state.collections.append(collected)
    with detached():
        try:
            yield collected
        finally:
            _state.collections.remove(collected)


@contextmanager
def detached() -> Generator[None]:
    """No DAG and no task group is open inside this block."""
    _state.dags.append(None)
    _state.groups.append(None)
    depth = len(_state.dags), len(_state.groups)
    try:
        yield
    finally:
        del _state.dags[depth[0] - 1 :]
        del _state.groups[depth[1] - 1 :]


def note_created(dag: DAG) -> None:
    if _state.collections:
        _state.collections[-1].created.append(dag)


def note_entered(dag: DAG) -> None:
    if _state.collections and not any(dag is other for other in _state.collections[-1].entered):
        _state.collections[-1].entered.append(dag)


def open_group(group: TaskGroup) -> None:
    _state.groups.append(group)


def close_group() -> None:
    _state.groups.pop()


def current_group(dag: DAG | None) -> TaskGroup | None:
    """The innermost open group of this DAG, else the DAG's root group."""
    for group in reversed(_state.groups):
        if group is None:
            break
        if dag is None or group.dag is dag:
            return group
    return dag.task_group if dag is not None else None


def open_work(task: AbstractTask) -> None:
    """`with setup:` or `with teardown:` begins: the tasks made from now on are the work it surrounds."""
    _state.works.append((task, []))


def note_task(task: AbstractTask) -> None:
    """A task was placed in a DAG."""
    for owner, work in _state.works:
        if owner.dag is task.dag:
            work.append(task)


def close_work() -> tuple[AbstractTask, list[AbstractTask]]:
    """The block ends: its task and the work made in it."""
    return _state.works.pop()


class DagContext:
    """Airflow's name for the stack of open DAGs."""

    @staticmethod
    def push(dag: DAG) -> None:
        _state.dags.append(dag)
        note_entered(dag)

    @staticmethod
    def pop() -> DAG | None:
        return _state.dags.pop()

    @staticmethod
    def get_current() -> DAG | None:
        return _state.dags[-1] if _state.dags else None

    push_context_managed_dag = push
    pop_context_managed_dag = pop
    get_current_dag = get_current


class TaskGroupContext:
    """Airflow's name for the stack of open task groups."""

    @staticmethod
    def get_current(dag: DAG | None = None) -> TaskGroup | None:
        return current_group(dag if dag is not None else DagContext.get_current())

    get_current_task_group = get_current
