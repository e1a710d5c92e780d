"""Waiting for a database that cannot be written just now (locked, disk full): a bounded number of times, or endlessly
in a service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, repeat
from typing import TypeVar

from tradewind.model.errors import HomeError
from tradewind.store.outage import Outage, may_pass

T = TypeVar("T")
WAITS_SECONDS = (0.1, 0.5, 2.0, 5.0, 10.0)
"""Between one try and the next. Each may itself have waited for a lock."""
ENDLESS_WAITS_SECONDS = (0.1, 0.5, 1.0)


class Patience:
    """`pause(seconds)` sleeps; `how_to_resume()` is the hint of the error that is raised in the end.

    Nothing is lost meanwhile: what was refused stays with the caller, runners keep their reports in their sockets."""

    def __init__(
        self,
        pause: Callable[[float], None],
        how_to_resume: Callable[[], str],
        waits_seconds: Iterable[float] = WAITS_SECONDS,
    ) -> None:
        self._pause = pause
        self._how_to_resume = how_to_resume
        self._waits_seconds = waits_seconds

    def __call__(self, call: Callable[[], T]) -> T:
        """Raises HomeError where it does not pass, or not soon."""
        outage = Outage()
        for wait_seconds in self._waits_seconds:
            try:
                result = call()
            except HomeError as error:
                if not may_pass(error):
                    raise self._with_hint(error) from error
                outage.goes_on(error, wait_seconds)
            else:
                outage.is_over()
                return result
            self._pause(wait_seconds)
        try:
            return call()
        except HomeError as error:
            raise self._with_hint(error) from error

    def _with_hint(self, error: HomeError) -> HomeError:
        hints = [hint for hint in (error.hint, self._how_to_resume()) if hint]
        return type(error)(error.message, hint="; ".join(hints))


class Endless:
    """As often as it takes: a service outlives its database's outages. It looks often: when the database is back, all
    leases have run out, and who is slow to say that it lives is taken for dead."""

    def __iter__(self) -> Iterator[float]:
        return chain(ENDLESS_WAITS_SECONDS, repeat(ENDLESS_WAITS_SECONDS[-1]))
