"""Waits for a file."""

from __future__ import annotations

import glob
import os
from datetime import datetime, timedelta
from typing import Any

from tradewind.authoring.triggers import StartTriggerArgs
from tradewind.hooks.filesystem import FSHook
from tradewind.sensors.deferrable import DeferrableSensor
from tradewind.sensors.triggers import FileTrigger


class FileSensor(DeferrableSensor):
    """Waits until `filepath` (a pattern, below the folder of `fs_conn_id`) names a file, or a folder with files in it.

    `recursive` lets `**` match folders of any depth."""

    template_fields = ("filepath",)
    ui_color = "#91818a"

    def __init__(
        self,
        *,
        filepath: str | os.PathLike[str],
        fs_conn_id: str = FSHook.default_conn_name,
        recursive: bool = False,
        start_from_trigger: bool = False,
        trigger_kwargs: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.filepath = filepath
        self.fs_conn_id = fs_conn_id
        self.recursive = recursive
        if start_from_trigger and self.deferrable:
            self.start_from_trigger = True
            given = trigger_kwargs or {"filepath": str(filepath), "recursive": recursive}
            self.start_trigger_args = StartTriggerArgs(
                trigger_cls="airflow.providers.standard.triggers.file.FileTrigger",
                next_method="execute_complete",
                trigger_kwargs={**given, "poke_interval": self.poke_interval},
                timeout=timedelta(seconds=self.timeout),
            )

    @property
    def path(self) -> str:
        """The whole pattern, the connection's folder included."""
        folder = FSHook(self.fs_conn_id).get_path()
        # Without a folder of its connection a relative path is below the folder the run was started in.
        return os.path.join(folder or os.getcwd(), self.filepath)

    def poke(self, context: Any) -> bool:
        self.log.info("Poking for file %s", self.path)
        return any(self._is_there(path) for path in glob.iglob(self.path, recursive=self.recursive))

    def trigger_for(self, context: Any) -> FileTrigger:
        return FileTrigger(self.path, recursive=self.recursive, poke_interval=self.poke_interval)

    def _is_there(self, path: str) -> bool:
        if os.path.isfile(path):
            changed = datetime.fromtimestamp(os.path.getmtime(path)).astimezone()
            self.log.info("Found File %s last modified: %s", path, changed.isoformat(timespec="seconds"))
            return True
        return any(files for _, _, files in os.walk(path))
