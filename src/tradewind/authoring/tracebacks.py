"""A traceback as its author wants to read it: their files, and the innermost frame of whatever they called."""

from __future__ import annotations

import os
import traceback
from types import FrameType, TracebackType

from tradewind.authoring.own_files import is_own_file
from tradewind.authoring.secrets import redact

_OWN_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
MAX_CHARACTERS = 20_000


def cut_traceback(error: BaseException) -> str:
    """Text of the error, with the causes it was raised from. Our frames are dropped, and so are library frames above
    the author's first one; below it all stay. Secrets are masked before the text is
    cut to MAX_CHARACTERS: half a secret would not be recognised."""
    formatted = traceback.TracebackException(type(error), error, error.__traceback__, lookup_lines=False, compact=True)
    _cut(formatted, error, set())
    text = redact("".join(formatted.format()).rstrip())
    if len(text) <= MAX_CHARACTERS:
        return text
    half = MAX_CHARACTERS // 2
    return f"{text[:half]}\n… {len(text) - 2 * half} characters left out …\n{text[-half:]}"


def _cut(formatted: traceback.TracebackException, error: BaseException, seen: set[int]) -> None:
    seen.add(id(error))
    if error.__traceback__ is not None:
        formatted.stack = traceback.StackSummary.extract(
            _frames_to_show(error.__traceback__), lookup_lines=True, capture_locals=False
        )
    for part, cause in ((formatted.__cause__, error.__cause__), (formatted.__context__, error.__context__)):
        if part is not None and cause is not None and id(cause) not in seen:
            _cut(part, cause, seen)


def _frames_to_show(start: TracebackType) -> list[tuple[FrameType, int]]:
    frames = list(traceback.walk_tb(start))
    shown = [pair for pair in frames if not _is_ours(pair[0])]
    first = next((index for index, (frame, _) in enumerate(shown) if _is_authors(frame)), None)
    if first is None:
        # Nothing of the author's is on the stack (say, a template that does not parse): what failed is better than
        # nothing at all.
        return shown[-1:] or frames[-1:]
    return shown[first:]


def _is_ours(frame: FrameType) -> bool:
    return frame.f_code.co_filename.startswith(_OWN_FOLDER)


def _is_authors(frame: FrameType) -> bool:
    return is_own_file(frame.f_code.co_filename)
