"""Tasks that misbehave, all in one run: each ends by itself, with its story, and disturbs no other."""

from __future__ import annotations

import pytest
from tests.end_to_end.conftest import Ended, Place

TASKS = """
    @task
    def raises():
        raise ValueError("no such thing")

    @task
    def exits():
        sys.exit(1)

    @task
    def exits_well():
        sys.exit(0)

    @task
    def leaves_at_once():
        os._exit(3)

    @task
    def kills_itself():
        note("killed")
        os.kill(os.getpid(), 9)

    @task
    def faults():
        import ctypes
        ctypes.string_at(0)

    @task(execution_timeout=timedelta(seconds=0.3))
    def hangs():
        while True:
            time.sleep(60)

    @task(execution_timeout=timedelta(seconds=0.3))
    def hangs_deaf():
        import signal
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        while True:
            time.sleep(60)

    @task
    def leaves_children():
        import subprocess
        subprocess.Popen(["sleep", "600"])
        subprocess.Popen(["sleep", "600"], start_new_session=True)
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                time.sleep(600)
            os._exit(0)

    @task
    def prints_bytes():
        print("before")
        sys.stdout.flush()
        os.write(1, b"\\xff\\xfe no text \\xc3\\n")
        sys.stdout.buffer.write(b"\\x80 buffered\\n")
        print("a lone surrogate \\udc80")
        print("after")

    @task
    def returns_a_lock():
        import threading
        return threading.Lock()

    @task
    def returns_nan():
        return float("nan")

    @task
    def returns_a_generator():
        return (number for number in range(3))

    @task
    def returns_a_lot():
        return list(range(1_000_000))

    @task
    def reads(nan, lot):
        import math
        note(f"{math.isnan(nan)} {len(lot)} {lot[-1]}")

    @task
    def misses_a_variable():
        from tradewind import Variable
        Variable.get("nobody_has_set_it")

    @task
    def misses_a_connection():
        from tradewind import BaseHook
        BaseHook.get_connection("nobody_has_made_it")

    @task
    def misses_a_value(ti=None):
        note(f"missing: {ti.xcom_pull(task_ids='raises')}")

    @task
    def misses_a_key(value):
        note("must not run")

    @task
    def hands_on_a_dict():
        return {"there": 1}

    @task
    def imports_what_is_not_there():
        import nothing_of_that_name

    @task
    def recurses():
        def deeper():
            deeper()
        deeper()

    @task.bash
    def bash_fails():
        return "echo in bash; exit 7"

    @task
    def goes_on():
        note("went on")

    raises(), exits(), exits_well(), leaves_at_once(), kills_itself(), faults(), hangs(), hangs_deaf()
    leaves_children(), prints_bytes(), returns_a_lock(), returns_a_generator()
    reads(returns_nan(), returns_a_lot())
    misses_a_variable(), misses_a_connection(), misses_a_value(), misses_a_key(hands_on_a_dict()["absent"])
    imports_what_is_not_there(), recurses(), bash_fails()
    BashOperator(task_id="template", bash_command="echo {{ params.undefined_one.deeper }}")
    BashOperator(task_id="template_syntax", bash_command="echo {% if %}")
    goes_on()
"""


@pytest.fixture(scope="module")
def ended(shared_place: Place) -> Ended:
    file = shared_place.dag(TASKS, head="from airflow.operators.bash import BashOperator")
    return shared_place.run(file, "--parallelism", "4", TRADEWIND_MAX_LOST_TRIES="2")


STORIES = {
    "raises": ["ValueError", "no such thing", 'raise ValueError("no such thing")'],
    "exits": ["SystemExit", "1"],
    "leaves_at_once": ["exit code 3"],
    "kills_itself": ["SIGKILL"],
    "faults": ["SIGSEGV", "flow.py"],
    "hangs": ["AirflowTaskTimeout"],
    "hangs_deaf": ["execution_timeout", "0.3 s"],
    "returns_a_lock": ["lock", "return value"],
    "returns_a_generator": ["generator"],
    "misses_a_variable": ["nobody_has_set_it"],
    "misses_a_connection": ["nobody_has_made_it"],
    "misses_a_key": ["absent", "hands_on_a_dict"],
    "imports_what_is_not_there": ["ModuleNotFoundError", "nothing_of_that_name"],
    "recurses": ["RecursionError"],
    "bash_fails": ["exit", "7"],
    "template": ["bash_command", "template", "undefined_one"],
    "template_syntax": ["bash_command", "template_syntax"],
}
WELL = (
    "exits_well",
    "leaves_children",
    "prints_bytes",
    "returns_nan",
    "returns_a_lot",
    "reads",
    "misses_a_value",
    "hands_on_a_dict",
    "goes_on",
)


def test_each_ends_as_it_should(shared_place: Place, ended: Ended) -> None:
    wanted = {**dict.fromkeys(STORIES, "failed"), **dict.fromkeys(WELL, "success")}

    assert ended.code == 1
    assert shared_place.states() == wanted


@pytest.mark.parametrize("task_id", STORIES)
def test_a_failure_tells_its_story(shared_place: Place, ended: Ended, task_id: str) -> None:
    last = shared_place.tries(task_id)[-1]

    told = f"{last.why}\n{last.error_type}: {last.error}\n{last.traceback}"

    missing = [text for text in STORIES[task_id] if text not in told]
    assert not missing, told


def test_the_story_of_a_fault_has_no_frames_of_ours(shared_place: Place, ended: Ended) -> None:
    told = shared_place.tries("faults")[-1].traceback

    assert "Fatal Python error: Segmentation fault" in told
    assert "runner" not in told


def test_a_lost_try_is_tried_again_a_bounded_number_of_times(shared_place: Place, ended: Ended) -> None:
    tries = shared_place.tries("kills_itself")

    assert shared_place.trace.count("killed") == len(tries) == 3
    assert {one.state.value for one in tries} == {"lost"}
    assert {one.signal for one in tries} == {9}


def test_a_task_that_ends_its_process_is_lost_with_its_exit_code(shared_place: Place, ended: Ended) -> None:
    assert {one.exit_code for one in shared_place.tries("leaves_at_once")} == {3}


def test_a_hang_is_ended_once_and_for_all(shared_place: Place, ended: Ended) -> None:
    assert len(shared_place.tries("hangs")) == 1
    assert len(shared_place.tries("hangs_deaf")) == 1, "a task that is out of time is not repeated as if it were lost"


def test_nothing_outlives_the_run(shared_place: Place, ended: Ended) -> None:
    shared_place.is_quiet()


def test_bytes_that_are_no_text_reach_the_log_as_text(shared_place: Place, ended: Ended) -> None:
    log = shared_place.log("prints_bytes")

    for text in ("before", "no text", "buffered", "a lone surrogate", "after"):
        assert text in log


def test_values_travel_though_they_are_odd(shared_place: Place, ended: Ended) -> None:
    assert "True 1000000 999999" in shared_place.trace
    assert "missing: None" in shared_place.trace


def test_the_summary_names_what_failed(shared_place: Place, ended: Ended) -> None:
    ended.has("raises failed", "no such thing", "tradewind runs resume flow")
