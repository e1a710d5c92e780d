"""Homes and databases that cannot be used say so in a line; odd ones that can be used work."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.end_to_end.conftest import Ended, Place

WORKING = """
    @task
    def a():
        note("a")
        return list(range(100_000))

    @task
    def b(numbers):
        note(f"b {len(numbers)}")
    b(a())
"""
needs_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounting a small file system needs root on Linux"
)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MiB."""
    folder = tmp_path / "small disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"mounting is not allowed here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_home_with_spaces_and_unicode_works(place: Place) -> None:
    place.home = place.folder / "my höme ☃ 家"
    place.environment["TRADEWIND_HOME"] = str(place.home)
    file = place.dag(WORKING)

    ended = place.run(file)

    assert ended.code == 0, ended.output
    assert place.trace == ["a", "b 100000"]
    assert place.states() == {"a": "success", "b": "success"}


def test_a_dag_file_with_spaces_and_unicode_in_its_path_works(place: Place) -> None:
    file = place.dag(WORKING)
    moved = place.dags / "mein ördner" / "ein ☃ dag.py"
    moved.parent.mkdir()
    file.rename(moved)

    assert place.run(moved).code == 0


@pytest.mark.parametrize("content", [b"this is no database" * 1000, b"SQLite format 3\0" + b"\xff" * 8000])
def test_a_corrupt_database_is_told(place: Place, content: bytes) -> None:
    place.home.mkdir()
    (place.home / "tradewind.db").write_bytes(content)

    _refused(place.run(place.dag(WORKING)), "tradewind.db", "hint")


