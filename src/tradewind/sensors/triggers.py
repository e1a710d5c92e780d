"""Triggers of the standard provider: a point in time, a span of time, a file.

What they wait with is imported where they run, in the triggerer: asyncio would cost every task that defers 30 ms."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from tradewind.authoring.instants import as_instant
from tradewind.authoring.triggers import BaseEventTrigger, BaseTrigger, TaskSuccessEvent, TriggerEvent


class DateTimeTrigger(BaseTrigger):
    """Fires at `moment` (aware). `end_from_trigger` ends the task there."""

    def __init__(
        self,
        moment: datetime | str | None = None,
        *,
        target_time: datetime | str | None = None,
        end_from_trigger: bool = False,
    ) -> None:
        super().__init__()
        if (moment is None) == (target_time is None):
            raise TypeError("DateTimeTrigger requires exactly one of 'moment' or 'target_time'")
        if isinstance(moment, datetime) and moment.tzinfo is None:
            raise ValueError("You cannot pass naive datetimes")
        self.moment = as_instant(moment if moment is not None else target_time)
        self.end_from_trigger = end_from_trigger

    def serialize(self) -> tuple[str, dict[str, Any]]:
        arguments = {"moment": self.moment, "end_from_trigger": self.end_from_trigger}
        return "airflow.providers.standard.triggers.temporal.DateTimeTrigger", arguments

    async def run(self) -> AsyncIterator[TriggerEvent]:  # pyright: ignore[reportIncompatibleMethodOverride]
        from tradewind.sensors.wall_clock import sleep_until  # imports asyncio

        await sleep_until(self.moment)
        yield TaskSuccessEvent() if self.end_from_trigger else TriggerEvent(self.moment)


class TimeDeltaTrigger(DateTimeTrigger):
    """Fires `delta` from now."""

    def __init__(self, delta: timedelta, *, end_from_trigger: bool = False) -> None:
        super().__init__(datetime.now(UTC) + delta, end_from_trigger=end_from_trigger)


class FileTrigger(BaseEventTrigger):
    """Fires when `filepath`, a pattern, names a file, or a folder with files in it: at once where the path is on this
    machine, else after at most `poke_interval` seconds."""

    def __init__(self, filepath: str, recursive: bool = False, poke_interval: float = 5.0, **_: Any) -> None:
        super().__init__()
        self.filepath = filepath
        self.recursive = recursive
        self.poke_interval = poke_interval

    def serialize(self) -> tuple[str, dict[str, Any]]:
        arguments = {"filepath": self.filepath, "recursive": self.recursive, "poke_interval": self.poke_interval}
        return "airflow.providers.standard.triggers.file.FileTrigger", arguments

    async def run(self) -> AsyncIterator[TriggerEvent]:  # pyright: ignore[reportIncompatibleMethodOverride]
        from tradewind.sensors.file_wait import wait_for_file  # imports asyncio

        found = await wait_for_file(self.filepath, recursive=self.recursive, poke_interval=self.poke_interval)
        self.log.info("Found File %s", found)
        yield TriggerEvent(True)


class FileDeleteTrigger(BaseEventTrigger):
    """Fires when the file is there, and deletes it; as a watcher, again for each new one."""

    def __init__(self, filepath: str, poke_interval: float = 5.0, **_: Any) -> None:
        super().__init__()
        self.filepath = filepath
        self.poke_interval = poke_interval

    def serialize(self) -> tuple[str, dict[str, Any]]:
        arguments = {"filepath": self.filepath, "poke_interval": self.poke_interval}
        return "airflow.providers.standard.triggers.file.FileDeleteTrigger", arguments

    async def run(self) -> AsyncIterator[TriggerEvent]:  # pyright: ignore[reportIncompatibleMethodOverride]
        from tradewind.sensors.file_wait import wait_for_file  # imports asyncio

        while True:
            found = await wait_for_file(self.filepath, recursive=False, poke_interval=self.poke_interval)
            os.remove(found)
            self.log.info("File %s has been deleted", found)
            yield TriggerEvent(True)


class DirectoryFileDeleteTrigger(FileDeleteTrigger):
    """The same, with folder and name apart."""

    def __init__(self, *, directory: str, filename: str, poke_interval: float = 5.0) -> None:
        super().__init__(os.path.join(directory, filename), poke_interval)
        self.directory = directory
        self.filename = filename

    def serialize(self) -> tuple[str, dict[str, Any]]:
        arguments = {"directory": self.directory, "filename": self.filename, "poke_interval": self.poke_interval}
        return "airflow.providers.standard.triggers.file.DirectoryFileDeleteTrigger", arguments
