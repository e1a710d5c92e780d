"""Airflow's Stats and lineage collector: accepted, recording nothing."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct


class Stats:
    """StatsD calls of operators and plugins go nowhere."""

    @staticmethod
    def incr(stat: str, count: int = 1, rate: float = 1, **_: Any) -> None:
        """Count an event."""

    @staticmethod
    def decr(stat: str, count: int = 1, rate: float = 1, **_: Any) -> None:
        """Take back a count."""

    @staticmethod
    def gauge(stat: str, value: float, rate: float = 1, delta: bool = False, **_: Any) -> None:
        """Tell a level."""

    @staticmethod
    def timing(stat: str, dt: Any, **_: Any) -> None:
        """Tell a duration."""

    @staticmethod
    @contextmanager
    def timer(*_: Any, **__: Any) -> Generator[None]:
        yield


class HookLineageCollector:
    """Hooks tell it which assets they read and wrote."""

    def add_input_asset(self, *_: Any, **__: Any) -> None:
        """Something was read."""

    def add_output_asset(self, *_: Any, **__: Any) -> None:
        """Something was written."""

    add_input_dataset = add_input_asset
    add_output_dataset = add_output_asset

    def add_extra(self, *_: Any, **__: Any) -> None:
        """Something else is worth telling."""

    @property
    def has_collected(self) -> bool:
        return False


_COLLECTOR = HookLineageCollector()


def get_hook_lineage_collector() -> HookLineageCollector:
    return _COLLECTOR


class File(Struct):
    """A file as lineage names it."""

    url: str = ""
    type_hint: str | None = None


class Column(Struct):
    """A column of a lineage table."""

    name: str = ""
    description: str | None = None
    data_type: str = ""


class Table(Struct):
    """A table as lineage names it."""

    database: str = ""
    cluster: str = ""
    name: str = ""
    columns: list[Column] = []
    tags: list[Any] = []
    description: str | None = None
    owners: list[Any] = []
