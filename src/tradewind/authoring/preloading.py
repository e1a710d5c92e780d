"""What a warm parent imports before it forks, so that no try pays for it: jinja2 (40 ms) where a task has a template,
pendulum (50 ms) where a task will look at dates. A DAG file that uses neither loads neither."""

from __future__ import annotations

import contextlib
import importlib
import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from tradewind.authoring.aid import aids_of
from tradewind.authoring.templates import TEMPLATE_MARKS

DATE_WORDS = ("logical_date", "execution_date", "data_interval", "prev_start_date", "prev_end_date", "run_after")
MAX_DEPTH = 4
JINJA = "tradewind.authoring.jinja_environments"
PENDULUM = "pendulum"
MODULES_AHEAD = "modules_ahead"
"""An operator's attribute, like `Aid.modules`."""


def preload(dags: Iterable[Any]) -> tuple[str, ...]:
    """Import what the tasks of these DAGs are seen to need; the names of the modules. Never raises."""
    modules = modules_needed(dags)
    for module in modules:
        importlib.import_module(module)
    return modules


def preload_for_aids(dags: Iterable[Any]) -> None:
    """Import what the tasks' aids, and their operators, say that their tries import, where it is installed. Never
    raises."""
    tasks = [task for dag in dags for task in dag.tasks]
    wanted = {module for task in tasks for aid in aids_of(task) for module in aid.modules}
    wanted.update(module for task in tasks for module in _modules_ahead(task))
    for module in sorted(wanted):
        with contextlib.suppress(ImportError):  # an extra: the try itself will miss it, and say what to install
            importlib.import_module(module)


def _modules_ahead(task: Any) -> Iterable[str]:
    own: Iterable[str] | None = getattr(task, MODULES_AHEAD, None)
    return own if own is not None else getattr(getattr(task, "operator_class", None), MODULES_AHEAD, ())


def modules_needed(dags: Iterable[Any]) -> tuple[str, ...]:
    """A guess from template fields and signatures: a wrong one costs time, nothing else."""
    needed: set[str] = set()
    for dag in dags:
        for task in dag.tasks:
            templates = [text for value in _field_values(task) for text in _templates_in(value, MAX_DEPTH)]
            if templates or _has_template_files(task):
                needed.add(JINJA)
            if _asks_for_dates(getattr(task, "python_callable", None)) or _name_dates(templates):
                needed.add(PENDULUM)
        if len(needed) == 2:
            break
    return tuple(sorted(needed))


def _field_values(task: Any) -> Iterable[Any]:
    arguments: Mapping[str, Any] = getattr(task, "partial_kwargs", {})
    for field in task.template_fields:
        yield arguments[field] if field in arguments else getattr(task, field, None)


def _templates_in(value: Any, depth: int) -> Iterable[str]:
    if isinstance(value, str):
        if any(mark in value for mark in TEMPLATE_MARKS):
            yield value
    elif depth and isinstance(value, dict):
        for item in cast("dict[Any, Any]", value).values():
            yield from _templates_in(item, depth - 1)
    elif depth and isinstance(value, (list, tuple, set)):
        for item in cast("Iterable[Any]", value):
            yield from _templates_in(item, depth - 1)


def _has_template_files(task: Any) -> bool:
    endings = tuple(task.template_ext or ())
    return bool(endings) and any(isinstance(value, str) and value.endswith(endings) for value in _field_values(task))


def _name_dates(templates: list[str]) -> bool:
    return any(word in text for text in templates for word in DATE_WORDS)


def _asks_for_dates(function: Callable[..., Any] | None) -> bool:
    """A function with `**kwargs` gets every variable of the context, the dates among them."""
    if function is None:
        return False
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return False
    return any(p.kind is p.VAR_KEYWORD or p.name.startswith(DATE_WORDS) for p in parameters)
