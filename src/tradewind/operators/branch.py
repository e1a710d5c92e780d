"""What operators inherit from that choose which of their downstream tasks run."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from tradewind.authoring import branching
from tradewind.authoring.context import get_current_context
from tradewind.authoring.operator import BaseOperator

_log = logging.getLogger("airflow.task.operators.branch")


class SkipMixin:
    """Lets an operator skip some of its direct downstream tasks."""

    inherits_from_skipmixin = True

    def skip(self, *args: Any, **kwargs: Any) -> None:
        """Skip these tasks: `skip(ti=ti, tasks=[…])`, or Airflow 2's `skip(dag_run, execution_date, tasks)`."""
        tasks: Iterable[Any] = kwargs.get("tasks") or (args[-1] if args else ())
        tasks = list(tasks)
        if tasks:
            ti = kwargs.get("ti") or (args[0] if len(args) == 2 else self._running_task_instance())
            branching.skip_tasks(_context_of(ti), tasks)

    def skip_all_except(self, ti: Any, branch_task_ids: str | Iterable[str] | None) -> None:
        """Skip every direct downstream task but these (ids of tasks, or of groups)."""
        branching.follow(_context_of(ti), branch_task_ids)

    def _running_task_instance(self) -> Any:
        return get_current_context()["ti"]


class BranchMixIn(SkipMixin):
    """Gives `do_branch`."""

    def do_branch(self, context: Any, branches_to_execute: Any) -> Any:
        """Go on with these task or group ids only; returns them."""
        _log.info("Following branch %s", branches_to_execute)
        branching.follow(context, branches_to_execute)
        return branches_to_execute


class BaseBranchOperator(BaseOperator, BranchMixIn):
    """Base of branching operators: write `choose_branch(context)`, which returns the ids of the tasks to follow."""

    inherits_from_skipmixin = True

    def choose_branch(self, context: Any) -> Any:
        raise NotImplementedError(f"{type(self).__name__} has no choose_branch() method")

    def execute(self, context: Any) -> Any:
        return self.do_branch(context, self.choose_branch(context))


def _context_of(ti: Any) -> dict[str, Any]:
    return {"ti": ti, "task": ti.task}
