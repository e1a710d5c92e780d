import os

import pytest

from tradewind.authoring.exceptions import AirflowException, AirflowSkipException
from tradewind.operators.bash import LONGEST_ARGUMENT_BYTES, BashOperator


def test_the_last_line_is_the_value(dag, context_of):
    task = BashOperator(task_id="t", bash_command="echo one; echo two >&2; echo three")

    assert task.execute(context_of(task)) == "three"


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        ({}, "/path --"),
        ({"env": {"MINE": "1"}}, "- 1"),
        ({"env": {"MINE": "1"}, "append_env": True}, "/path 1"),
    ],
)
def test_the_environment_is_ours_or_env_or_both(dag, context_of, monkeypatch, arguments, printed):
    monkeypatch.setenv("OUTER", "/path")
    task = BashOperator(task_id="t", bash_command="echo ${OUTER:--} ${MINE:---}", **arguments)

    assert task.execute(context_of(task)) == printed


def test_the_command_knows_its_run(dag, context_of):
    task = BashOperator(
        task_id="t", bash_command="echo $AIRFLOW_CTX_DAG_ID.$AIRFLOW_CTX_TASK_ID@$AIRFLOW_CTX_DAG_RUN_ID"
    )

    assert task.execute(context_of(task)) == "d.t@manual__1"


def test_an_exit_code_fails_the_task_and_quotes_the_last_line(dag, context_of):
    task = BashOperator(task_id="t", bash_command="echo no such table; exit 3")

    with pytest.raises(AirflowException, match=r"non-zero exit code 3\.\n.*no such table"):
        task.execute(context_of(task))


@pytest.mark.parametrize(("codes", "code"), [(99, 99), ([7, 8], 8)])
def test_an_exit_code_may_mean_skip(dag, context_of, codes, code):
    task = BashOperator(task_id="t", bash_command=f"exit {code}", skip_on_exit_code=codes)

    with pytest.raises(AirflowSkipException):
        task.execute(context_of(task))


def test_the_working_folder(dag, context_of, tmp_path):
    (tmp_path / "file").touch()
    inside = BashOperator(task_id="t", bash_command="pwd", cwd=str(tmp_path))
    missing = BashOperator(task_id="m", bash_command="pwd", cwd=str(tmp_path / "nowhere"))
    not_a_folder = BashOperator(task_id="n", bash_command="pwd", cwd=str(tmp_path / "file"))

    assert inside.execute(context_of(inside)) == os.path.realpath(tmp_path)
    with pytest.raises(AirflowException, match="Can not find the cwd"):
        missing.execute(context_of(missing))
    with pytest.raises(AirflowException, match="must be a directory"):
        not_a_folder.execute(context_of(not_a_folder))


def test_output_that_is_no_utf8_does_not_fail(dag, context_of):
    task = BashOperator(task_id="t", bash_command=r"printf 'a\xffb\n'")

    assert task.execute(context_of(task)) == "a\N{REPLACEMENT CHARACTER}b"


def test_the_value_is_what_the_output_processor_makes(dag, context_of):
    task = BashOperator(task_id="t", bash_command="echo 41", output_processor=lambda line: int(line) + 1)

    assert task.execute(context_of(task)) == 42


def test_a_script_longer_than_an_argument_may_be(dag, context_of):
    task = BashOperator(task_id="t", bash_command=f"# {'x' * LONGEST_ARGUMENT_BYTES}\necho done")

    assert task.execute(context_of(task)) == "done"
