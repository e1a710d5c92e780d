"""Lets triggers that watch other DAGs look when something has happened there, instead of every few seconds."""

from __future__ import annotations

import asyncio

_waiting: set[asyncio.Event] = set()


def something_changed() -> None:
    """A run was started, or has ended. Called by the triggerer, in its loop."""
    for event in _waiting:
        event.set()


async def wait_for_change(seconds: float) -> None:
    """Until something has changed, at most so long."""
    event = asyncio.Event()
    _waiting.add(event)
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass
    finally:
        _waiting.discard(event)
