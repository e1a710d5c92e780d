"""Physical lines of a try's log as the interface shows them; both formats, text and JSON. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from tradewind.api.ours.bodies.runs import LogLine
from tradewind.model.log_format import JSON_START, split_line

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
MOST_LINE_CHARACTERS = 64 * 1024
_RANK = {level: place for place, level in enumerate(LEVELS)}


class _JsonLine(msgspec.Struct):
    timestamp: str = ""
    level: str = ""
    logger: str = ""
    event: str = ""


_decode = msgspec.json.Decoder(_JsonLine).decode


def log_lines(lines: Iterable[tuple[int, str]], *, first_number: int = -1) -> Iterator[LogLine]:
    """`lines`: where each begins in the file, and its text. `first_number`: of the first one; -1 where it is unknown. A
    JSON record with several lines stays one."""
    number = first_number
    for offset, text in lines:
        yield _line(number, offset, text)
        if number >= 0:
            number += 1


def is_at_least(level: str, wanted: str) -> bool:
    """A level of the author's own counts as INFO."""
    return _RANK.get(level.upper(), 1) >= _RANK.get(wanted.upper(), 0)


def _line(number: int, offset: int, text: str) -> LogLine:
    text = text.rstrip("\n")
    if text.startswith(JSON_START):
        try:
            found = _decode(text)
        except msgspec.MsgspecError:
            return LogLine(number, offset=offset, text=text[:MOST_LINE_CHARACTERS])
        return LogLine(number, found.timestamp, found.level.upper(), found.logger, found.event, offset)
    parts = split_line(text)
    if parts is None:
        return LogLine(number, offset=offset, text=text[:MOST_LINE_CHARACTERS])
    at, level, logger, _, rest = parts
    return LogLine(number, at, level, logger, rest[:MOST_LINE_CHARACTERS], offset)
