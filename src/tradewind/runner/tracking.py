"""A task whose code imports MLflow is tracked without being asked: what it logs belongs to its try."""

from __future__ import annotations

import importlib
import logging
import sys

from tradewind.model.messages import Outcome, RunTry
from tradewind.runner.import_hook import call_after_import

_JOINING = "tradewind.ml.tracking.joining"
_log = logging.getLogger("tradewind.task")


class _Current:
    """The try that runs in this process; the hook outlives it where the process serves several."""

    message: RunTry | None = None


_current = _Current()


def follow_mlflow(message: RunTry) -> None:
    """From its first use of MLflow on. MLflow is never imported here."""
    _current.message = message
    call_after_import("mlflow", _join)


def end_tracking(outcome: Outcome) -> None:
    """The MLflow run of a try ends with it. Never raises."""
    _current.message = None
    if (joining := sys.modules.get(_JOINING)) is not None:
        joining.end(outcome)


def _join() -> None:
    if _current.message is None:
        return
    try:
        importlib.import_module(_JOINING).begin(_current.message)  # only in tasks that have MLflow
    except Exception as error:
        _log.warning("MLflow is not joined: %s: %s", type(error).__name__, error)
