"""Trying again what the server undid: each public method of a store is one transaction, and can be repeated whole.

Deadlocks and refused orders of transactions are tried a few times at once; where the connection was lost, one new one
is tried. What does not pass then is for the caller's patience (`StoreError.may_pass`).
"""

from __future__ import annotations

import functools
import logging
import random
import time
from collections.abc import Callable, Collection
from typing import Any, TypeVar

from tradewind.store.postgres.errors import PassingError

_log = logging.getLogger(__name__)
S = TypeVar("S", bound=type)
ATTEMPTS = 6
NEW_CONNECTIONS = 1
LONGEST_PAUSE_SECONDS = 0.1
BESIDE_OTHERS = frozenset(
    {
        "commit",
        "beat",
        "end_job",
        "claim_run",
        "release_run",
        "claim_waiting_runs",
        "create_scheduled_runs",
        "claim_deferrals",
        "end_deferrals",
        "add_request",
        "take_requests",
        "write_audit",
        "add_session",
        "touch_session",
        "end_session",
        "add_token",
        "touch_token",
        "add_failure",
        "clear_failures",
        "forget_artifacts",
    }
)
"""Methods whose statements each expect a state or lock what they rest on. The others write one after the other, as on
SQLite: they are rare, and may rest on what they have read."""


def repeating(*names: str) -> Callable[[S], S]:
    """For a class: these methods are tried again, and each knows whether it must be alone."""

    def decorate(kind: S) -> S:
        for name in names:
            setattr(kind, name, _repeated(getattr(kind, name), must_be_alone=name not in BESIDE_OTHERS))
        return kind

    return decorate


def public_methods(contract: type, *, but: Collection[str]) -> list[str]:
    """Names of all that the contract asks for."""
    kinds = (kind for kind in contract.__mro__ if kind.__module__.startswith("tradewind."))
    return sorted(
        {name for kind in kinds for name, one in vars(kind).items() if callable(one) and name[0] != "_"} - set(but)
    )


def _repeated(method: Callable[..., Any], *, must_be_alone: bool) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(self: Any, *values: Any, **named: Any) -> Any:
        if self._is_inside:
            return method(self, *values, **named)
        self._is_inside, self._must_be_alone = True, must_be_alone
        try:
            return _until_done(lambda: method(self, *values, **named))
        finally:
            self._is_inside, self._must_be_alone = False, False

    return call


def _until_done(call: Callable[[], Any]) -> Any:
    lost = 0
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return call()
        except PassingError as error:
            lost += error.is_cut_off
            if attempt == ATTEMPTS or lost > NEW_CONNECTIONS:
                raise
            _log.debug("%s; trying again", error.message)
            if not error.is_cut_off:
                time.sleep(random.uniform(0, LONGEST_PAUSE_SECONDS * attempt / ATTEMPTS))
    raise AssertionError("the last attempt returns or raises")
