import logging
import os
import sys
from datetime import UTC, datetime, timedelta

import pendulum
import pytest

from tradewind.authoring import taskflow
from tradewind.authoring.exceptions import AirflowException, AirflowSkipException
from tradewind.hooks.subprocess import SubprocessHook
from tradewind.operators.empty import EmptyOperator
from tradewind.operators.external_python import BranchExternalPythonOperator, ExternalPythonOperator
from tradewind.operators.isolated_function import source_of
from tradewind.operators.virtual_environments import Environment, key_of, python_of
from tradewind.operators.virtualenv import PythonVirtualenvOperator, index_url


def outside(x, ds, *, wait=None, **context):
    """Text of
    several lines."""
    import os

    return {"x": x, "ds": ds, "pid": os.getpid(), "type": type(context["logical_date"]).__module__, "wait": wait}


def external(function, **arguments):
    return ExternalPythonOperator(
        task_id="t", python=sys.executable, python_callable=function, expect_airflow=False, **arguments
    )


def test_a_function_runs_in_the_other_interpreter(dag, context_of):
    task = external(outside, op_args=[3], op_kwargs={"wait": timedelta(seconds=1)})

    found = task.execute(context_of(task, logical_date=pendulum.datetime(2025, 1, 1)))

    assert found.pop("pid") != os.getpid()
    assert found == {"x": 3, "ds": "2025-01-02", "type": "datetime", "wait": timedelta(seconds=1)}


def test_string_args_are_a_global(dag, context_of):
    def read():
        return virtualenv_string_args  # noqa: F821

    task = external(read, string_args=["a", "b"])

    assert task.execute(context_of(task)) == ["a", "b"]


def test_its_output_goes_to_the_log_and_its_error_to_the_message(dag, context_of, caplog):
    def fail():
        print("before")
        raise ValueError("too few rows")

    caplog.set_level(logging.INFO)
    task = external(fail)

    with pytest.raises(AirflowException, match="ValueError: too few rows"):
        task.execute(context_of(task))
    assert "before" in caplog.text


def test_an_exit_code_may_mean_skip(dag, context_of):
    def leave():
        raise SystemExit(42)

    task = external(leave, skip_on_exit_code=[42])

    with pytest.raises(AirflowSkipException, match="42"):
        task.execute(context_of(task))


def test_live_objects_of_the_context_do_not_travel(dag, context_of):
    def ask(ti):
        return ti

    task = external(ask)

    with pytest.raises(AirflowException, match="asks for 'ti'"):
        task.execute(context_of(task))


def test_arguments_that_cannot_travel(dag, context_of):
    def take(x):
        return x

    task = external(take, op_args=[lambda: 1])

    with pytest.raises(AirflowException, match="cannot be sent to another interpreter"):
        task.execute(context_of(task))


def test_a_lambda_is_refused(dag):
    with pytest.raises(AirflowException, match="only supports functions"):
        external(lambda: 1)


def test_decorators_are_left_behind(dag):
    def mark(function):
        return function

    @mark
    def inner(
        a=(1, 2),
    ):
        return a

    assert source_of(inner).splitlines()[:2] == ["if True:", "    def inner("]
    assert "@mark" not in source_of(inner)


def test_a_missing_interpreter(dag, context_of):
    def nothing():
        return None

    task = ExternalPythonOperator(task_id="t", python="/nowhere/python", python_callable=nothing)

    with pytest.raises(ValueError, match="must exist"):
        task.execute(context_of(task))


def test_a_branch_decided_elsewhere(dag, context_of):
    def choose():
        return "a"

    branch = BranchExternalPythonOperator(task_id="b", python=sys.executable, python_callable=choose)
    branch >> [EmptyOperator(task_id="a"), EmptyOperator(task_id="c")]
    context = context_of(branch)

    branch.execute(context)

    assert context["ti"].branch_followed == ("a",)


def test_a_virtual_environment_is_made_once_and_sees_what_is_here(dag, context_of, tmp_path, caplog):
    def prefix():
        import sys

        import msgspec

        return sys.prefix, msgspec.__name__

    caplog.set_level(logging.INFO)
    tasks = [
        PythonVirtualenvOperator(task_id=name, python_callable=prefix, venv_cache_path=str(tmp_path)) for name in "ab"
    ]

    first, second = (task.execute(context_of(task)) for task in tasks)

    assert first == second
    assert first[0].startswith(str(tmp_path))
    assert caplog.text.count("Making a virtual environment") == 1


def test_requirements_that_cannot_be_installed_show_the_installers_output(dag, tmp_path):
    wish = Environment(requirements=("-r does-not-exist.txt",), pip_install_options=("--no-index",))

    with pytest.raises(AirflowException, match=r"(?s)cannot be made.*does-not-exist"):
        python_of(wish, SubprocessHook(), tmp_path)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (["a==1", "b"], ["a==1", "b"]),
        ("a==1\n# note\n\nb\n", ["a==1", "b"]),
        ("FILE", ["a==1"]),
        (None, []),
    ],
)
def test_the_forms_of_requirements(dag, tmp_path, given, wanted):
    (tmp_path / "r.txt").write_text("a==1\n")
    given = str(tmp_path / "r.txt") if given == "FILE" else given
    task = PythonVirtualenvOperator(task_id="t", python_callable=outside, requirements=given)

    assert list(task._environment().requirements) == wanted


def test_an_environment_is_shared_by_those_who_wish_the_same():
    wish = Environment(requirements=("a",))

    assert key_of(wish) == key_of(Environment(requirements=("a",)))
    assert key_of(wish) != key_of(Environment(requirements=("a",), system_site_packages=False))


def test_an_index_takes_its_login_from_a_connection():
    from tradewind.authoring.connections import Connection

    connection = Connection(conn_id="pypi", host="https://packages.example.com/simple", login="me", password="a/b")

    assert index_url(connection) == "https://me:a%2Fb@packages.example.com/simple"


def test_the_decorator(dag, context_of):
    @taskflow.task.external_python(python=sys.executable, expect_airflow=False)
    def double(x, logical_date=None):
        return x * 2, logical_date

    double(4)
    task = dag.get_task("double")

    assert task.execute(context_of(task)) == (8, datetime(2025, 1, 2, tzinfo=UTC))
