"""The settings that give a DAG file's missing arguments their defaults, read once per process when first needed."""

from __future__ import annotations

from functools import cache

from tradewind import settings
from tradewind.settings import Settings

_installed: list[Settings] = []


def install(chosen: Settings) -> None:
    """Use these settings instead of this process's own (the parser is told its settings by its parent)."""
    _installed[:] = [chosen]


def current() -> Settings:
    """Settings in force for DAG files loaded by this process."""
    return _installed[0] if _installed else _own()


@cache
def _own() -> Settings:
    return settings.load()
