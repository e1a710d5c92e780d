"""Two clocks: one that always goes forward (for processes), and the wall clock, which somebody may set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 28, 23, tzinfo=UTC)


class FakeClock:
    def __init__(self) -> None:
        self.elapsed_seconds = 0.0
        self._offset_seconds = 0.0

    def __call__(self) -> datetime:
        return START + timedelta(seconds=round(self.elapsed_seconds + self._offset_seconds, 6))

    def advance(self, seconds: float) -> None:
        assert seconds >= 0
        self.elapsed_seconds += seconds

    def set_by(self, seconds: float) -> None:
        """Somebody sets the wall clock forward, or back."""
        self._offset_seconds += seconds
