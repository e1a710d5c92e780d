"""A restart parses only what has changed: real dag-processors, one after the other, and DAG files that note each parse."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.dag_processor.conftest import PATIENCE_SECONDS, dag_file
from tradewind.dag_processor.kept import KEPT_FOR, made_of, unchanged
from tradewind.model.parsing import FileParsed
from tradewind.model.spec import DagSpec, ScheduleSpec
from tradewind.model.warm import FileLoaded, ImportProblem, Snapshot
from tradewind.store.facets.parsing import KeptFile

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
NOTED = """
import os
with open(os.environ["PARSES"], "a") as parses:
    parses.write(f"{__file__.rsplit('/', 1)[-1]}\\n")
"""


class Restarts:
    def __init__(self, processor, dags: Path, until, store, parses: Path) -> None:
        self._processor, self._dags, self._until, self._store = processor, dags, until, store
        self._parses = parses
        self._started = 0

    def write(self, name: str, top: str = "", **more: str) -> None:
        file = self._dags / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(dag_file(Path(name).stem, top=NOTED + top, **more))
        settle(file)

    def parsed_by_next(self, **environment: str) -> list[str]:
        """Which files a dag-processor parses that starts now, until it has nothing more to do, and ends."""
        self._parses.write_text("")
        self._started += 1
        process = self._processor(PARSES=str(self._parses), **environment)
        last = self._dags / f"last{self._started}.py"
        last.write_text(dag_file(last.stem, top=NOTED))
        self._until(lambda: self._store.dag(last.stem))
        last.unlink()
        self._until(lambda: self._store.dag(last.stem).retired_at)
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)
        return sorted(name for name in set(self._parses.read_text().split()) if not name.startswith("last"))


def settle(path: Path) -> None:
    """As if it had been written a while ago."""
    os.utime(path, (1_700_000_000, 1_700_000_000))


@pytest.fixture
def restarts(processor, dags, until, store, tmp_path) -> Restarts:
    return Restarts(processor, dags, until, store, tmp_path / "parses")


def test_what_has_not_changed_is_not_parsed_again(restarts: Restarts, dags: Path, store, tmp_path: Path) -> None:
    restarts.write("plain.py")
    restarts.write("imports.py", "import helper")
    restarts.write("reads.py", 'open(os.path.join(os.path.dirname(__file__), "list.csv")).read()')
    restarts.write(
        "variable.py", 'mood = os.environ.get("MOOD")\nos.environ["OWN"] = str(os.getpid())\nos.getenv("OWN")'
    )
    (dags / "helper.py").write_text("size = 1\n")
    (dags / "list.csv").write_text("a,b\n")
    settle(dags / "list.csv")
    everything = ["imports.py", "plain.py", "reads.py", "variable.py"]
    assert restarts.parsed_by_next() == everything
    before = {dag.dag_id: dag.hash for dag in store.dags()}

    assert restarts.parsed_by_next() == []
    assert {dag.dag_id: dag.hash for dag in store.dags()} == before

    (dags / "helper.py").write_text("size = 2\n")
    assert restarts.parsed_by_next() == ["imports.py"]
    (dags / "list.csv").write_text("a,b,c\n")
    settle(dags / "list.csv")
    assert restarts.parsed_by_next() == ["reads.py"]
    assert restarts.parsed_by_next(MOOD="fine") == ["variable.py"]
    assert restarts.parsed_by_next(MOOD="fine", TRADEWIND_DEFAULT_TIMEZONE="Asia/Tokyo") == everything
    (dags / "plain.py").unlink()
    assert restarts.parsed_by_next(MOOD="fine", TRADEWIND_DEFAULT_TIMEZONE="Asia/Tokyo") == []
    assert store.dag("plain").retired_at is not None


def test_a_file_that_was_kept_is_watched_as_before(restarts: Restarts, dags: Path, processor, until, store) -> None:
    """Its helper changes while the second process, which has not parsed it, runs."""
    restarts.write("imports.py", "import helper")
    (dags / "helper.py").write_text("size = 1\n")
    restarts.parsed_by_next()
    parses = dags.parent.parent / "parses"
    parses.write_text("")
    processor(PARSES=str(parses))
    restarts.write("later.py")
    until(lambda: store.dag("later"))
    assert parses.read_text().split() == ["later.py"]

    (dags / "helper.py").write_text("size = 2\n")

    until(lambda: "imports.py" in parses.read_text())


@pytest.mark.parametrize(
    "top",
    [
        'open("/etc/hostname").read()',
        'from airflow.models import Variable\nVariable.get("v", default_var=1)',
        'import subprocess\nsubprocess.run(["true"])',
        'import socket\nsocket.socket(socket.AF_UNIX).connect_ex("/nowhere")',
        "import elsewhere",
        "from missing import thing",
    ],
    ids=["a file elsewhere", "a variable", "a program", "the network", "a module that is not installed", "broken"],
)
def test_what_asks_the_world_is_parsed_at_each_start(restarts: Restarts, tmp_path: Path, top: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "elsewhere.py").write_text("")
    (elsewhere / "__pycache__").mkdir()  # else the first import makes it, and the folder has changed
    restarts.write("asks.py", top)
    restarts.write("plain.py")

    found = [restarts.parsed_by_next(PYTHONPATH=str(elsewhere)) for _ in range(2)]

    assert found == [["asks.py", "plain.py"], ["asks.py"]]


def test_a_dag_that_two_files_define_is_looked_at_each_time(restarts: Restarts, dags: Path, store) -> None:
    """One has it (whose parse ended first) and the other is refused it; when the one goes while nobody looks, the
    other has it."""
    for name in ("one.py", "two.py"):
        (dags / name).write_text(dag_file("same", top=NOTED))
    first = restarts.parsed_by_next()
    owner = store.dag("same").file
    (dags / owner).unlink()

    assert first == ["one.py", "two.py"]
    assert restarts.parsed_by_next() == [name for name in first if name != owner]
    assert store.dag("same").file != owner


# ---------------------------------------------------------------------------------------------- the rule

SNAPSHOT = Snapshot("s", "/root", {"a.py": "hash a", "b.py": "hash b"})
FINE = FileParsed(FileLoaded((DagSpec("d"),), ()), uses=("b.py",), environment={"X": "1"}, why_not_kept="")


def kept(content: bytes | None) -> list[KeptFile]:
    assert content is not None
    return [KeptFile("a.py", NOW, content, ("d",))]


@pytest.mark.parametrize(
    ("snapshot", "surroundings", "later", "value", "is_kept"),
    [
        (SNAPSHOT, "here", timedelta(hours=1), "1", True),
        (Snapshot("s", "/root", {"a.py": "hash a", "b.py": "other"}), "here", timedelta(), "1", False),
        (Snapshot("s", "/root", {"a.py": "other", "b.py": "hash b"}), "here", timedelta(), "1", False),
        (Snapshot("s", "/root", {"a.py": "hash a"}), "here", timedelta(), "1", False),
        (SNAPSHOT, "another Python", timedelta(), "1", False),
        (SNAPSHOT, "here", KEPT_FOR, "1", False),
        (SNAPSHOT, "here", -timedelta(seconds=1), "1", False),
        (SNAPSHOT, "here", timedelta(), "2", False),
    ],
    ids=["as it was", "import", "itself", "import gone", "surroundings", "a day later", "clock set back", "variable"],
)
def test_a_file_is_kept_while_all_it_was_made_of_is_the_same(
    snapshot: Snapshot, surroundings: str, later: timedelta, value: str, is_kept: bool
) -> None:
    before = kept(made_of("a.py", FINE, SNAPSHOT, "here"))

    found = unchanged(before, snapshot, surroundings, NOW + later, lambda name: value)

    assert (list(found) == ["a.py"]) is is_kept


def test_what_another_version_wrote_is_parsed_again() -> None:
    assert unchanged(kept(b"no such thing"), SNAPSHOT, "here", NOW, lambda name: "") == {}


@pytest.mark.parametrize(
    "parsed",
    [
        FileParsed(FINE.loaded, why_not_kept="it asks the network"),
        FileParsed(FileLoaded((), (ImportProblem("a.py", "boom"),)), why_not_kept=""),
        FileParsed(
            FileLoaded((DagSpec("d", schedule=ScheduleSpec("custom", import_path="a.T")),), ()), why_not_kept=""
        ),
    ],
    ids=["asks", "broken", "a timetable of its own"],
)
def test_what_is_never_kept(parsed: FileParsed) -> None:
    assert made_of("a.py", parsed, SNAPSHOT, "here") is None


def test_a_file_just_written_that_is_no_code_is_not_trusted(tmp_path: Path) -> None:
    """Its time and size may be the same after it was changed again."""
    (tmp_path / "list.csv").write_text("a")
    snapshot = Snapshot("s", str(tmp_path), {"a.py": "hash a"})
    parsed = FileParsed(FINE.loaded, uses=("list.csv",), why_not_kept="")

    young = made_of("a.py", parsed, snapshot, "here")
    settle(tmp_path / "list.csv")
    settled = made_of("a.py", parsed, snapshot, "here")

    assert (young is None, settled is None) == (True, False)
