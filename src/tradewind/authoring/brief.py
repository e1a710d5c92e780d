"""A value in one line of a log: what it is and how large, never all of it."""

from __future__ import annotations

import reprlib
from typing import Any

MAX_CHARACTERS = 400


class _Brief(reprlib.Repr):
    """As reprlib, but what has a shape (frames, arrays) is named by type and shape: its text may cost seconds."""

    def repr_instance(self, x: Any, level: int) -> str:
        shape: Any = getattr(x, "shape", None)
        if isinstance(shape, tuple) and shape:
            return f"<{type(x).__module__.partition('.')[0]}.{type(x).__name__} {shape}>"
        return " ".join(super().repr_instance(x, level).split())


_BRIEF = _Brief()
_BRIEF.maxlist = _BRIEF.maxtuple = _BRIEF.maxdict = _BRIEF.maxset = 10
_BRIEF.maxstring = _BRIEF.maxother = 200


def brief(value: Any) -> str:
    """At most 400 characters, no line break. A text is shown as it is."""
    text = " ".join(value.split()) if isinstance(value, str) and len(value) <= MAX_CHARACTERS else _BRIEF.repr(value)
    return text if len(text) <= MAX_CHARACTERS else f"{text[: MAX_CHARACTERS - 1]}…"
