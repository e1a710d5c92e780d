"""How deep a JSON text is nested, found without decoding it."""

from __future__ import annotations

import re

_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"?')
_BRACKET = re.compile(rb"[\[\]{}]")


def is_deeper(raw: bytes, levels: int) -> bool:
    """Whether brackets are nested more than so many levels; brackets in texts do not count."""
    if raw.count(b"[") + raw.count(b"{") <= levels:
        return False
    level = 0
    for found in _BRACKET.finditer(_TEXT.sub(b"", raw)):
        level += 1 if found[0] in (b"[", b"{") else -1
        if level > levels:
            return True
    return False
