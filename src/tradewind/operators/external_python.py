"""Runs Python functions in an interpreter that is there already."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Any

from tradewind.hooks.subprocess import SubprocessHook
from tradewind.operators.branch import BranchMixIn
from tradewind.operators.isolated_python import IsolatedPythonOperator
from tradewind.operators.python import PythonOperator


class ExternalPythonOperator(IsolatedPythonOperator):
    """Runs the function in the interpreter `python`, e.g. `/opt/envs/old/bin/python`, with what is installed there."""

    template_fields = ("python", *PythonOperator.template_fields)

    def __init__(self, *, python: str | os.PathLike[str], expect_pendulum: bool = False, **kwargs: Any) -> None:
        if not python:
            raise ValueError("Python Path must be defined in ExternalPythonOperator")
        super().__init__(expect_pendulum=expect_pendulum, **kwargs)
        self.python = os.fspath(python)

    def interpreter(self, hook: SubprocessHook) -> str:
        found = shutil.which(os.path.expanduser(self.python))
        if found is None:
            raise ValueError(f"Python Path '{self.python}' must exist and be an executable file")
        if self.expect_airflow:
            _log_version(found, hook)
        return found


class BranchExternalPythonOperator(BranchMixIn, ExternalPythonOperator):
    """Branches by what the function returns, which runs in the interpreter `python`."""

    inherits_from_skipmixin = True

    def execute(self, context: Any) -> Any:
        return self.do_branch(context, super().execute(context))


def _log_version(python: str, hook: SubprocessHook) -> None:
    asked = subprocess.run([python, "--version"], capture_output=True, text=True, check=False)
    hook.log.info("Using %s (%s)", python, (asked.stdout or asked.stderr).strip())
