"""Turns pieces of output into whole lines, with bounded memory.

A carriage return starts a line over, as on a terminal: of a progress bar only the last state is kept.
"""

from __future__ import annotations

from tradewind.runner.log_formats import MAX_LINE_CHARACTERS

KEEP_CHARACTERS = MAX_LINE_CHARACTERS + 8 * 1024
"""A line is held a little beyond where it is cut, so that a secret across the cut is still found by the masking."""


class LineSplitter:
    def __init__(self) -> None:
        self._pending = ""
        self._dropped = 0
        self._is_dropping = False

    def feed(self, text: str) -> list[str]:
        """The lines completed by this text, without their ends."""
        if "\n" not in text:
            return self._hold(text)
        first, *lines = text.split("\n")
        self._pending, rest = self._end_of(first), lines.pop()
        complete = [self._pending] if self._pending or not self._is_dropping else []
        complete += lines
        self._pending, self._is_dropping = "", False
        complete = [_last_state(line) if "\r" in line else line for line in complete]
        return complete + self._hold(rest)

    def flush(self) -> list[str]:
        """What is left when the output ends: a line without an end."""
        left, self._pending, self._is_dropping = self._end_of(""), "", False
        return [_last_state(left)] if left else []

    @property
    def begun(self) -> str:
        """The line that has no end yet, as far as it is known."""
        return _last_state(self._pending) if self._pending else ""

    def _end_of(self, text: str) -> str:
        """The rest of the pending line; of one that was too long, a note on how much of it was dropped."""
        if not self._is_dropping:
            return self._pending + text
        self._dropped += len(text)
        note = f"[…the line before went on for {self._dropped:,} more characters]" if self._dropped else ""
        self._dropped = 0
        return note

    def _hold(self, text: str) -> list[str]:
        """Keep the start of a line that has no end yet; when it is too long, give it out and drop the rest."""
        if self._is_dropping:
            self._dropped += len(text)
            return []
        pending = self._pending + text
        at = pending.rfind("\r", 0, len(pending) - 1)
        self._pending = pending if at < 0 else pending[at:]
        if len(self._pending) <= KEEP_CHARACTERS:
            return []
        line, self._dropped = self._pending[:KEEP_CHARACTERS], len(self._pending) - KEEP_CHARACTERS
        self._pending, self._is_dropping = "", True
        return [line]


def _last_state(line: str) -> str:
    line = line.rstrip("\r")
    return line[line.rfind("\r") + 1 :]
