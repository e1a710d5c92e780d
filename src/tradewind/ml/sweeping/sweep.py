"""`ml.sweep(…)`: a task group of a task that begins, the trials, and a task that hands on the best.

A trial is an instance of the author's own task, mapped: logs, metrics, resources, retries, pools and caps are those of
any task. The way through: `ends.SweepBegin` → `trials.Trials` gives each instance its arguments when it starts →
`trying.TrialAid` around the task → `ends.SweepBest`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

from tradewind.authoring.aid import Aid, checked_aids, checked_cache
from tradewind.authoring.call import name_of
from tradewind.authoring.groups import TaskGroup
from tradewind.authoring.location import caller_location
from tradewind.authoring.taskflow import TaskDecorator, TaskFamily, TaskPartial
from tradewind.authoring.xcom_arg import XComArg
from tradewind.ml.sweeping.config import (
    Budget,
    Objective,
    SweepConfig,
    as_tuple,
    budget_of,
    direction_of,
    positive_int,
)
from tradewind.ml.sweeping.ends import SweepBegin, SweepBest
from tradewind.ml.sweeping.searching import PRUNERS, SAMPLERS, checked_name
from tradewind.ml.sweeping.spaces import Space, space_of
from tradewind.ml.sweeping.trials import LABEL, Trials
from tradewind.ml.sweeping.trying import TrialAid
from tradewind.model.errors import DagFileError


def sweep(
    task: Any,
    space: Any,
    objective: Objective = None,
    n_trials: int | None = None,
    parallel: int = 1,
    sampler: Any = "tpe",
    pruner: Any = "none",
    budget: Any = None,
    *,
    direction: str | None = None,
    seed: int | None = None,
    name: str = "sweep",
    warm_start: Any = (),
    enqueue: Any = (),
) -> XComArg:
    """Look for the arguments of `task` with the best objective. Call it inside a DAG.

    task: a @task function, or `train.partial(data=…)` for arguments that are the same in all trials. It gets what is in
        the space by name, and Optuna's `trial` where it has a parameter of that name.
    space: dimensions by name (`ml.uniform`, `ml.loguniform`, `ml.int`, `ml.choice`, a list, Optuna's distributions), or
        a function of an Optuna trial that returns arguments, for a space with conditions.
    objective: the key in what the task returns; None where it returns the number; or a function of what it returns.
    n_trials: how many at most; with sampler="grid" by default all points.
    parallel: how many at once. The fewer, the more each new trial knows.
    sampler, pruner: a word (see `ml.sweeping.searching`) or an object of Optuna's.
    budget: a timedelta or seconds, or a dict of `seconds`, `trials`, `target`: trials after that are skipped.
    direction: "minimize" or "maximize"; may be left out where the objective's name says it (loss, accuracy, …).
    seed: of the sampler named by a word.
    warm_start: "previous" (the newest sweep of this name in another run) or names of sweeps: their trials are known.
    enqueue: parameters to try first, as dicts; "previous" or a name: the best ones of that sweep.

    Returns the last task's value: `result["params"]`, `["value"]`, `["number"]` (the map index of the best trial) and
    `["importances"]`. Raises DagFileError."""
    found = space_of(space)
    config = SweepConfig(
        space=found,
        objective=objective,
        direction=direction_of(direction, objective),
        n_trials=_how_many(n_trials, found, sampler),
        parallel=positive_int(parallel, "parallel"),
        sampler=checked_name(sampler, SAMPLERS, "sampler"),
        pruner=checked_name("none" if pruner is None else pruner, PRUNERS, "pruner"),
        budget=budget_of(budget),
        seed=seed,
        warm_start=as_tuple(warm_start, "warm_start", (str,)),
        enqueue=as_tuple(enqueue, "enqueue", (str, dict)),
    )
    _refuse_warm_grid(config)
    decorator, fixed = _task_of(task)
    wants_trial = _check_signature(decorator.function, found, fixed)
    with TaskGroup(name, add_suffix_on_collision=True) as group:
        config = replace(config, group_id=str(group.group_id))
        config = replace(config, trial_task_id=group.child_id(_task_id(decorator)))
        begin = SweepBegin(task_id="begin", sweep=config)
        _as_trial(decorator, config).make_mapped(fixed, Trials(config, begin.output, wants_trial)).set_upstream(begin)
        best = SweepBest(
            task_id="best", sweep=config, plan=begin.output, trigger_rule="all_done", multiple_outputs=True
        )
        best.set_upstream([child for child in group.children.values() if child not in (begin, best)])
    return cast("XComArg", best.output)


def _task_of(task: Any) -> tuple[TaskDecorator, Mapping[str, Any]]:
    if isinstance(task, TaskDecorator):
        return task, {}
    if isinstance(task, TaskPartial):
        return task._decorator, task._fixed  # pyright: ignore[reportPrivateUsage]
    if callable(task) and not isinstance(task, type):
        return TaskFamily()(task), {}
    raise DagFileError(
        f"a sweep tries a @task function with many arguments, not {type(task).__name__} ({task!r:.60})",
        location=caller_location(),
        hint="pass the function itself: ml.sweep(train, …), or train.partial(data=data)",
    )


def _as_trial(decorator: TaskDecorator, config: SweepConfig) -> TaskDecorator:
    """The task with the sweep around its own aids."""
    own = decorator.kwargs
    cache = checked_cache(own.get("cache"))
    inner: tuple[Aid, ...] = (*(() if cache is None else (cache,)), *checked_aids(own.get("aids")))
    changed: dict[str, Any] = {
        "cache": None,
        "aids": [TrialAid(config, inner)],
        "max_active_tis_per_dagrun": config.parallel,
        "task_id": _task_id(decorator),
    }
    if own.get("map_index_template") is None:
        changed["map_index_template"] = f"{{{{ {LABEL} }}}}"
    return decorator.override(**changed)


def _task_id(decorator: TaskDecorator) -> str:
    return str(decorator.kwargs.get("task_id") or name_of(decorator.function))


def _how_many(n_trials: int | None, space: Space, sampler: Any) -> int:
    if n_trials is not None:
        return positive_int(n_trials, "n_trials")
    grid = space.grid() if sampler == "grid" else None
    if grid is None:
        raise DagFileError(
            "a sweep needs an end",
            location=caller_location(),
            hint="n_trials=50; with a budget of time it is the most there can be",
        )
    points = 1
    for values in grid.values():
        points *= len(values)
    return points


def _refuse_warm_grid(config: SweepConfig) -> None:
    if config.sampler != "grid":
        return
    if config.space.grid() is None:
        raise DagFileError(
            "a grid needs dimensions with an end: choices, whole numbers, or steps",
            location=caller_location(),
            hint="ml.uniform(0.1, 0.9, step=0.1), ml.choice([…])",
        )
    if config.warm_start or config.enqueue:
        raise DagFileError(
            "a grid is the same each time: nothing can be learned before",
            location=caller_location(),
            hint="leave warm_start= and enqueue= out, or take another sampler",
        )


def _check_signature(function: Callable[..., Any], space: Space, fixed: Mapping[str, Any]) -> bool:
    """Whether it wants Optuna's trial. Raises DagFileError for a dimension that the function does not take."""
    parameters = inspect.signature(function).parameters
    if not any(one.kind is one.VAR_KEYWORD for one in parameters.values()):
        for name in space.dimensions:
            if name not in parameters:
                raise DagFileError(
                    f"{name_of(function)}() has no parameter {name!r}, which the space has",
                    location=caller_location(),
                    hint=f"it takes {', '.join(parameters) or 'none'}",
                )
    both = [name for name in fixed if name in space.dimensions]
    if both:
        raise DagFileError(
            f"{both[0]!r} is in the space and in .partial() as well",
            location=caller_location(),
            hint="leave it out of one of the two",
        )
    return "trial" in parameters


__all__ = ["Budget", "sweep"]
