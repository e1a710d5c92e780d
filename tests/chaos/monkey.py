"""Who is killed, and when: a seed says."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from collections import Counter

from tests.chaos.house import House
from tests.postgres import PostgresServer

VICTIMS = ("task", "task", "task", "scheduler", "scheduler", "dag-processor", "triggerer", "supervisor", "database")
PAUSES_SECONDS = (0.3, 1.0, 3.0)


class Monkey:
    def __init__(self, house: House, seed: int, server: PostgresServer | None) -> None:
        self.killed: Counter[str] = Counter()
        self._house = house
        self._random = random.Random(seed)
        self._server = server

    def play(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(self._random.choice(PAUSES_SECONDS))  # the trouble's own rhythm
            self._house.keep_alive()
            self._strike(self._random.choice(VICTIMS))

    def _strike(self, victim: str) -> None:
        if victim == "database":
            self._strike_database()
            return
        pids = self._house.pids().get(victim, [])
        if not pids:
            return
        pid = self._random.choice(sorted(pids))
        with contextlib.suppress(ProcessLookupError):
            if victim == "scheduler" and self._random.random() < 0.3:
                self._pause(pid)
            else:
                os.kill(pid, signal.SIGKILL)
            self.killed[victim] += 1

    def _pause(self, pid: int) -> None:
        """As a machine that stalls: past its lease, then it wakes."""
        os.kill(pid, signal.SIGSTOP)
        time.sleep(self._random.choice((1.0, 6.0)))
        os.kill(pid, signal.SIGCONT)

    def _strike_database(self) -> None:
        if self._server is None:
            return
        if self._random.random() < 0.5:
            self._server.restart()
        else:
            self._server.kill()
            time.sleep(self._random.choice(PAUSES_SECONDS))
            self._server.start()
        self.killed["database"] += 1
