"""Dynamic mapping as Airflow does it: each recorded case is compiled, driven by the engine and run by the runner, and has
to give the recorded states, what each instance got, and the values handed on.

The cases are recorded from Airflow 2.11 and 3.3. Where the two differ, 3.3 counts; `DIFFERENCES` are ours.
"""

from __future__ import annotations

import json
from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tradewind.artifacts import ArtifactStore, decode
from tradewind.authoring import ports
from tradewind.authoring.compile import compile_dag
from tradewind.authoring.context import get_current_context
from tradewind.authoring.dag import DAG
from tradewind.authoring.exceptions import AirflowSkipException
from tradewind.authoring.group_decorator import task_group
from tradewind.authoring.reading import Lazy
from tradewind.authoring.taskflow import task
from tradewind.engine import events
from tradewind.engine.commands import StartTry
from tradewind.engine.run import Run
from tradewind.engine.step import step
from tradewind.model.ids import RunKey, map_index
from tradewind.model.states import TaskState
from tradewind.operators.python import PythonOperator
from tradewind.runner.in_process import MemorySupervisor, execute_in_process, loaded_from
from tradewind.scheduler.translate import LiveTry, reported

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DATA = Path(__file__).parent.parent / "data" / "oracle"
CASES = {
    (case["id"], version): case
    for version in ("2.11", "3.3")
    for case in json.loads((DATA / f"mapping-{version}.json").read_text())["cases"]
}
NEWEST = {case_id: CASES.get((case_id, "3.3"), CASES.get((case_id, "2.11"))) for case_id, _ in CASES}

DIFFERENCES = {
    "c63": "mapping over one entry of multiple_outputs works here; Airflow refuses it while the DAG is written",
}
"""See docs/differences.md."""


@pytest.mark.parametrize("case_id", sorted(set(NEWEST) - set(DIFFERENCES)))
def test_recorded_case(case_id: str, tmp_path: Path) -> None:
    case = NEWEST[case_id]

    play = Play(case["source"], case_id, tmp_path)
    play.to_its_end()

    assert play.states() == {(t["task"], t["map_index"]): t["state"] for t in case["task_instances"]}
    assert play.run.state.value == case["run_state"]
    assert sorted(play.got, key=repr) == sorted(
        ((t["task"], t["map_index"], t["got"]) for t in case["inputs"]), key=repr
    )
    assert play.values() == {(x["task"], x["map_index"], x["key"]): as_text(x["value"]) for x in case["xcom"]}


def test_mapping_over_one_entry_of_multiple_outputs_works_here(tmp_path: Path) -> None:
    play = Play(NEWEST["c63"]["source"], "c63", tmp_path)
    play.to_its_end()
    assert sorted(play.got, key=repr) == [("f2", 0, [1, 3]), ("f2", 1, [2, 3])]


# ------------------------------------------------------------------------------------ driving a DAG to its end


class Play:
    """One run of one case: the engine decides, the runner runs, values stay in memory."""

    def __init__(self, source: str, name: str, folder: Path) -> None:
        self.got: list[tuple[str, int, Any]] = []
        names = self._names()
        exec(source, names)  # the recorded DAG
        with DAG(name, schedule=None) as self.dag:
            names[name]()
        self.spec = compile_dag(self.dag)
        self.run = Run.new(RunKey(name, "run"), self.spec)
        self.supervisor = MemorySupervisor()
        self._loaded = loaded_from(self.dag, self.spec)
        self._folder = str(folder)

    def to_its_end(self) -> None:
        waiting: deque[Any] = deque(step(self.run, events.RunStarted(), NOW).commands)
        serial = 0
        try:
            while waiting:
                command = waiting.popleft()
                if isinstance(command, StartTry):
                    serial += 1
                    waiting.extend(self._try(command, f"try-{serial}"))
        finally:
            ports.install(None)

    def _try(self, start: StartTry, try_id: str) -> list[Any]:
        commands = [*step(self.run, events.TaskQueued(start.task_id, start.map_path, try_id), NOW).commands]
        report = execute_in_process(
            self.dag,
            start.task_id,
            start.map_path,
            run_id="run",
            logical_date=NOW,
            purpose=start.purpose,
            expansion_lengths=self.run.expansion_lengths(start.task_id, start.map_path),
            supervisor=self.supervisor,
            loaded=self._loaded,
            artifact_url=self._folder,
        )
        message = self.supervisor.last_message
        assert message is not None
        live = LiveTry(try_id, message.task, 1, start.purpose, "default_pool", 1)
        _, event = reported(live, msgspec.structs.replace(report, try_id=try_id))
        return commands + step(self.run, event, NOW).commands

    # ---- what came of it

    def states(self) -> dict[tuple[str, int], str]:
        return {
            (instance.plan.task_id, map_index(instance.path)): instance.state.value
            for instance in self.run.all_instances()
            if instance.state is not TaskState.REMOVED
        }

    def values(self) -> dict[tuple[str, int, str], str]:
        store = ArtifactStore(self._folder)
        return {
            (x.task_id, map_index(x.map_path), x.key): as_text(plain(decode(x.value, store)))
            for x in self.supervisor.xcoms.values()
        }

    # ---- what the recorded sources use

    def _names(self) -> dict[str, Any]:
        def rec(value: Any) -> None:
            ti = get_current_context()["ti"]
            self.got.append((ti.task_id, ti.map_index, plain(value)))

        return {**helpers(rec), "rec": rec}


def plain(value: Any) -> Any:
    """As JSON has it."""
    if isinstance(value, (list, tuple, Lazy)):
        return [plain(item) for item in value]
    return value


def helpers(rec: Any) -> dict[str, Any]:
    """The small tasks that the recorded cases are made of."""

    @task
    def f1(x):
        rec(x)
        return x

    @task
    def f2(x, y):
        rec([x, y])
        return [x, y]

    @task
    def lst(n):
        return list(range(n))

    @task
    def give(v):
        return v

    @task
    def dbl(x):
        rec(x)
        return x * 2

    @task
    def total(xs):
        rec(xs)
        return sum(xs)

    def collect(xs):
        rec(xs)
        return plain(xs)

    @task
    def skip_odd(x):
        rec(x)
        if x % 2:
            raise AirflowSkipException
        return x

    @task
    def fail_on(x, bad):
        rec([x, bad])
        if x == bad:
            raise ValueError(x)
        return x * 10

    @task(trigger_rule="none_failed")
    def after():
        rec("ran")
        return 1

    @task
    def show(**arguments):
        rec({name: arguments[name] for name in ("x", "y")})
        return arguments["x"]

    return {
        **{one.function.__name__: one for one in (f1, f2, lst, give, dbl, total, skip_odd, fail_on, after, show)},
        "collect": task(collect),
        "collect_nf": task(task_id="collect_nf", trigger_rule="none_failed")(collect),
        "collect_done": task(task_id="collect_done", trigger_rule="all_done")(collect),
        "task": task,
        "task_group": task_group,
        "plain": plain,
        "PythonOperator": PythonOperator,
        "AirflowSkipException": AirflowSkipException,
    }


def as_text(value: Any) -> str:
    """What the recorders kept of a value: 2.11 wrote tuples as `(a,1)`, 3.3 in Airflow's own serialised form, and both
    took "6" and 6 for the same."""
    if isinstance(value, dict):
        if "__classname__" in value:
            return as_text(value["__data__"])
        return "{" + ",".join(f"{key}:{as_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(as_text, value)) + "]"
    text = str(value)
    return f"[{text[1:-1]}]" if text.startswith("(") else text
