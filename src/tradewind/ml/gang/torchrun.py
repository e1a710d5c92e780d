"""`@ml.torchrun(nproc=…)`: a task whose function runs in several processes at once, as torchrun would start them."""

from __future__ import annotations

import contextlib
import importlib
import os
from collections.abc import Callable, Mapping
from typing import Any

from tradewind.authoring import arguments
from tradewind.authoring.call import call_with_context
from tradewind.authoring.decorated import DecoratedOperator
from tradewind.authoring.location import caller_location
from tradewind.authoring.taskflow import TaskDecorator, task_decorator_factory
from tradewind.ml.gang.ranks import free_port, run_gang
from tradewind.model.errors import DagFileError
from tradewind.model.spec import Resources

THREADS = "OMP_NUM_THREADS"


class TorchrunOperator(DecoratedOperator):
    """Calls the function in `nproc` processes; the first one's return value is the task's."""

    custom_operator_name = "@ml.torchrun"

    def __init__(self, *, nproc: int = 1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.nproc = nproc

    def execute(self, context: Any) -> Any:
        common = {
            "WORLD_SIZE": str(self.nproc),
            "LOCAL_WORLD_SIZE": str(self.nproc),
            "GROUP_RANK": "0",
            "NODE_RANK": "0",
            "MASTER_ADDR": "127.0.0.1",
            "MASTER_PORT": str(free_port()),
            "TORCHELASTIC_RUN_ID": str(context["ti"].id),
            "TORCHELASTIC_RESTART_COUNT": str(context["ti"].try_number - 1),
            "TORCHELASTIC_MAX_RESTARTS": str(context["ti"].max_tries),
            THREADS: str(self._threads()),
        }
        if "torch" in getattr(self.python_callable, "__code__", TorchrunOperator.execute.__code__).co_names:
            with contextlib.suppress(ImportError):
                importlib.import_module("torch")  # once, not once in each process
        self.log.info("%d processes, rendezvous at 127.0.0.1:%s", self.nproc, common["MASTER_PORT"])
        return run_gang(self.nproc, lambda: self._call(context), lambda rank: _environment(common, rank))

    def _call(self, context: Any) -> Any:
        return call_with_context(self.python_callable, tuple(self.op_args), self.op_kwargs, context)

    def _threads(self) -> int:
        """Of each process: its share of what the try has, so that they do not take them from each other."""
        given = os.environ.get(THREADS, "")
        cpus = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return max(1, (int(given) if given.isdigit() else cpus) // self.nproc)


def torchrun(nproc: Any, *, resources: Mapping[str, Any] | None = None, **task_arguments: Any) -> Callable[[Any], Any]:
    """Above a function (or a `@task`): run it in `nproc` processes with RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR and
    MASTER_PORT set, so that `torch.distributed.init_process_group("gloo")` or `"nccl"` just works.

    `resources` are those of each process; the try waits until all of them are free at once. One process fails, all are
    stopped, and the try fails: `retries` start them again. Metrics and the return value are those of rank 0. Further
    arguments are those of `@task`. Raises DagFileError."""
    if not isinstance(nproc, int) or isinstance(nproc, bool) or nproc < 1:
        raise DagFileError(
            f"@ml.torchrun(nproc={nproc!r}): a number of processes is needed",
            location=caller_location(),
            hint="@ml.torchrun(nproc=2, resources=dict(gpus=1)) on a function",
        )

    def decorate(function: Any) -> Any:
        given = dict(task_arguments)
        if isinstance(function, TaskDecorator):
            given = {**function.kwargs, **given}
            function = function.function
        needed = resources if resources is not None else given.pop("resources", None)
        if needed is not None:
            given["resources"] = _times(arguments.resources(needed), nproc)
        return task_decorator_factory(function, decorated_operator_class=TorchrunOperator, nproc=nproc, **given)

    return decorate


def _times(need: Resources | None, count: int) -> Resources | None:
    if need is None:
        return None
    return Resources(need.cpus * count, need.memory_bytes * count, need.gpus * count)


def _environment(common: Mapping[str, str], rank: int) -> dict[str, str]:
    return {**common, "RANK": str(rank), "LOCAL_RANK": str(rank)}
