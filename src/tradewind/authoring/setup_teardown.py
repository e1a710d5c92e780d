"""`with setup:` and `with teardown:`: joining the tasks made in the block to its setups and teardowns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tradewind.authoring.task import AbstractTask


def surround(task: AbstractTask, work: list[AbstractTask]) -> None:
    """Join the block's first tasks to the setups and its last tasks to the teardowns that belong to `task`.

    The block of a setup has that setup and the teardowns after it; that of a teardown, the teardown and its setups."""
    setups, teardowns = _around(task)
    inside = {made.task_id for made in work} - {other.task_id for other in (*setups, *teardowns)}
    members = [made for made in work if made.task_id in inside]
    first = [made for made in members if not made.upstream_task_ids & inside]
    last = [made for made in members if not made.downstream_task_ids & inside]
    for setup in setups:
        for made in first:
            setup.set_downstream(made)
    for teardown in teardowns:
        for made in last:
            if not made.is_teardown:
                made.set_downstream(teardown)
            else:
                _before_teardown(made, inside, teardown)


def _around(task: AbstractTask) -> tuple[list[AbstractTask], list[AbstractTask]]:
    if task.is_teardown:
        return [other for other in task.upstream_list if other.is_setup], [task]
    return [task], [other for other in task.downstream_list if other.is_teardown]


def _before_teardown(inner: AbstractTask, inside: set[str], outer: AbstractTask) -> None:
    """An inner teardown's failure must not keep the outer one from running: the work before it is joined instead,
    besides the order of the two."""
    inner.set_downstream(outer)
    for before in inner.upstream_list:
        if before.task_id in inside and not before.is_setup:
            before.set_downstream(outer)
