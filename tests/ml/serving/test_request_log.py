"""The log of what was asked: its parts, how they end and go, and what becomes of what does not fit."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from typing import Any

import msgspec
import pytest

from tradewind.ml.serving.log_folder import log_folder
from tradewind.ml.serving.logged import request_log
from tradewind.ml.serving.request_log import QUEUED_REQUESTS, LoggedRequest, RequestLog, Rotation

pytestmark = pytest.mark.timeout(300)
PATIENCE_SECONDS = 120
EACH_ITS_OWN_PART = Rotation(part_bytes=1)


def asked(number: int) -> LoggedRequest:
    return LoggedRequest(f"r{number}", datetime(2026, 1, 1, tzinfo=UTC), "1", ["a"], [[number], [number]], [0, 1])


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.mark.parametrize("rotation", [EACH_ITS_OWN_PART, Rotation(part_seconds=0.0)], ids=["it is full", "it is old"])
def test_a_part_ends_and_whoever_waits_is_told(tmp_path: Path, rotation: Rotation) -> None:
    told: Queue[tuple[Path, int]] = Queue()
    log = RequestLog(tmp_path, rotation, lambda part, rows: told.put((part, rows)))
    assert log.offer(asked(1))
    part, rows = told.get(timeout=PATIENCE_SECONDS)  # while the server runs on
    assert (part.suffix, rows) == (".jsonl", 2)
    assert msgspec.json.decode(part.read_bytes(), type=LoggedRequest) == asked(1)
    log.close()
    assert names(tmp_path) == [part.name]


def test_the_oldest_parts_go_and_the_newest_stays(tmp_path: Path) -> None:
    log = RequestLog(tmp_path, Rotation(part_bytes=1, kept_bytes=1))
    for number in range(3):
        log.offer(asked(number))
    log.close()
    (left,) = tmp_path.iterdir()
    assert msgspec.json.decode(left.read_bytes(), type=LoggedRequest).id == "r2"


def test_what_a_full_queue_leaves_out_is_counted_and_nobody_waits(tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def hold(part: Path, rows: int) -> None:
        begun.set()
        go_on.wait(PATIENCE_SECONDS)

    log = RequestLog(tmp_path, EACH_ITS_OWN_PART, hold)
    log.offer(asked(0))
    assert begun.wait(PATIENCE_SECONDS)
    taken = [log.offer(asked(number)) for number in range(QUEUED_REQUESTS + 3)]
    assert (taken.count(False), log.dropped) == (3, 3)
    go_on.set()
    log.close()
    assert len(names(tmp_path)) == QUEUED_REQUESTS + 1


def test_a_request_that_cannot_be_written_ends_nothing(tmp_path: Path) -> None:
    log = RequestLog(tmp_path)
    log.offer(msgspec.structs.replace(asked(1), rows=[[object()]]))
    log.offer(asked(2))
    log.close()
    assert log.dropped == 1
    (part,) = tmp_path.iterdir()
    assert msgspec.json.decode(part.read_bytes(), type=LoggedRequest) == asked(2)


def test_the_part_of_a_server_that_was_killed_is_ended_by_the_next_one(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = tmp_path / f"20260101T000000.000000-{gone.pid}.jsonl.open"
    left.write_bytes(msgspec.json.encode(asked(1)) + b"\n" + msgspec.json.encode(asked(2))[:20])
    told: list[Any] = []
    RequestLog(tmp_path, on_part=lambda part, rows: told.append((part.name, rows))).close()
    assert told == [(left.name.removesuffix(".open"), 2)]
    assert names(tmp_path) == [told[0][0]]


def test_of_a_long_log_the_end_is_read(tmp_path: Path) -> None:
    folder = log_folder(tmp_path, "churn")
    log = RequestLog(folder, EACH_ITS_OWN_PART)
    for number in range(4):
        log.offer(asked(number))
    log.close()
    min(folder.iterdir()).write_bytes(b"\xff")  # nobody looks at the oldest part
    assert list(request_log("churn", last_rows=3, home=tmp_path)["a"]) == [2, 3, 3]
    assert list(request_log("churn", last_rows=0, home=tmp_path).columns)
