"""Which setups a task depends on beyond its direct upstream, and which tasks decide the outcome of a run."""

from __future__ import annotations

from tradewind.model.spec import TaskSpec


class Reach:
    """Who comes after whom, over any number of edges; each answer is worked out once."""

    def __init__(self, neighbours: dict[str, tuple[str, ...]]) -> None:
        self._neighbours = neighbours
        self._known: dict[str, frozenset[str]] = {}

    def of(self, task_id: str) -> frozenset[str]:
        """All tasks reachable from this one, itself not among them."""
        if (found := self._known.get(task_id)) is not None:
            return found
        reached: set[str] = set()
        stack = list(self._neighbours[task_id])
        while stack:
            if (other := stack.pop()) not in reached:
                reached.add(other)
                stack.extend(self._neighbours[other])
        self._known[task_id] = frozenset(reached)
        return self._known[task_id]


def indirect_setups(
    tasks: dict[str, TaskSpec], downstream: dict[str, tuple[str, ...]], after: Reach
) -> dict[str, list[str]]:
    """For each task, the setups further up that must have succeeded, whatever its trigger rule says: those in whose
    scope it lies (no teardown of the setup is behind it, or the setup has none). A teardown has no such setups, and
    those directly upstream are the trigger rule's business."""
    found: dict[str, list[str]] = {}
    for setup in (task for task in tasks.values() if task.is_setup):
        for task_id in _scope(setup.task_id, tasks, downstream, after):
            if not tasks[task_id].is_teardown and setup.task_id not in tasks[task_id].upstream:
                found.setdefault(task_id, []).append(setup.task_id)
    return found


def _scope(
    setup_id: str, tasks: dict[str, TaskSpec], downstream: dict[str, tuple[str, ...]], after: Reach
) -> frozenset[str]:
    teardowns = [t for t in downstream[setup_id] if tasks[t].is_teardown]
    below = after.of(setup_id)
    if not teardowns:
        return below
    return frozenset(t for t in below if any(teardown in after.of(t) for teardown in teardowns))


def deciding_tasks(tasks: dict[str, TaskSpec], downstream: dict[str, tuple[str, ...]]) -> frozenset[str]:
    """The leaves: the tasks whose end states decide the run's. Teardowns are looked through, unless they were declared
    to fail the run; a DAG of nothing but such teardowns has its last ones as leaves."""
    counted = {t.task_id for t in tasks.values() if not t.is_teardown or t.on_failure_fail_run}
    leaves = frozenset(t for t in counted if not any(d in counted for d in downstream[t]))
    return leaves or frozenset(t for t in tasks if not downstream[t])
