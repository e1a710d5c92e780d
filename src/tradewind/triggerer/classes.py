"""From a class path to a trigger: library classes by import, authors' own from the snapshot of their DAG folder."""

from __future__ import annotations

import asyncio
import importlib
import os
import sys
import threading
from pathlib import Path
from typing import Any

from tradewind.airflow_compat import hook as airflow_names
from tradewind.authoring.trigger_arguments import read_arguments
from tradewind.authoring.triggers import BaseTrigger
from tradewind.dagfiles.finder import install
from tradewind.dagfiles.load import MODULE_PREFIX, load_dag_file, module_name
from tradewind.dagfiles.pinned import PinnedFiles
from tradewind.dagfiles.search_path import extend_sys_path
from tradewind.model.errors import TradewindError
from tradewind.model.triggers import RunTriggers, WaitFor


class TriggerClassError(TradewindError):
    """A trigger's class cannot be imported, or is no trigger."""


class TriggerClasses:
    """The classes of one process. Each is imported once."""

    def __init__(self, begin: RunTriggers) -> None:
        self._begin = begin
        self._files: PinnedFiles | None = None
        self._found: dict[str, type[BaseTrigger]] = {}
        self._finding: dict[str, asyncio.Future[type[BaseTrigger]]] = {}
        self._loading = threading.Lock()
        """Of DAG files: who asks for a second class of one meanwhile would find it half imported."""
        airflow_names.install()
        if begin.snapshot is not None:
            self._files = PinnedFiles(begin.snapshot, Path(begin.blobs))
            install(self._files)
            extend_sys_path(begin.snapshot.root)

    async def make(self, wait: WaitFor) -> BaseTrigger:
        """Raises TriggerClassError; whatever the class itself raises."""
        cls = self._found.get(wait.trigger) or await self._find(wait)
        return cls(**read_arguments(wait.kwargs))

    async def _find(self, wait: WaitFor) -> type[BaseTrigger]:
        """Once for all who ask meanwhile, in a thread: an import may take seconds, which the others need not wait."""
        finding = self._finding.get(wait.trigger)
        if finding is None:
            finding = asyncio.ensure_future(asyncio.to_thread(self._import, wait))
            self._finding[wait.trigger] = finding
            finding.add_done_callback(lambda _: self._finding.pop(wait.trigger, None))
        cls = self._found[wait.trigger] = await asyncio.shield(finding)
        return cls

    def _import(self, wait: WaitFor) -> type[BaseTrigger]:
        module_path, _, name = wait.trigger.rpartition(".")
        if module_path.startswith(MODULE_PREFIX):
            with self._loading:
                if module_path not in sys.modules:
                    self._load_dag_file(wait)
        try:
            found: Any = getattr(importlib.import_module(module_path), name)
        except Exception as error:
            raise TriggerClassError(
                f"trigger {wait.trigger!r} cannot be imported: {type(error).__name__}: {error}",
                hint=f"looked for module {module_path!r} in {self._places()}; serialize() has to give the class's "
                "importable path",
            ) from error
        if not isinstance(found, type) or not callable(getattr(found, "run", None)):
            raise TriggerClassError(f"{wait.trigger!r} is no trigger class (it has no run method)")
        return found

    def _load_dag_file(self, wait: WaitFor) -> None:
        """A class at the top level of the DAG file itself."""
        snapshot = self._begin.snapshot
        if snapshot is None:
            return
        files = [wait.file, *(file for file in snapshot.files if file.endswith(".py"))]
        wanted = wait.trigger.rpartition(".")[0]
        file = next((file for file in files if module_name(file) == wanted), wait.file)
        # No time limit: its alarm would take the watchdog's place. The same file was imported before, by its task.
        loaded = load_dag_file(snapshot, Path(self._begin.blobs), file)
        if loaded.module is None and loaded.problems:
            problem = loaded.problems[0]
            raise TriggerClassError(
                f"trigger {wait.trigger!r} cannot be imported: {problem.file}:{problem.line}: {problem.message}"
            )

    def _places(self) -> str:
        ours = [f"the snapshot of {self._files.root}"] if self._files is not None else []
        folders = [path for path in sys.path if path and os.path.isdir(path)]
        return ", ".join([*ours, *folders])
