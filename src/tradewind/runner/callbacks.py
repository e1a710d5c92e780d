"""An author's callbacks (`on_success_callback=` and its kin). One that fails is logged and changes nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, cast

from tradewind.runner.tracebacks import cut_traceback

_log = logging.getLogger("tradewind.task")


def run_callbacks(task: Any, name: str, context: Mapping[str, Any]) -> None:
    """Call what the task has under `name` (`on_failure_callback`, …) with its context, in order."""
    for callback in callbacks_of(task, name):
        try:
            callback(context)
        except Exception as error:
            _log.error("%s %s failed:\n%s", name, _name_of(callback), cut_traceback(error))


def callbacks_of(task: Any, name: str) -> list[Callable[[Mapping[str, Any]], Any]]:
    found = getattr(task, name, None)
    if not found:
        return []
    return list(cast("list[Any]", found)) if isinstance(found, (list, tuple)) else [found]


def _name_of(callback: Any) -> str:
    return getattr(callback, "__name__", None) or type(callback).__name__
