"""What the compiler and the import refuse, as `tradewind run` says it: where, what, and what to do; and no run is made."""

from __future__ import annotations

import pytest
from tests.end_to_end.conftest import Ended, Place

START = "from datetime import datetime\nfrom tradewind import DAG, task\nfrom airflow.operators.empty import EmptyOperator\n"
REFUSED = {
    "cycle": (
        "with DAG('d'):\n    a, b = EmptyOperator(task_id='a'), EmptyOperator(task_id='b')\n    a >> b >> a\n",
        ["f.py:5", "Cycle", "a >> b >> a", "hint"],
    ),
    "task id twice": (
        "with DAG('d'):\n    EmptyOperator(task_id='same')\n    EmptyOperator(task_id='same')\n",
        ["f.py:6", "'same'", "hint"],
    ),
    "unknown argument": (
        "with DAG('d'):\n    EmptyOperator(task_id='a', retires=3)\n",
        ["f.py:5", "'retires'", "hint", "'retries'"],
    ),
    "unknown argument of the DAG": ("dag = DAG('d', shedule=None)\n", ["f.py:4", "'shedule'", "'schedule'"]),
    "wrong type": ("with DAG('d'):\n    EmptyOperator(task_id='a', retries='many')\n", ["f.py:5", "retries", "'many'"]),
    "bad id": ("with DAG('d'):\n    EmptyOperator(task_id='not an id')\n", ["f.py:5", "'not an id'", "hint"]),
    "cron": (
        "dag = DAG('d', schedule='61 * * * *', start_date=datetime(2025, 1, 1))\n",
        ["f.py:4", "61 * * * *", "hint"],
    ),
    "trigger rule": (
        "with DAG('d'):\n    EmptyOperator(task_id='a', trigger_rule='all_succes')\n",
        ["f.py:5", "all_succes", "all_success"],
    ),
    "mapped over a number": (
        "with DAG('d'):\n    @task\n    def f(x): ...\n    f.expand(x=3)\n",
        ["f.py:7", "expand"],
    ),
    "missing module": ("import pandsa\n", ["f.py:4", "pandsa", "hint", "traceback".title()]),
    "syntax": ("with DAG('d')\n    pass\n", ["f.py:4", "SyntaxError"]),
    "raises": ("def f():\n    return 1 / 0\nf()\n", ["f.py:5", "ZeroDivisionError"]),
    "exits": ("raise SystemExit(3)\n", ["f.py", "hint"]),
    "exit()": ("exit()\n", ["f.py", "hint"]),
    "segfault": ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n", ["SIGSEGV", "hint"]),
    "os._exit": ("import os\nos._exit(7)\n", ["exit code 7", "hint"]),
    "no DAG": ("x = 1\n", ["f.py", "no DAG", "hint"]),
    "a @dag that nobody calls": (
        "from tradewind import dag\n@dag()\ndef pipeline(): ...\n",
        ["f.py", "no DAG", "must be called"],
    ),
    "several DAGs": ("one, two = DAG('one'), DAG('two')\n", ["one, two", "--dag-id"]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_is_refused_with_a_place_and_a_hint(place: Place, name: str) -> None:
    body, said = REFUSED[name]
    file = place.write("f.py", START + body)

    ended = place.run(file)

    _refused(place, ended, *said)


@pytest.mark.parametrize("pause", ["time.sleep(60)", "while True: pass"])
def test_an_import_that_takes_too_long_is_ended(place: Place, pause: str) -> None:
    file = place.write("f.py", f"import time\n{pause}\n")

    ended = place.run(file, TRADEWIND_DAG_IMPORT_TIMEOUT_SECONDS="0.3")

    _refused(place, ended, "0.3 seconds", "dag_import_timeout", "hint")
    place.is_quiet()


def test_an_import_that_holds_off_signals_is_ended_by_force(place: Place) -> None:
    file = place.write(
        "f.py",
        """
        import signal
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        while True:
            pass
        """,
    )

    ended = place.run(file, TRADEWIND_DAG_IMPORT_TIMEOUT_SECONDS="0.2", TRADEWIND_KILL_GRACE_SECONDS="0.3")

    _refused(place, ended, "0.2 seconds")
    place.is_quiet()


def test_what_a_file_prints_on_import_does_no_harm(place: Place) -> None:
    file = place.dag(
        """
        @task
        def one():
            note("ran")
        one()
        """,
        head="""
        print("a" * 1_000_000)
        os.write(1, b"\\xff\\xfe")
        """,
    )

    ended = place.run(file)

    assert ended.code == 0, ended.output
    assert place.trace == ["ran"]


def test_one_bad_dag_does_not_hide_the_good_one_beside_it(place: Place) -> None:
    file = place.write(
        "f.py",
        START + "with DAG('good'):\n    EmptyOperator(task_id='a')\n"
        "with DAG('bad'):\n    b, c = EmptyOperator(task_id='b'), EmptyOperator(task_id='c')\n    b >> c >> b\n",
    )

    assert place.run(file, "--dag-id", "good").code == 0
    bad = place.run(file, "--dag-id", "bad")

    assert bad.code == 1
    bad.has("b >> c >> b")


def test_a_bad_file_beside_it_does_not_hide_a_good_one(place: Place) -> None:
    place.write("bad.py", "import nothing_of_that_name\n")
    place.write("good.py", START + "with DAG('good'):\n    EmptyOperator(task_id='a')\n")

    ended = place.run("good", TRADEWIND_DAGS_FOLDER=str(place.dags))

    assert ended.code == 0, ended.output


def _refused(place: Place, ended: Ended, *said: str) -> None:
    assert ended.code == 1, ended.output
    ended.has("Error: ", *said)
    assert "tradewind/" not in ended.output, "the traceback is cut to the author's files"
    with place.store() as store:
        assert not store.runs()
