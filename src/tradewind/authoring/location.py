"""Where in the author's file something was made: the first stack frame outside this package."""

from __future__ import annotations

import contextlib
import functools
import os
import sys

from tradewind.model.errors import SourceLocation

_PACKAGE_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_PASSED_THROUGH = frozenset({contextlib.__file__, functools.__file__})
UNKNOWN = SourceLocation("<unknown>")


def caller_location() -> SourceLocation:
    """File and line of the innermost frame that is the author's: not ours, not a decorator of the standard library."""
    frame = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]  # inspect.stack() reads source files: too slow
    while frame is not None:
        file = frame.f_code.co_filename
        if not (file.startswith((_PACKAGE_FOLDER, "<frozen")) or file in _PASSED_THROUGH):
            return SourceLocation(file, frame.f_lineno)
        frame = frame.f_back
    return UNKNOWN
