"""What looks like a secret by its name is not shown, in values as in conf and params."""

from __future__ import annotations

import re
from typing import Any

from tradewind.authoring.secrets import MASK, SENSITIVE_NAMES, redact

DEEPEST = 200
"""Levels of a value that are looked through: bodies have no more."""
_NAMED = re.compile(
    rf"""((['"]?)[\w.-]*(?:{"|".join(map(re.escape, sorted(SENSITIVE_NAMES)))})[\w.-]*\2\s*[:=]\s*)"""
    r"""('(?:[^'\\]|\\.)*'?|"(?:[^"\\]|\\.)*"?|[^\s,;)}\]]+)""",
    re.IGNORECASE,
)


def masked(value: Any) -> Any:
    """Values below keys such as `password` or `token` become `***`, as in logs."""
    return redact(value, max_depth=DEEPEST)


def masked_text(text: str) -> str:
    """The same in a text that shows a value: `{'password': 'x'}`, `token=x`."""
    return _NAMED.sub(lambda found: f"{found[1]}{MASK}", text)
