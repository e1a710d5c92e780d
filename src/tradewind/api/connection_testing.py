"""Connections are tried by processes of their own: a hook is a provider's code, and may hang, crash or say anything.

Outcomes are kept in this server's memory for a while."""

from __future__ import annotations

import secrets
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tradewind.model.errors import TradewindError
from tradewind.model.records import ConnectionRecord

LONGEST_SECONDS = 30.0
AT_ONCE = 2
MOST_WAITING = 20
MOST_KEPT = 200
_WORKER = [sys.executable, "-P", "-m", "tradewind.runner.connection_test"]


class Outcome(Struct, frozen=True):
    is_good: bool
    message: str


class Test(Struct, frozen=True):
    token: str
    conn_id: str
    created_at: datetime
    state: Literal["queued", "running", "success", "failed"] = "queued"
    message: str | None = None

    @property
    def is_over(self) -> bool:
        return self.state in ("success", "failed")


class ConnectionTests:
    """Of one server. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Test] = OrderedDict()
        self._workers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="connection-test")

    def begin(
        self, record: ConnectionRecord, now: datetime, on_success: Callable[[], None] | None = None
    ) -> Test | None:
        """`on_success` is called by the thread that waits for the outcome. None where this connection is being tried
        already, or too many wait."""
        with self._lock:
            going = [one for one in self._kept.values() if not one.is_over]
            if len(going) >= MOST_WAITING or any(one.conn_id == record.conn_id for one in going):
                return None
            test = Test(secrets.token_urlsafe(16), record.conn_id, now)
            self._kept[test.token] = test
            for token in [token for token, one in self._kept.items() if one.is_over][: len(self._kept) - MOST_KEPT]:
                del self._kept[token]
        self._workers.submit(self._work, test, record, on_success)
        return test

    def found(self, token: str) -> Test | None:
        with self._lock:
            return self._kept.get(token)

    def newest_of(self, conn_id: str) -> Test | None:
        with self._lock:
            return next((one for one in reversed(self._kept.values()) if one.conn_id == conn_id), None)

    def close(self) -> None:
        self._workers.shutdown(wait=False, cancel_futures=True)

    def _work(self, test: Test, record: ConnectionRecord, on_success: Callable[[], None] | None) -> None:
        self._note(replace(test, state="running"))
        outcome = try_in_a_process(record)
        if outcome.is_good and on_success is not None:
            try:
                on_success()
            except TradewindError as error:
                outcome = Outcome(False, f"it works, and could not be kept: {error.message}")
        self._note(replace(test, state="success" if outcome.is_good else "failed", message=outcome.message))

    def _note(self, test: Test) -> None:
        with self._lock:
            self._kept[test.token] = test


def try_in_a_process(record: ConnectionRecord) -> Outcome:
    """Waits for its end."""
    try:
        ended = subprocess.run(
            _WORKER,
            input=msgspec.json.encode(record),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST_SECONDS,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        return Outcome(False, f"no answer within {LONGEST_SECONDS:g} seconds")
    except OSError as error:
        return Outcome(False, f"no process could be started: {error.strerror}")
    lines = ended.stdout.splitlines()
    try:
        return msgspec.json.decode(lines[-1], type=Outcome)
    except (IndexError, msgspec.DecodeError):
        return Outcome(False, f"the process that tried it ended with code {ended.returncode} and said nothing")
