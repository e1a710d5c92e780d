"""How long somebody who keeps guessing has to wait. Pure.

Three counts: of an account from an address, of an address, of an account from anywhere. The first two grow to a quarter
of an hour. The last is held low: else anybody could keep an account's owner out for ever."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from tradewind.model.people import FailureRecord


class Limit(Struct, frozen=True):
    free: int
    """Failures that cost nothing."""
    longest: timedelta


PAIR = Limit(5, timedelta(minutes=15))
ADDRESS = Limit(20, timedelta(minutes=15))
ACCOUNT = Limit(50, timedelta(seconds=10))


def subjects(name: str, address: str) -> dict[str, Limit]:
    """What failures of this attempt count for."""
    name = name.casefold()[:200]
    return {f"pair {address} {name}": PAIR, f"address {address}": ADDRESS, f"account {name}": ACCOUNT}


def wait(found: Mapping[str, FailureRecord], limits: Mapping[str, Limit], now: datetime) -> timedelta:
    """Zero: go on."""
    waits = [_until(found[subject], limit) - now for subject, limit in limits.items() if subject in found]
    return max([timedelta(0), *waits])


def _until(failures: FailureRecord, limit: Limit) -> datetime:
    beyond = failures.failures - limit.free
    if beyond < 0:
        return failures.failed_at
    pause = timedelta(seconds=2 ** min(beyond, 12))
    return failures.failed_at + min(pause, limit.longest)
