"""A task whose code imports MLflow is tracked without being asked: what it logs belongs to its try."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from tradewind.model.messages import RunTry
from tradewind.model.outcomes import Outcome
from tradewind.runner.import_hook import call_after_import

_JOINING = "tradewind.ml.tracking.joining"
_SKLEARN_MODELS = "tradewind.ml.tracking.sklearn_models"
_log = logging.getLogger("tradewind.task")


class _Current:
    """The try that runs in this process; the hook outlives it where the process serves several."""

    message: RunTry | None = None
    is_nobody: bool = False
    told: Mapping[str, str] = MappingProxyType({})


_current = _Current()


def follow_mlflow(message: RunTry) -> None:
    """From its first use of MLflow on. MLflow is never imported here."""
    if _current.is_nobody:
        return
    _current.message = message
    watch_mlflow()


def watch_mlflow(told: Mapping[str, str] | None = None) -> None:
    """From its import on it knows where the home is: what a DAG file does at its top level (`mlflow.set_experiment`)
    is not done to a database in the working folder, and a server that is down holds nothing up. `told`: variables by
    which tasks find the home, where this process has them not."""
    if told is not None:
        _current.told = told
    call_after_import("mlflow", _join)


@contextmanager
def not_followed() -> Generator[None]:
    """Tries that are nobody's: a rehearsal in a process that has MLflow must not tell it where the home is."""
    _current.is_nobody = True
    try:
        yield
    finally:
        _current.is_nobody = False


def end_tracking(outcome: Outcome) -> None:
    """The MLflow run of a try ends with it. Never raises."""
    _current.message = None
    if (joining := sys.modules.get(_JOINING)) is not None:
        joining.end(outcome)


def _join() -> None:
    try:
        joining = importlib.import_module(_JOINING)  # only where there is MLflow
        joining.prepare({**_current.told, **os.environ})
        if _current.message is None:
            return
        joining.begin(_current.message)
        call_after_import("mlflow.sklearn", _keep_sklearn_models)
    except Exception as error:
        _log.warning("MLflow is not joined: %s: %s", type(error).__name__, error)


def _keep_sklearn_models() -> None:
    importlib.import_module(_SKLEARN_MODELS).let_them_be_kept()
