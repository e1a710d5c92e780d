"""Forks of a run: new ones that start from a task of it, with all that it had before that task."""

from __future__ import annotations

import itertools
from typing import Any

from msgspec import Struct

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.paths import RUN, run_of
from tradewind.api.problems import Conflict, Invalid
from tradewind.engine.run import Bounds
from tradewind.model.ids import MapPath, TaskId
from tradewind.model.requests import Fork, ForkMade
from tradewind.model.service import Topic
from tradewind.scheduler.forking import MOST_AT_ONCE, make_forks
from tradewind.store.errors import DuplicateRunError


class ForkBody(Struct, frozen=True):
    tasks: list[tuple[TaskId, MapPath]]
    """Where the new run starts; the path [] stands for all instances of a mapped task."""
    params: dict[str, Any] = {}
    conf: dict[str, Any] = {}
    sweep: dict[str, list[Any]] = {}
    """A fork for every combination of these params."""
    run_id: str | None = None
    note: str = ""
    with_checkpoints: bool = True


class ForkList(Struct, frozen=True):
    forks: list[ForkMade]


def fork(call: Call[Any, ForkBody]) -> ForkList:
    """Start new runs from a task of this one, with the values of all tasks before it"""
    body, record = call.body, run_of(call)
    combinations = 1
    for values in body.sweep.values():
        combinations *= len(values)
    if not 1 <= combinations <= MOST_AT_ONCE:
        raise Invalid(f"this would make {combinations:,} runs", hint=f"1 to {MOST_AT_ONCE:,} can be made at once")
    each = tuple(
        {**body.params, **dict(zip(body.sweep, values, strict=True))}
        for values in itertools.product(*body.sweep.values())
    )
    tasks = tuple((task_id, tuple(path)) for task_id, path in body.tasks)
    wish = Fork(record.dag_id, record.run_id, tasks, each, body.conf, body.run_id, body.note, body.with_checkpoints)
    return ForkList(forked(call, wish))


def forked(call: Call[Any, Any], wish: Fork) -> list[ForkMade]:
    """Rights were asked for before. Raises what `make_forks` does, and Conflict for an id that is taken."""
    settings = call.server.settings
    bounds = Bounds(settings.max_lost_tries, settings.max_map_length)
    try:
        made = make_forks(call.store, wish, who=call.who.name, now=call.now, bounds=bounds)
    except DuplicateRunError as error:
        raise Conflict(error.message, hint=error.hint) from error
    call.store.ring(Topic.RUNS)
    call.audit("fork", dag_id=wish.dag_id, run_id=wish.run_id, forks=[one.run.run_id for one in made])
    return made


OPERATIONS = (
    Operation(
        method="POST",
        path=f"{RUN}/fork",
        name="tradewind_fork",
        tag="Runs",
        needs=Need(Resource.RUN, Action.CREATE),
        do=fork,
        body=ForkBody,
        answer=ForkList,
        status=201,
        errors=(404, 409),
        examples={"three learning rates": {"tasks": [["train", []]], "sweep": {"rate": [0.1, 0.2, 0.3]}}},
    ),
)
