"""An author's callbacks (`on_success_callback=` and its kin) and mails: each called within its time. One that fails or
hangs is logged and noted in the run's history, and changes nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, cast

from tradewind.authoring.exceptions import AirflowTaskTimeout
from tradewind.authoring.notifier import BaseNotifier
from tradewind.authoring.ports import Supervisor
from tradewind.authoring.secrets import redact
from tradewind.authoring.tracebacks import cut_traceback
from tradewind.model.messages import CallbackFailed, RunTry
from tradewind.runner.timeouts import time_limit

_log = logging.getLogger("tradewind.task")
ERROR_CHARACTERS = 500


class Telling:
    """Of one try: tells whoever is to be told."""

    def __init__(self, message: RunTry, supervisor: Supervisor) -> None:
        self._try_id = message.try_id
        self._supervisor = supervisor
        self._limit_seconds = message.callback_timeout_seconds

    def call(self, what: str, function: Callable[[], object]) -> None:
        """`what` names it in the log and in the run's history."""
        try:
            with time_limit(self._limit_seconds, f"{what} took longer than callback_timeout_seconds, which is"):
                function()
        except (Exception, SystemExit, AirflowTaskTimeout) as error:
            _log.error("%s failed:\n%s", what, cut_traceback(error))
            text = redact(f"{type(error).__name__}: {error}")[:ERROR_CHARACTERS]
            self._supervisor.tell(CallbackFailed(self._try_id, what, text))

    def call_all(self, owner: Any, name: str, context: Mapping[str, Any], *, whose: str = "") -> None:
        """What the task (or DAG) has under `name` (`on_failure_callback`, …), with its context, in order."""
        for callback in callbacks_of(owner, name):
            function = callback.send if isinstance(callback, BaseNotifier) else callback
            self.call(f"{whose}{name} {_name_of(callback)}", lambda function=function: function(context))


def callbacks_of(task: Any, name: str) -> list[Callable[[Mapping[str, Any]], Any]]:
    found = getattr(task, name, None)
    if not found:
        return []
    return list(cast("list[Any]", found)) if isinstance(found, (list, tuple)) else [found]


def _name_of(callback: Any) -> str:
    return getattr(callback, "__name__", None) or type(callback).__name__
