"""ml.retry_on through real tries: what the next one has, and that it ends."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tradewind import settings
from tradewind.cli.home import opened_store
from tradewind.model.entries import RetryChanged, read_entry
from tradewind.model.ids import RunKey
from tradewind.model.journal import EntryQuery

BINARY = Path(sys.executable).parent / "tradewind"
FLOW = """
    import os, signal
    from airflow.operators.bash import BashOperator
    from tradewind import dag, log_metric, ml, task

    again = ml.retry_on(
        oom=ml.halve("batch_size"), nan=ml.scale("lr", 0.1), lost=ml.halve("workers"), delay=0,
        exceptions={KeyError: False, "builtins.ConnectionError": True},
    )

    @dag(schedule=None, params={"lr": 1.0, "workers": 4, "flaky": 0})
    def retrying():
        @task(aids=[again])
        def train(batch_size, workers=4, params=None):
            print("has", batch_size, workers, params["lr"])
            if workers == 4:
                os.kill(os.getpid(), signal.SIGKILL)
            if batch_size > 16:
                raise RuntimeError("CUDA out of memory. Tried to allocate 20 GiB")
            if params["lr"] > 0.5:
                log_metric("loss", float("nan"), step=3)

        @task(retry_policy=again)
        def given_up(batch_size=8):
            raise KeyError("x")

        @task(retry_policy=ml.retry_on(oom=ml.halve("size"), delay=0))
        def at_its_end(size=2):
            raise MemoryError("no more")

        @task(aids=[ml.retry_on(oom=True, delay=0, times=2)])
        def bounded():
            raise MemoryError("no more")

        @task(aids=[again], retries=1, retry_delay=0)
        def not_named(batch_size=8):
            raise ValueError("x")

        @task(aids=[ml.retry_on(lost=False)])
        def never_again():
            os.kill(os.getpid(), signal.SIGKILL)

        @task(aids=[ml.retry_on(oom=ml.halve("nothing"))])
        def misspelt():
            pass

        @task(aids=[ml.retry_on(oom=ml.halve("x"), delay=0)])
        def mapped(x):
            if x > 5:
                raise MemoryError(x)
            return x

        train(batch_size=64), given_up(), at_its_end(), bounded(), not_named(), never_again(), misspelt()
        mapped.expand(x=[3, 20])
        BashOperator(
            task_id="bash",
            bash_command="[ {{ params.workers }} = 2 ] || kill -9 $PPID",
            aids=[ml.retry_on(lost=ml.halve("workers"))],
        )

    retrying()
"""


@pytest.fixture(scope="module")
def ran(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[str, dict[str, list[RetryChanged]], dict[str, tuple[str, int]]]:
    """What was printed, the entries of each task, and its state and number of tries."""
    folder = tmp_path_factory.mktemp("retries")
    (folder / "flow.py").write_text(textwrap.dedent(FLOW))
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("TRADEWIND_", "AIRFLOW"))}
    done = subprocess.run(
        [BINARY, "run", "flow.py", "--plain"], env={**kept, "TRADEWIND_HOME": str(folder / "home")}, cwd=folder,
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    with opened_store(settings.load({}, overrides={"home": str(folder / "home")}, cwd=folder)) as store:
        [run] = store.runs()
        entries: dict[str, list[RetryChanged]] = {}
        for one in reversed(store.entries(EntryQuery("RetryChanged"))):
            entries.setdefault(one.name, []).append(read_entry(one.body, RetryChanged))
        key = RunKey(run.dag_id, run.run_id)
        states = {
            one.task_id + str(list(one.map_path) or ""): (
                str(one.state), len(store.tries(key, one.task_id, one.map_path)),
            )
            for one in store.tasks(key)
        }  # fmt: skip
    return done.stdout, entries, states


def test_each_failure_changes_what_it_is_answered_with(ran: tuple[str, dict[str, list[RetryChanged]], object]) -> None:
    out, entries, _ = ran
    assert [(one.failure, dict(one.changes)) for one in entries["train"]] == [
        ("lost", {"workers": (4, 2)}),
        ("oom", {"batch_size": (64, 32)}),
        ("oom", {"batch_size": (32, 16)}),
        ("nan", {"lr": (1.0, 0.1)}),
    ]
    assert [line.split("has ")[1] for line in out.splitlines() if "| has " in line] == [
        "64 4 1.0", "64 2 1.0", "32 2 1.0", "16 2 1.0", "16 2 0.1",
    ]  # fmt: skip
    assert "retry_on: it ran out of memory; the next try has batch_size 64 → 32" in out


@pytest.mark.parametrize(
    ("task", "state", "tries"),
    [
        ("train", "success", 5),
        ("given_up", "failed", 1),
        ("at_its_end", "failed", 2),
        ("bounded", "failed", 3),
        ("not_named", "failed", 2),
        ("never_again", "failed", 2),
        ("misspelt", "failed", 1),
        ("mapped[0]", "success", 1),
        ("mapped[1]", "success", 3),
        ("bash", "success", 2),
    ],
)
def test_it_ends(ran: tuple[str, object, dict[str, tuple[str, int]]], task: str, state: str, tries: int) -> None:
    assert ran[2][task] == (state, tries)


def test_each_instance_of_a_mapped_task_has_its_own_changes(
    ran: tuple[str, dict[str, list[RetryChanged]], object],
) -> None:
    assert [dict(one.changes) for one in ran[1]["mapped[1]"]] == [{"x": (20, 10)}, {"x": (10, 5)}]
    assert "mapped[0]" not in ran[1]


def test_a_wrong_name_is_told_at_the_first_try(ran: tuple[str, object, object]) -> None:
    assert "task 'misspelt' has no argument and no param 'nothing' that a retry could change" in ran[0]
