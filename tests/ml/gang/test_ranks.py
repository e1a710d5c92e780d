"""The processes of a gang: results, the first cause of a failure, output, and that none is left."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tradewind import Variable, ml
from tradewind.ml.gang.ranks import RankFailed, kernel_kills, run_gang
from tradewind.model.errors import DagFileError


def environment(rank: int) -> Mapping[str, str]:
    return {"RANK": str(rank)}


def rank() -> int:
    return int(os.environ["RANK"])


def test_all_run_at_once_and_the_first_ones_value_counts(tmp_path: Path) -> None:
    def work() -> dict[str, object]:
        (tmp_path / str(rank())).touch()
        while len(list(tmp_path.iterdir())) < 3:
            time.sleep(0.005)
        return {"rank": rank(), "made here": (lambda: rank())()}

    assert run_gang(3, work, environment) == {"rank": 0, "made here": 0}
    assert "RANK" not in os.environ


def test_what_is_printed_is_in_the_log_with_its_rank(caplog: pytest.LogCaptureFixture) -> None:
    def work() -> None:
        print("hello from", rank())
        os.write(1, b"native, without an end")

    with caplog.at_level(logging.INFO, "tradewind.task"):
        run_gang(2, work, environment)
    assert {one.message for one in caplog.records} >= {
        "[rank 0] hello from 0",
        "[rank 1] hello from 1",
        "[rank 1] native, without an end",
    }


def test_one_raises_and_all_end_with_its_exception(tmp_path: Path) -> None:
    def work() -> None:
        (tmp_path / str(os.getpid())).touch()
        if rank() == 1:
            raise KeyError("the first cause")
        while True:
            time.sleep(60)

    with pytest.raises(KeyError, match="the first cause") as caught:
        run_gang(3, work, environment)
    whose, where = caught.value.__notes__
    assert whose == "in rank 1 of 3; the others were stopped"
    assert 'raise KeyError("the first cause")' in where
    assert "ranks.py" not in where.replace(__file__, ""), "only the author's own lines"
    assert not [pid for pid in map(int, (one.name for one in tmp_path.iterdir())) if is_alive(pid)]


def test_of_several_failures_the_killed_one_is_the_cause(tmp_path: Path) -> None:
    def work() -> None:
        if rank() == 1:
            (tmp_path / str(os.getpid())).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        while not list(tmp_path.iterdir()) or is_alive(int(next(tmp_path.iterdir()).name)):
            time.sleep(0.005)
        raise ConnectionError("the other one has gone")

    with pytest.raises(RankFailed, match=r"rank 1 of 2 was ended by SIGKILL \(9\); the others were stopped"):
        run_gang(2, work, environment)


def test_a_rank_that_ignores_the_gentle_end_is_killed_with_what_it_has_started(tmp_path: Path) -> None:
    def work() -> None:
        if rank() == 0:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            if (child := os.fork()) == 0:
                time.sleep(600)
            (tmp_path / str(child)).touch()
            time.sleep(600)
        while not list(tmp_path.iterdir()):
            time.sleep(0.005)
        os._exit(3)

    with pytest.raises(RankFailed, match="rank 1 of 2 ended with exit code 3 and without a result"):
        run_gang(2, work, environment)
    (left,) = [int(one.name) for one in tmp_path.iterdir()]
    deadline = time.monotonic() + 60
    while is_alive(left):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_an_exception_that_cannot_travel_is_told_by_its_last_line() -> None:
    class Stubborn(Exception):
        def __reduce__(self) -> tuple[object, ...]:
            raise TypeError("no")

    def work() -> None:
        raise Stubborn("stays here")

    with pytest.raises(RankFailed, match=r"rank 0 of 1 failed: .*Stubborn: stays here"):
        run_gang(1, work, environment)


def test_ranks_ask_through_the_process_that_has_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADEWIND_VAR_WHO", "ada")

    def work() -> object:
        return Variable.get("who"), Variable.get("nobody", default="none")

    assert run_gang(2, work, environment) == ("ada", "none")


@pytest.mark.parametrize(
    ("events", "kills"), [("low 0\noom 2\noom_kill 7\n", 7), ("low 0\n", 0), (None, 0)], ids=["some", "none", "no file"]
)
def test_what_the_kernel_has_killed(tmp_path: Path, events: str | None, kills: int) -> None:
    if events is not None:
        (tmp_path / "memory.events").write_text(events)
    assert kernel_kills(tmp_path, tmp_path / "vmstat") == kills
    (tmp_path / "vmstat").write_text("nr_free_pages 9\noom_kill 3\n")
    assert kernel_kills(tmp_path, tmp_path / "vmstat") == (kills or 3)


@pytest.mark.parametrize("nproc", [0, -1, 1.5, "2", True])
def test_a_number_of_processes_is_needed(nproc: object) -> None:
    with pytest.raises(DagFileError, match="a number of processes"):
        ml.torchrun(nproc)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
