"""Functions in environments that uv makes, in interpreters that wait for the next task."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from tradewind.authoring.exceptions import AirflowException
from tradewind.hooks.subprocess import SubprocessHook
from tradewind.operators import uv_environments
from tradewind.operators.uv import UvOperator, imports_of
from tradewind.operators.uv_environments import UvEnvironment, prepared
from tradewind.operators.warm_hook import WarmHook
from tradewind.testing import run_dag

DAG_FILE = """
from airflow.sdk import DAG, task

def whoami(before=None, how=""):
    import os, sys
    if how == "exit":
        sys.exit(7)
    if how == "raise":
        raise ValueError("not like this")
    print("looking around")
    try:
        import pandas
        sees_ours = True
    except ImportError:
        sees_ours = False
    import datetime
    import email.message
    return {
        "parent": os.getppid(), "prefix": sys.prefix, "sees_ours": sees_ours, "before": before,
        "files": [datetime.__file__, email.__file__],
    }

with DAG("envs"):
    first = task.uv(whoami, task_id="first")()
    second = task.uv(whoami, task_id="second")(before=first)
    task.uv(whoami, task_id="cold", warm=False)(before=second)
    task.uv(whoami, task_id="exits")(how="exit")
    task.uv(whoami, task_id="raises")(how="raise")
"""


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    file = tmp_path_factory.mktemp("uv") / "envs.py"
    file.write_text(DAG_FILE)
    return run_dag(file)


def test_tasks_of_one_environment_share_an_interpreter_that_waits(done):
    assert done.states == {
        "first": "success", "second": "success", "cold": "success", "exits": "failed", "raises": "failed",
    }  # fmt: skip
    first, second, cold = (done.value(name) for name in ("first", "second", "cold"))
    assert first["parent"] == second["parent"] != cold["parent"]
    assert first["prefix"] == second["prefix"] == cold["prefix"]
    assert not first["sees_ours"], "an environment has its requirements alone"
    assert not any("tradewind" in file for file in first["files"]), "modules of our folder have names of the library's"
    assert second["before"] == first
    assert "looking around" in done.logs["first", ()]


def test_the_interpreter_ends_with_the_run(done):
    deadline = time.monotonic() + 60
    while Path(f"/proc/{done.value('first')['parent']}").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not Path(f"/proc/{done.value('first')['parent']}").exists()


def test_failures_are_told_as_of_any_interpreter(done):
    assert "ValueError: not like this" in done.errors["raises", ()]
    assert "it exited with code 7" in done.errors["exits", ()]


@pytest.fixture
def interpreter(tmp_path):
    return prepared(UvEnvironment(()), SubprocessHook(), cache=tmp_path)


def test_the_same_wish_is_made_once(tmp_path, interpreter):
    complete = Path(interpreter.python).parent.parent / ".complete"
    made_at = complete.stat().st_mtime_ns
    assert prepared(UvEnvironment(()), SubprocessHook(), cache=tmp_path) == interpreter
    assert complete.stat().st_mtime_ns == made_at
    complete.unlink()  # as a process leaves it that was killed in the middle
    assert prepared(UvEnvironment(()), SubprocessHook(), cache=tmp_path) == interpreter
    assert complete.exists()


def test_what_cannot_be_installed_is_told_with_uvs_words(tmp_path):
    with pytest.raises(AirflowException, match="no-such-package-anywhere"):
        prepared(UvEnvironment(("no-such-package-anywhere",), index_urls=()), SubprocessHook(), cache=tmp_path)


def test_a_script_that_is_stopped_leaves_nothing(interpreter, tmp_path):
    hook, started = WarmHook(interpreter.key, []), tmp_path / "started"
    script = tmp_path / "script.py"
    script.write_text(f"import os, time\nopen({str(started)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)\n")
    codes: list[int] = []
    runs = threading.Thread(
        target=lambda: codes.append(hook.run_command([interpreter.python, str(script)], dict(os.environ)).exit_code)
    )
    runs.start()
    while not (started.exists() and started.read_text()):
        time.sleep(0.01)
    hook.send_sigterm()
    runs.join(60)
    assert codes == [-signal.SIGTERM]


def test_imports_that_start_threads_are_not_waited_with(interpreter, tmp_path):
    """A fork would leave their locks held: such scripts get an interpreter of their own."""
    site = Path(interpreter.python).parent.parent / "lib"
    folder = next(site.glob("python*/site-packages"))
    (folder / "restless.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n"
    )
    (tmp_path / "script.py").write_text("print('alone')\n")
    lines: list[str] = []
    hook = WarmHook(interpreter.key, ["restless"])
    found = hook.run_command([interpreter.python, str(tmp_path / "script.py")], dict(os.environ), on_line=lines.append)
    assert (found.exit_code, lines) == (0, ["alone"])


def test_requirements_and_a_lock_exclude_each_other():
    with pytest.raises(AirflowException, match="not both"):
        UvOperator(task_id="t", python_callable=imports_of, requirements=["six"], lock="a.lock")


def test_without_uv_the_error_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(uv_environments.sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AirflowException) as failed:
        uv_environments.uv()
    assert "tradewind[uv]" in failed.value.hint


def test_imports_are_found_wherever_they_are():
    source = "def f():\n    import a.b, c\n    if c:\n        from d.e import f\n    from . import g\n"
    assert imports_of(source) == ["a.b", "c", "d.e"]
