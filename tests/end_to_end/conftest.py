"""A place to use the real `tradewind` command in: a home, a DAG folder, a trace that tasks write, and no survivors."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import textwrap
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tradewind.model.ids import MapPath, RunKey
from tradewind.model.messages import GetXComs
from tradewind.model.records import RunRecord, TaskRecord, TryRecord
from tradewind.store import open_store
from tradewind.store.base import Store

COMMAND = Path(sys.executable).parent / "tradewind"
PATIENCE_SECONDS = 60.0
"""No test waits this long: it is when a test gives up."""
HEAD = """
import os, sys, time
from datetime import datetime, timedelta
from tradewind import DAG, task
def note(text):
    with open(os.environ["TRACE"], "a") as trace:
        trace.write(f"{text}\\n")
"""
"""Put before DAG files that a test gives as text."""


@dataclass(frozen=True)
class Ended:
    """A command that has ended. `output` is stdout and stderr as they came."""

    code: int
    output: str

    def has(self, *texts: str) -> None:
        missing = [text for text in texts if text not in self.output]
        assert not missing, f"{missing} not in:\n{self.output}"


class Place:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.dags = folder / "dags"
        self.dags.mkdir()
        self.trace_file = folder / "trace"
        self.mark = uuid.uuid4().hex
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("TRADEWIND", "AIRFLOW"))},
            "TRADEWIND_HOME": str(self.home),
            "TRADEWIND_KILL_GRACE_SECONDS": "1",
            "TRACE": str(self.trace_file),
            "END_TO_END_MARK": self.mark,
        }
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)

    # ------------------------------------------------------------------------------- files

    def write(self, name: str, text: str) -> Path:
        """A file of the DAG folder, as it is given."""
        path = self.dags / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))
        return path

    def dag(self, body: str, *, name: str = "flow", arguments: str = "", head: str = "") -> Path:
        """A DAG file `<name>.py` whose DAG has this body."""
        inside = textwrap.indent(textwrap.dedent(body), "    ")
        start = f"with DAG({name!r}, schedule=None, {arguments}):\n"
        return self.write(f"{name}.py", HEAD + textwrap.dedent(head) + "\n" + start + inside)

    @property
    def trace(self) -> list[str]:
        """What tasks have noted, oldest first."""
        return self.trace_file.read_text().splitlines() if self.trace_file.exists() else []

    # ------------------------------------------------------------------------------- commands

    def tradewind(self, *arguments: str | Path, **environment: str) -> Ended:
        process = self.start(*arguments, **environment)
        return self.end_of(process)

    def run(self, target: str | Path, *arguments: str, **environment: str) -> Ended:
        """`tradewind run --plain`, from start to end."""
        return self.tradewind("run", "--plain", target, *arguments, **environment)

    def start(self, *arguments: str | Path, new_group: bool = False, **environment: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [COMMAND, *map(str, arguments)],
            cwd=self.folder,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=new_group,
        )

    def interrupt_group(self, process: subprocess.Popen[bytes]) -> None:
        """What Ctrl-C on a terminal does to a process started in a group of its own."""
        os.killpg(process.pid, signal.SIGINT)

    def end_of(self, process: subprocess.Popen[bytes]) -> Ended:
        output, _ = process.communicate(timeout=PATIENCE_SECONDS)
        return Ended(process.returncode, output.decode("utf-8", "replace"))

    def wait_for(self, is_so: Callable[[], bool]) -> None:
        """A moment that another process comes to."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert time.monotonic() < deadline, f"it did not come to that; the trace: {self.trace}"
            time.sleep(0.01)

    def wait_for_note(self, *texts: str) -> None:
        self.wait_for(lambda: set(texts) <= set(self.trace))

    # ------------------------------------------------------------------------------- what is left

    @contextmanager
    def store(self) -> Iterator[Store]:
        store = open_store(f"sqlite:///{self.home / 'tradewind.db'}", home=self.home)
        try:
            yield store
        finally:
            store.close()

    def newest_run(self, dag_id: str = "flow") -> RunRecord:
        with self.store() as store:
            return store.runs(dag_id=dag_id, limit=1)[0]

    def states(self, dag_id: str = "flow") -> dict[str, str]:
        """Task (with its map path, as in `t[0]`) → state, of the DAG's newest run."""
        return {_name(task.task_id, task.map_path): task.state.value for task in self.tasks(dag_id)}

    def tasks(self, dag_id: str = "flow") -> list[TaskRecord]:
        with self.store() as store:
            return store.tasks(RunKey(dag_id, store.runs(dag_id=dag_id, limit=1)[0].run_id))

    def tries(self, task_id: str, dag_id: str = "flow") -> list[TryRecord]:
        with self.store() as store:
            return store.tries(RunKey(dag_id, store.runs(dag_id=dag_id, limit=1)[0].run_id), task_id)

    def log(self, task_id: str, dag_id: str = "flow") -> str:
        """Of all tries of a task, one after the other."""
        paths = [self.home / "logs" / one.log_path for one in self.tries(task_id, dag_id)]
        return "".join(path.read_text(errors="strict") for path in paths if path.exists())

    def has_value(self, task_id: str, key: str = "return_value", dag_id: str = "flow") -> bool:
        with self.store() as store:
            own = RunKey(dag_id, store.runs(dag_id=dag_id, limit=1)[0].run_id)
            return bool(store.xcoms(GetXComs("", (task_id,), key), own))

    def processes(self) -> dict[int, str]:
        """Living processes that descend from a command of ours, however far they have gone: pid → command line."""
        found: dict[int, str] = {}
        for pid in filter(str.isdigit, os.listdir("/proc")):
            with suppress(OSError):
                if self.mark.encode() in Path(f"/proc/{pid}/environ").read_bytes():
                    line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    found[int(pid)] = line
        return found

    def is_quiet(self) -> None:
        """Nothing of ours is left running; what is just ending may do so."""
        deadline = time.monotonic() + 60
        while (left := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not left

    def end_everything(self) -> None:
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _name(task_id: str, path: MapPath) -> str:
    return f"{task_id}[{'.'.join(map(str, path))}]" if path else task_id


def without_colours(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.end_everything()


@pytest.fixture(scope="module")
def shared_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """One place for a module whose tests look at the same run."""
    made = Place(tmp_path_factory.mktemp("place"))
    yield made
    made.end_everything()