def test_a_database_in_the_middle_of_which_bytes_are_broken_is_told(place: Place) -> None:
    file = place.dag(WORKING)
    assert place.run(file).code == 0
    database = place.home / "tradewind.db"
    content = bytearray(database.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    database.write_bytes(content)
    for beside in place.home.glob("tradewind.db-*"):
        beside.unlink()

    _refused(place.run(file), "tradewind.db", "hint")


def test_a_database_of_a_newer_version_is_told(place: Place) -> None:
    file = place.dag(WORKING)
    assert place.run(file).code == 0
    with sqlite3.connect(place.home / "tradewind.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    _refused(place.run(file), "newer version", "upgrade", "hint")


def test_a_database_of_somebody_else_is_left_alone(place: Place) -> None:
    place.home.mkdir()
    with sqlite3.connect(place.home / "tradewind.db") as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()

    _refused(place.run(place.dag(WORKING)), "not one of Tradewind's", "TRADEWIND_HOME")


@pytest.mark.slow
def test_a_database_that_stays_locked_is_told(place: Place) -> None:
    """It is waited for first: half a minute."""
    file = place.dag(WORKING)
    assert place.run(file).code == 0
    connection = sqlite3.connect(place.home / "tradewind.db", isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")

    ended = place.run(file)

    connection.close()
    _refused(ended, "locked", "hint")


def test_a_database_that_is_locked_for_a_moment_is_waited_for(place: Place) -> None:
    file = place.dag(WORKING)
    assert place.run(file).code == 0
    connection = sqlite3.connect(place.home / "tradewind.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    process = place.start("run", "--plain", file)
    place.wait_for(lambda: bool(place.processes()))

    connection.execute("ROLLBACK")
    connection.close()

    assert place.end_of(process).code == 0


@needs_root
def test_a_read_only_home_is_told(place: Place, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)

    _refused(place.run(place.dag(WORKING), TRADEWIND_HOME=str(small_disk / "home")), "read-only", "TRADEWIND_HOME")


@needs_root
def test_a_home_that_became_read_only_is_told(place: Place, small_disk: Path) -> None:
    file = place.dag(WORKING)
    home = {"TRADEWIND_HOME": str(small_disk)}
    assert place.run(file, **home).code == 0
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)

    _refused(place.run(file, **home), "hint")


def test_a_home_that_is_a_file_is_told(place: Place) -> None:
    place.home.write_text("")

    _refused(place.run(place.dag(WORKING)), str(place.home), "hint")


def test_a_service_whose_folder_of_dag_files_cannot_be_made_says_so(place: Place) -> None:
    (place.home.parent / "a file").write_text("")

    _refused(
        place.tradewind("standalone", TRADEWIND_DAGS_FOLDER=str(place.home.parent / "a file" / "dags")),
        "cannot be made: Not a directory",
        "choose another dags_folder",
    )


def test_a_part_that_can_never_run_says_so_once_and_ends_all(place: Place) -> None:
    ended = place.tradewind("standalone", TRADEWIND_METRICS_PORT="1", TRADEWIND_METRICS_HOST="192.0.2.1")

    assert ended.code == 1
    assert ended.output.count("metrics cannot be offered on 192.0.2.1:1") == 1, ended.output
    assert place.home.stat().st_mode & 0o077 == 0, "logs and values are nobody else's business"


BIG = """
    @task
    def big():
        note("big")
        return os.urandom(30_000_000)

    @task(trigger_rule="all_done")
    def after():
        note("after")
    big() >> after()
"""


@needs_root
def test_a_full_disk_for_values_fails_the_task_that_hands_one_on(place: Place, small_disk: Path) -> None:
    file = place.dag(BIG)

    ended = place.run(file, TRADEWIND_ARTIFACT_URL=str(small_disk))

    assert ended.code == 0, ended.output
    assert place.trace == ["big", "after"]
    assert place.states() == {"big": "failed", "after": "success"}
    ended.has("No space left on device")
    assert not [one for one in small_disk.rglob("*") if one.is_file()], "no half a value is left"


@needs_root
def test_a_disk_that_is_full_is_told(place: Place, small_disk: Path) -> None:
    filler = os.open(small_disk / "filler", os.O_WRONLY | os.O_CREAT)
    with suppress(OSError):
        while True:
            os.write(filler, b"x" * 4096)
    os.close(filler)

    ended = place.run(place.dag(WORKING), TRADEWIND_HOME=str(small_disk))

    _refused(ended, "full", "hint")
    place.is_quiet()


@pytest.mark.slow
@needs_root
def test_a_disk_that_fills_up_during_a_run_stops_it_and_resume_goes_on(place: Place, small_disk: Path) -> None:
    file = place.dag(
        """
        @task
        def fills():
            note("fills")
            filler = os.open(os.environ["FILLER"], os.O_WRONLY | os.O_CREAT)
            try:
                for _ in range(2000):
                    os.write(filler, b"x" * 4096)
            except OSError:
                note("full")

        @task
        def after():
            note("after")
        fills() >> after()
        """
    )
    filler = small_disk / "filler"

    ended = place.run(file, TRADEWIND_HOME=str(small_disk), FILLER=str(filler))

    assert ended.code == 1, ended.output
    assert "Traceback" not in ended.output
    ended.has("full")
    place.is_quiet()
    filler.unlink()
    resumed = place.tradewind("runs", "resume", "flow", "--plain", TRADEWIND_HOME=str(small_disk), FILLER="/dev/null")
    assert resumed.code == 0, resumed.output
    assert place.trace[-1] == "after"


def test_two_runs_at_once_on_one_home(place: Place) -> None:
    """From an empty home, so that both make the database; of one DAG, so that both save its version."""
    file = place.dag(WORKING)

    processes = [place.start("run", "--plain", file, "--run-id", f"run{number}") for number in range(3)]
    ends = [place.end_of(process) for process in processes]

    assert [one.code for one in ends] == [0, 0, 0], ends
    assert sorted(place.trace) == ["a"] * 3 + ["b 100000"] * 3


def test_a_run_id_that_is_taken_is_told(place: Place) -> None:
    file = place.dag(WORKING)
    assert place.run(file, "--run-id", "mine").code == 0

    again = place.run(file, "--run-id", "mine")

    _refused(again, "the id mine", "hint")


def test_a_file_that_changes_while_it_runs_goes_on_with_its_old_code(place: Place) -> None:
    text = """
        import helper_module

        @task
        def first():
            note("first")
            while not os.path.exists(os.environ["GO"]):
                time.sleep(0.01)

        @task
        def second():
            import late_module
            note(f"second VERSION {helper_module.VERSION} {late_module.VERSION}")
        first() >> second()
    """
    place.write("helper_module.py", "VERSION = 'old'")
    place.write("late_module.py", "VERSION = 'old'")
    file = place.dag(text.replace("VERSION ", "old ", 1))
    go = place.folder / "go"
    process = place.start("run", "--plain", file, GO=str(go))
    place.wait_for_note("first")

    place.dag(text.replace("VERSION ", "new ", 1))
    place.write("helper_module.py", "VERSION = 'new'")
    place.write("late_module.py", "VERSION = 'new'")
    go.touch()

    assert place.end_of(process).code == 0
    assert place.trace == ["first", "second old old old"]
    assert place.run(file, GO=str(go)).code == 0
    assert place.trace[2:] == ["first", "second new new new"]


def _refused(ended: Ended, *said: str) -> None:
    assert ended.code == 1, ended.output
    ended.has("Error: ", *said)
    assert "Traceback" not in ended.output
