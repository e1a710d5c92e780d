"""What the command line asks a server besides the store's own questions. Light: clients import it."""

from __future__ import annotations

from msgspec import Struct

from tradewind.model.ids import MapPath, RunKey
from tradewind.model.requests import Cancel, Clear, Fork, Mark, MarkRun, Trigger


class MakeRun(Struct, frozen=True):
    wish: Trigger


class MakeForks(Struct, frozen=True):
    wish: Fork


class LeaveWish(Struct, frozen=True):
    key: RunKey
    wish: Cancel | Clear | Mark | MarkRun


class Parse(Struct, frozen=True):
    root: str = ""
    file: str = ""
    """"": all files."""


class DeleteRuns(Struct, frozen=True):
    keys: list[RunKey]


class Log(Struct, frozen=True):
    key: RunKey
    task_id: str
    map_path: MapPath
    try_id: str
    start: int
    """Negative: so many bytes before the end."""


class LogPiece(Struct, frozen=True):
    data: bytes
    start: int
    size: int
    """Of the whole log; -1: there is none."""
    is_live: bool


class ValueBytes(Struct, frozen=True):
    key: RunKey
    task_id: str
    map_path: MapPath
    name: str
    part: tuple[int, ...] = ()
    """Which part of a part of it; none: the value itself."""


class OfBackfill(Struct, frozen=True):
    backfill_id: int


class SetBackfill(Struct, frozen=True):
    backfill_id: int
    is_paused: bool | None = None
    is_cancelled: bool = False


class NextRun(Struct, frozen=True):
    dag_id: str


class OfAsset(Struct, frozen=True):
    name: str
    uri: str
