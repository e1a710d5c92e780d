"""The instant a timetable takes for "now". Whoever asks a timetable passes it in; Airflow's signatures have no room for
it, so it travels beside the call. Without one (a user calls a timetable by hand) it is the machine's clock."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_now: ContextVar[datetime | None] = ContextVar("tradewind_timetable_now", default=None)


def current_instant() -> datetime:
    """Now, aware and in UTC."""
    return _now.get() or datetime.now(UTC)


@contextmanager
def clock_at(now: datetime) -> Generator[None]:
    """Within the block, `current_instant()` is `now` (aware)."""
    token = _now.set(now.astimezone(UTC))
    try:
        yield
    finally:
        _now.reset(token)
