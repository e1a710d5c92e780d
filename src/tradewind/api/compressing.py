"""Large answers travel as gzip, where whoever asks takes that: JSON and the pages' files. Streams of events do not."""

from __future__ import annotations

import re
import zlib

SMALLEST_BYTES = 16 * 1024
"""Smaller answers cost more to compress than to send."""
LEVEL = 1
"""States and instants repeat themselves: higher levels take several times as long for a few per cent."""
BEST = 9
"""For files, which are compressed once."""
_GZIP = 31
_NAMED = re.compile(r"(?:^|,)\s*gzip\s*(?:;\s*q\s*=\s*([0-9.]+)\s*)?(?:,|$)", re.IGNORECASE)


def takes_gzip(accept_encoding: str) -> bool:
    """What the header `Accept-Encoding` says. https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding"""
    found = _NAMED.search(accept_encoding)
    return found is not None and (found[1] or "1").strip("0.") != ""


def gzipped(raw: bytes, level: int = LEVEL) -> bytes:
    """The same bytes give the same: no time is in it."""
    engine = zlib.compressobj(level, zlib.DEFLATED, _GZIP)
    return engine.compress(raw) + engine.flush()


def sent_as(raw: bytes, accept_encoding: str) -> tuple[bytes, dict[str, str]]:
    """The body, and the headers that say what it is."""
    if len(raw) < SMALLEST_BYTES:
        return raw, {}
    if not takes_gzip(accept_encoding):
        return raw, {"Vary": "Accept-Encoding"}
    return gzipped(raw), {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
