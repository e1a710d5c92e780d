"""Airflow's Stats and lineage collector: accepted, recording nothing."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, ClassVar

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

    _extra: ClassVar[dict[str, Any]] = {}
    """Common-compat looks for it, and would put its own collector over one without."""

    def add_input_asset(self, *_: Any, **__: Any) -> None:
        """Something was read."""

    def add_output_asset(self, *_: Any, **__: Any) -> None:
        """Something was written."""

    def create_asset(self, *_: Any, **__: Any) -> None:
        """Make an asset of a hook's own terms."""

    add_input_dataset = add_input_asset
    add_output_dataset = add_output_asset
    create_dataset = create_asset

    def add_extra(self, *_: Any, **__: Any) -> None:
        """Something else is worth telling."""

    @property
    def has_collected(self) -> bool:
        return False

    @property
    def collected_assets(self) -> HookLineage:
        return HookLineage()


class AssetLineageInfo(Struct):
    """One asset that a hook has touched."""

    asset: Any
    count: int = 0
    context: Any = None


class HookLineage(Struct):
    """What a collector has gathered: nothing."""

    inputs: list[AssetLineageInfo] = []
    outputs: list[AssetLineageInfo] = []
    extra: list[Any] = []


class HookLineageReader:
    """Base of what a plugin reads the collector with."""


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
