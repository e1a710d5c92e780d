"""Logs of tries: windows of bytes, the end, search, download. Secrets were masked as they were written."""

from __future__ import annotations

from io import BufferedReader
from typing import Any

import msgspec
from starlette.responses import FileResponse, Response

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.runs import LogLine, LogPage
from tradewind.api.ours.log_file import LogFolder, search, tail, window
from tradewind.api.ours.paths import TASK, TryQuery, bounded, try_of
from tradewind.api.problems import Invalid, NotFound
from tradewind.model.records import TryRecord

DEFAULT_WINDOW_BYTES = 256 * 1024
MOST_TAIL_LINES = 10_000
MOST_HITS = 1_000
LONGEST_SEARCH_CHARACTERS = 500


class LogQuery(TryQuery, frozen=True):
    start: int = 0
    """First byte; the window begins with the line that has it."""
    end: int | None = None
    """Byte before which it ends: at most 1 MiB later; absent: 256 KiB."""
    tail: int | None = None
    """The last so many lines instead."""


class SearchQuery(TryQuery, frozen=True):
    q: str = ""
    level: str = ""
    """At least: DEBUG, INFO, WARNING, ERROR or CRITICAL."""
    start: int = msgspec.field(default=0, name="from")
    """From this byte on: the `offset` of the last hit plus one, to go on."""
    limit: int = 200


def log(call: Call[LogQuery, None]) -> LogPage:
    """A window of a try's log"""
    found = try_of(call)
    query = call.query
    file = _opened(call, found)
    if file is None:
        return LogPage([], 0, 0, 0, not found.state.is_live)
    with file:
        if query.tail is not None:
            lines, start, end = tail(file, bounded(query.tail, MOST_TAIL_LINES))
        else:
            wanted_end = query.end or query.start + DEFAULT_WINDOW_BYTES
            lines, start, end = window(file, query.start, wanted_end, is_ended=not found.state.is_live)
        size = file.seek(0, 2)
    return LogPage(lines, start, end, max(size, end), not found.state.is_live)


def find(call: Call[SearchQuery, None]) -> list[LogLine]:
    """Lines of a log that have a text, or at least a level"""
    query = call.query
    if len(query.q) > LONGEST_SEARCH_CHARACTERS:
        raise Invalid(f"a search is at most {LONGEST_SEARCH_CHARACTERS} letters long")
    file = _opened(call, try_of(call))
    if file is None:
        return []
    with file:
        return list(search(file, query.q, query.level, query.start, bounded(query.limit, MOST_HITS)))


def download(call: Call[TryQuery, None]) -> Response:
    """The whole log as a file"""
    found = try_of(call)
    path = LogFolder(call.server.settings.log_folder).path(found.log_path)
    if path is None:
        raise NotFound("this try has no log", hint="it wrote nothing, or its log was deleted")
    name = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in f"{found.task_id}.log")
    return FileResponse(
        path,
        media_type="text/plain; charset=utf-8",
        filename=f"{found.number}-{name}",
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"},
    )


def _opened(call: Call[Any, Any], found: TryRecord) -> BufferedReader | None:
    return LogFolder(call.server.settings.log_folder).open(found.log_path)


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{TASK}/log",
        name="tradewind_log",
        tag="Tasks",
        needs=Need(Resource.LOG),
        do=log,
        query=LogQuery,
        answer=LogPage,
    ),
    Operation(
        method="GET",
        path=f"{TASK}/log/search",
        name="tradewind_log_search",
        tag="Tasks",
        needs=Need(Resource.LOG),
        do=find,
        query=SearchQuery,
        answer=list[LogLine],
    ),
    Operation(
        method="GET",
        path=f"{TASK}/log/download",
        name="tradewind_log_download",
        tag="Tasks",
        needs=Need(Resource.LOG),
        do=download,
        query=TryQuery,
        answer=str,
        media_types=("text/plain",),
    ),
)
