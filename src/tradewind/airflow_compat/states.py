"""Airflow's State: the states of tasks and runs in one namespace, and their colours."""

from __future__ import annotations

from typing import Any, ClassVar

from tradewind.model.states import FINISHED_TASK_STATES, RunState, TaskState

_TASK_STATES = tuple(state for state in TaskState if state is not TaskState.NONE)


class State:
    """Constants, as Airflow's files use them. Task and run states are enums whose members equal their texts."""

    NONE = None
    REMOVED = TaskState.REMOVED
    SCHEDULED = TaskState.SCHEDULED
    QUEUED = TaskState.QUEUED
    RUNNING = TaskState.RUNNING
    SUCCESS = TaskState.SUCCESS
    RESTARTING = "restarting"
    SHUTDOWN = "shutdown"
    FAILED = TaskState.FAILED
    UP_FOR_RETRY = TaskState.UP_FOR_RETRY
    UP_FOR_RESCHEDULE = TaskState.UP_FOR_RESCHEDULE
    UPSTREAM_FAILED = TaskState.UPSTREAM_FAILED
    SKIPPED = TaskState.SKIPPED
    DEFERRED = TaskState.DEFERRED

    task_states: ClassVar[tuple[Any, ...]] = (None, *_TASK_STATES)
    dag_states: ClassVar[tuple[Any, ...]] = tuple(RunState)
    finished: ClassVar[frozenset[Any]] = FINISHED_TASK_STATES
    unfinished: ClassVar[frozenset[Any]] = frozenset({None, *_TASK_STATES}) - FINISHED_TASK_STATES
    success_states: ClassVar[frozenset[Any]] = frozenset({TaskState.SUCCESS, TaskState.SKIPPED})
    failed_states: ClassVar[frozenset[Any]] = frozenset({TaskState.FAILED, TaskState.UPSTREAM_FAILED})
    running: ClassVar[frozenset[Any]] = frozenset({TaskState.RUNNING, TaskState.DEFERRED})
    finished_dr_states: ClassVar[frozenset[Any]] = frozenset({RunState.SUCCESS, RunState.FAILED})
    unfinished_dr_states: ClassVar[frozenset[Any]] = frozenset({RunState.QUEUED, RunState.RUNNING})
    state_color: ClassVar[dict[Any, str]] = {
        None: "lightblue",
        TaskState.QUEUED: "gray",
        TaskState.RUNNING: "lime",
        TaskState.SUCCESS: "green",
        TaskState.FAILED: "red",
        TaskState.UP_FOR_RETRY: "gold",
        TaskState.UP_FOR_RESCHEDULE: "turquoise",
        TaskState.UPSTREAM_FAILED: "orange",
        TaskState.SKIPPED: "hotpink",
        TaskState.REMOVED: "lightgrey",
        TaskState.SCHEDULED: "tan",
        TaskState.DEFERRED: "mediumpurple",
    }

    @classmethod
    def color(cls, state: Any) -> str:
        return cls.state_color.get(state, "white")
