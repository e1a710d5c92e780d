"""What becomes of a function's return value: coroutines are run to their end, generators yield metadata of outlets."""

from __future__ import annotations

import inspect
from collections.abc import Generator, Mapping
from typing import Any, cast

from tradewind.authoring.assets import Metadata


def settle(value: Any, context: Mapping[str, Any], task: Any) -> Any:
    """The task's value. A generator that an ordinary function returns is a value as well (and no task can read it)."""
    if inspect.isawaitable(value):
        import asyncio  # 30 ms, for `async def` tasks only

        value = asyncio.run(_await(value))
    if isinstance(value, Generator) and inspect.isgeneratorfunction(inspect.unwrap(task.python_callable)):
        return _drain(cast("Generator[Any, Any, Any]", value), context, task)
    return cast(Any, value)


async def _await(value: Any) -> Any:
    return await value


def _drain(steps: Generator[Any, Any, Any], context: Mapping[str, Any], task: Any) -> Any:
    """As in Airflow, what a generator function yields is metadata of its outlets, and what it returns is its value."""
    while True:
        try:
            item = next(steps)
        except StopIteration as end:
            return end.value
        if isinstance(item, Metadata):
            _record(item, context)
        else:
            task.log.warning("Ignoring what %r yields (%.80r): a task returns its value", task.task_id, item)


def _record(metadata: Metadata, context: Mapping[str, Any]) -> None:
    events = context["outlet_events"]
    events[metadata.asset].extra.update(metadata.extra)
    if metadata.alias is not None:
        events[metadata.alias].add(metadata.asset, extra=metadata.extra)
