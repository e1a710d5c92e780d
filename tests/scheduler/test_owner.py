"""Who drives a run is known by a lock that ends with its process, however it ends."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from tradewind.scheduler.owner import Ownership, is_alive

SCRIPT = """
import subprocess, sys
from pathlib import Path
from tradewind.scheduler.owner import Ownership
ownership = Ownership(Path(sys.argv[1]))
child = subprocess.Popen(["cat"], stdin=subprocess.PIPE) if sys.argv[2] == "with a child" else None
print(ownership.owner.id, flush=True)
sys.stdin.read()
ownership.end()
"""


@pytest.fixture
def owner(tmp_path: Path, request: pytest.FixtureRequest) -> Generator[tuple[subprocess.Popen[str], str]]:
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(tmp_path), getattr(request, "param", "alone")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
        process.kill()


def test_its_lock_is_seen_from_another_process(tmp_path, owner):
    _, owner_id = owner
    assert is_alive(tmp_path, owner_id)
    assert is_alive(tmp_path, owner_id), "to look must not take the lock away"


@pytest.mark.parametrize("owner", ["alone", "with a child"], indirect=True)
def test_it_is_dead_after_kill_9(tmp_path, owner):
    process, owner_id = owner
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not is_alive(tmp_path, owner_id)


def test_it_is_gone_after_its_end(tmp_path, owner):
    process, owner_id = owner
    process.communicate("")
    assert not is_alive(tmp_path, owner_id)
    assert list((tmp_path / "owners").iterdir()) == []


def test_one_that_never_was_is_not_alive(tmp_path):
    assert not is_alive(tmp_path, "0123456789abcdef")


def test_each_start_has_an_id_of_its_own(tmp_path):
    one, other = Ownership(tmp_path), Ownership(tmp_path)
    assert one.owner.id != other.owner.id
    one.end()
    assert is_alive(tmp_path, other.owner.id)
    other.end()
