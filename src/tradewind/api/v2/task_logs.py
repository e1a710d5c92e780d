"""Logs of tries in Airflow's forms: pages of structured messages, a stream of them, or the file as it is.

A file of any size is read piece by piece. Secrets were masked as it was written."""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BufferedReader
from typing import Any

import msgspec
from msgspec import Struct
from starlette.responses import FileResponse, Response, StreamingResponse

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.log_file import LONGEST_LINE_BYTES, LogFolder
from tradewind.api.problems import BadRequest, NotFound
from tradewind.api.v2.numbers import number_in_path
from tradewind.api.v2.task_bodies import WAITS_WITHIN_A_TRY
from tradewind.api.v2.task_instances_read import ONE, instance_row
from tradewind.api.v2.tries import tries_of
from tradewind.model.log_format import LogRecord, parse_lines

PIECE_BYTES = 256 * 1024
"""Of a log, in one answer that is not the whole of it."""
TOKEN_HEADER = "Airflow-Continuation-Token"
LINES_TYPE = "application/x-ndjson"
LIVE = ("queued", "running")


class LogQuery(Struct, frozen=True):
    full_content: bool = False
    """The whole log in one answer."""
    map_index: int = -1
    token: str | None = None
    """`continuation_token` of the answer before: what comes after it."""


class Message(Struct, frozen=True, omit_defaults=True):
    event: str
    timestamp: datetime | None = None
    level: str | None = None
    logger: str | None = None


class LogAnswer(Struct, frozen=True):
    content: list[Message]
    continuation_token: str | None


def get_log(call: Call[LogQuery, Any]) -> LogAnswer | Response:
    """The log of a try: as JSON a page at a time, as `application/x-ndjson` or `text/plain` the whole."""
    log_path, is_live = _log_of(call)
    folder = LogFolder(call.server.settings.log_folder)
    accept = call.headers.get("accept", "*/*")
    if "text/plain" in accept:
        return _as_file(folder, log_path)
    file = folder.open(log_path)
    if file is None:
        return LogAnswer([], _token(0) if is_live else None)
    if LINES_TYPE in accept:
        return StreamingResponse(_lines(file), media_type=LINES_TYPE, headers=_headers())
    if call.query.full_content:
        return StreamingResponse(_document(file), media_type="application/json", headers=_headers())
    with file:
        return _page(file, _offset(call.query.token), is_live=is_live)


def _log_of(call: Call[LogQuery, Any]) -> tuple[str, bool]:
    """Its path in the log folder, and whether more of it may come. Raises NotFound."""
    instance = instance_row(call, call.query.map_index)
    number = number_in_path(call, "try_number")
    for row in tries_of(call, instance):
        if row.number == number:
            return row.log_path, row.state in LIVE or instance.state in WAITS_WITHIN_A_TRY
    if not instance.try_number and number <= 1:
        return "", instance.run_state in LIVE
    raise NotFound(f"task {instance.task_id!r} has had no try {number} in this run")


def _page(file: BufferedReader, start: int, *, is_live: bool) -> LogAnswer:
    """Whole lines only: what has no end yet comes with the next page."""
    size = os.fstat(file.fileno()).st_size
    if start > size:
        raise BadRequest("the token is beyond the end of this log", hint="begin again without one")
    file.seek(start)
    data = file.read(PIECE_BYTES)
    if len(data) == PIECE_BYTES and not data.endswith(b"\n"):
        data += file.readline(LONGEST_LINE_BYTES)
    if is_live:
        data = data[: data.rfind(b"\n") + 1]
    end = start + len(data)
    messages = list(_messages(data.decode("utf-8", "replace").splitlines(keepends=True)))
    return LogAnswer(messages, _token(end) if is_live or end < size else None)


def _messages(lines: Iterable[str]) -> Iterator[Message]:
    """Records; a line that is none, such as what a full disk cut off, is shown as it is."""
    before: list[str] = []
    rest = iter(lines)
    for line in rest:
        records = list(parse_lines([line]))
        if records:
            yield from (Message(text.rstrip("\n")) for text in before)
            yield from map(_message, parse_lines(_then(line, rest)))
            return
        before.append(line)
    yield from (Message(text.rstrip("\n")) for text in before)


def _then(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def _message(record: LogRecord) -> Message:
    return Message(record.text, record.at, record.level.lower(), record.logger)


# ------------------------------------------------------------------------------------------ the whole of it


def _lines(file: BufferedReader) -> Iterator[bytes]:
    with file:
        for message in _messages(_texts(file)):
            yield msgspec.json.encode(message) + b"\n"


def _document(file: BufferedReader) -> Iterator[bytes]:
    """A LogAnswer, never whole in memory."""
    yield b'{"content":['
    mark = b""
    with file:
        for message in _messages(_texts(file)):
            yield mark + msgspec.json.encode(message)
            mark = b","
    yield b'],"continuation_token":null}'


def _texts(file: BufferedReader) -> Iterator[str]:
    while raw := file.readline(LONGEST_LINE_BYTES):
        yield raw.decode("utf-8", "replace")


def _as_file(folder: LogFolder, log_path: str) -> Response:
    path = folder.path(log_path)
    if path is None:
        return Response(b"", media_type="text/plain; charset=utf-8", headers=_headers())
    return FileResponse(path, media_type="text/plain; charset=utf-8", headers=_headers())


def _headers() -> dict[str, str]:
    return {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


# ------------------------------------------------------------------------------------------ tokens


def _token(offset: int) -> str:
    return base64.urlsafe_b64encode(f"log:{offset}".encode()).rstrip(b"=").decode()


def _offset(token: str | None) -> int:
    """Raises BadRequest."""
    if not token:
        return 0
    try:
        text = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True).decode("ascii")
        mark, _, number = text.partition(":")
        if mark == "log" and number.isdecimal() and len(number) < 19:
            return int(number)
    except (ValueError, binascii.Error):
        pass
    raise BadRequest("the token is damaged", hint="give the `continuation_token` of the answer before as it was")


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{ONE}/logs/{{try_number}}",
        name="get_log",
        tag="Task Instance",
        needs=Need(Resource.LOG),
        do=get_log,
        query=LogQuery,
        answer=LogAnswer,
        errors=(400, 404),
        media_types=("application/json", LINES_TYPE, "text/plain"),
    ),
)
