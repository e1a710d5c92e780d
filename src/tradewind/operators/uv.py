"""Runs Python functions in environments that uv makes: locked, built once, shared by all runs, started warm."""

from __future__ import annotations

import ast
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

from tradewind.authoring.exceptions import AirflowException
from tradewind.hooks.subprocess import SubprocessHook
from tradewind.operators.isolated_function import source_of
from tradewind.operators.isolated_python import IsolatedPythonOperator
from tradewind.operators.python import PythonOperator
from tradewind.operators.uv_environments import Prepared, UvEnvironment, prepared
from tradewind.operators.warm_hook import WarmHook


class UvOperator(IsolatedPythonOperator):
    """Runs the function in an environment with exactly `requirements` and the Python `python` (`"3.12"`, a path, or the
    DAG's own). They are resolved once and locked; `lock="requirements.lock"` names a lock file instead (a relative path
    is below the DAG file's folder). What the function imports is imported ahead, in an interpreter that waits for the
    next task (`warm=False`: each task starts one)."""

    template_fields = ("requirements", *PythonOperator.template_fields)

    def __init__(
        self,
        *,
        requirements: str | Collection[str] = (),
        python: str | os.PathLike[str] | None = None,
        lock: str | os.PathLike[str] | None = None,
        index_urls: str | Collection[str] | None = None,
        warm: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if lock is not None and requirements:
            raise AirflowException("requirements or lock, not both", hint="a lock file says all that is installed")
        self.requirements = requirements if isinstance(requirements, str) else list(requirements)
        self.python = "" if python is None else str(python)
        self.lock = None if lock is None else str(lock)
        self.index_urls = [index_urls] if isinstance(index_urls, str) else index_urls
        self.warm = warm
        self._folder = ""

    def execute(self, context: Any) -> Any:
        self._folder = context["dag"].folder
        return super().execute(context)

    def interpreter(self, hook: SubprocessHook) -> str:
        made = prepared(self._wish(), hook, self._lock_text())
        if self.warm:
            self._hook = self._warm_hook(made)
        return made.python

    def _warm_hook(self, made: Prepared) -> WarmHook:
        return WarmHook(made.key, imports_of(source_of(self.python_callable)))

    def _wish(self) -> UvEnvironment:
        given = self.requirements
        lines = given.splitlines() if isinstance(given, str) else [str(item) for item in given]
        wanted = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
        if self.lock is None and self.serializer != "pickle" and self.serializer not in wanted:
            wanted.append(self.serializer)
        return UvEnvironment(tuple(wanted), self.python, None if self.index_urls is None else tuple(self.index_urls))

    def _lock_text(self) -> str | None:
        if self.lock is None:
            return None
        path = Path(self._folder, self.lock)
        if not path.is_file():
            raise AirflowException(f"there is no lock file {path}", hint="make one with: uv pip compile -o …")
        return path.read_text(encoding="utf-8")


def imports_of(source: str) -> list[str]:
    """Modules that a function's source imports, wherever in it, in their order."""
    found: dict[str, None] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(dict.fromkeys(alias.name for alias in node.names))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found[node.module] = None
    return list(found)
